import CRM
import Testing

@Suite struct VisibilityTests {
    /// Two at the top (1, 2); 1 has 3 and 4, 2 has 5; 3 has 6, 5 has 7; 8 is outside. Everyone has a mailbox.
    private func owners(
        seenBy viewer: UserID, at level: VisibilityLevel, equals rule: EqualsRule = .sameDepth
    ) -> [UserID: Visibility.Reason] {
        let places: [UserID: Place] = [
            1: .top, 2: .top, 3: .below(1), 4: .below(1), 5: .below(2), 6: .below(3), 7: .below(5), 8: .outside,
        ]
        let hierarchy = Hierarchy(
            places.map { id, place in
                Hierarchy.Member(id: id, name: "user \(id)", place: place, level: id == viewer ? level : .own)
            }, equals: rule)
        let visibility = Visibility.visibleMailboxOwners(viewer: viewer, in: hierarchy, mailboxOwners: places.keys)
        return Dictionary(uniqueKeysWithValues: visibility.grants.map { ($0.owner, $0.reason) })
    }

    @Test func `level 0 sees their own mail only`() {
        for viewer: UserID in [1, 3, 6, 8] { #expect(owners(seenBy: viewer, at: .own) == [viewer: .own]) }
    }

    @Test func `level 1 sees everyone below, however deep`() {
        #expect(owners(seenBy: 1, at: .below) == [1: .own, 3: .below, 4: .below, 6: .below])
        #expect(owners(seenBy: 6, at: .below) == [6: .own])
    }

    @Test func `level 2 sees equals too, but not those below them`() {
        #expect(owners(seenBy: 3, at: .belowAndEquals) == [3: .own, 6: .below, 4: .equal, 5: .equal])
        #expect(owners(seenBy: 3, at: .belowAndEquals, equals: .sameSuperior) == [3: .own, 6: .below, 4: .equal])
    }

    @Test func `level 3 sees those below the equals too`() {
        #expect(
            owners(seenBy: 3, at: .belowEqualsAndTheirs)
                == [3: .own, 6: .below, 4: .equal, 5: .equal, 7: .belowAnEqual])
        #expect(owners(seenBy: 3, at: .belowEqualsAndTheirs, equals: .sameSuperior) == [3: .own, 6: .below, 4: .equal])
    }

    @Test func `level 4 sees everyone, those outside the hierarchy too`() {
        #expect(owners(seenBy: 6, at: .everyone).count == 8)
        #expect(owners(seenBy: 8, at: .everyone).count == 8)
        #expect(owners(seenBy: 8, at: .everyone)[8] == .own)
    }

    @Test func `a user outside the hierarchy sees only their own mail and is nobody's equal`() {
        for level in [VisibilityLevel.below, .belowAndEquals, .belowEqualsAndTheirs] {
            #expect(owners(seenBy: 8, at: level) == [8: .own])
            #expect(owners(seenBy: 1, at: level)[8] == nil)
        }
    }

    @Test func `nobody looks upwards below level 4`() {
        for level in VisibilityLevel.allCases where level != .everyone {
            #expect(owners(seenBy: 6, at: level)[3] == nil)
            #expect(owners(seenBy: 6, at: level)[1] == nil)
        }
    }

    @Test func `someone who left sees nothing, but their mail stays with those above`() {
        let hierarchy = Hierarchy([
            Hierarchy.Member(id: 1, name: "a", place: .top, level: .below),
            Hierarchy.Member(id: 2, name: "b", place: .below(1), level: .everyone, isActive: false),
        ])
        #expect(Visibility.visibleMailboxOwners(viewer: 2, in: hierarchy, mailboxOwners: [1, 2]) == .none)
        #expect(Visibility.visibleMailboxOwners(viewer: 1, in: hierarchy, mailboxOwners: [1, 2]).owners == [1, 2])
    }

    @Test func `only owners of mailboxes count, and a stranger sees nothing`() {
        let hierarchy = Hierarchy(
            HierarchyTests.members.map { .init(id: $0.id, name: $0.name, place: $0.place, level: .everyone) })
        #expect(Visibility.visibleMailboxOwners(viewer: 1, in: hierarchy, mailboxOwners: [4, 99]).owners == [4])
        #expect(Visibility.visibleMailboxOwners(viewer: 99, in: hierarchy, mailboxOwners: [1, 99]) == .none)
    }

    @Test func `of more than 25 mailboxes the nearest are taken: own, by distance, by name`() {
        var members = [Hierarchy.Member(id: 1, name: "Boss", place: .top, level: .everyone)]
        // Ten below the boss, two below each of these, five outside.
        for id in 2...11 {
            members.append(.init(id: UserID(Int64(id)), name: "Near \(99 - id)", place: .below(1), level: .own))
        }
        for id in 12...31 {
            members.append(
                .init(
                    id: UserID(Int64(id)), name: "Far \(String(UnicodeScalar(UInt8(140 - id))))",
                    place: .below(UserID(Int64(2 + (id - 12) / 2))), level: .own))
        }
        for id in 32...36 { members.append(.init(id: UserID(Int64(id)), name: "Aaron", place: .outside, level: .own)) }
        let visibility = Visibility.visibleMailboxOwners(
            viewer: 1, in: Hierarchy(members), mailboxOwners: members.map(\.id).shuffled())
        let expected = [1] + (2...11).reversed() + (18...31).reversed()
        #expect(visibility.owners == expected.map { UserID(Int64($0)) })
        #expect(visibility.leftOut == 11)
    }

    @Test func `a sync-only user's mail is their person's, and is seen by those who see that person's`() {
        let hierarchy = Hierarchy([
            .init(id: 1, name: "Boss", place: .top, level: .below),
            .init(id: 2, name: "Ann", place: .below(1), level: .own),
            .init(id: 3, name: "Bob", place: .below(1), level: .belowAndEquals),
            .init(id: 9, name: "Info", place: .outside, level: .everyone, person: 2),
        ])
        func see(_ viewer: UserID) -> [Visibility.Grant] {
            Visibility.visibleMailboxOwners(viewer: viewer, in: hierarchy, mailboxOwners: [1, 2, 3, 9]).grants
        }
        #expect(see(2) == [.init(owner: 2, reason: .own), .init(owner: 9, reason: .ownSeat)])
        #expect(see(1).contains(.init(owner: 9, reason: .below)))
        #expect(see(3).contains(.init(owner: 9, reason: .equal)))
        #expect(see(9).isEmpty)
        #expect(throws: HierarchyError.noSuchSuperior) { try hierarchy.allow(3, under: 9) }
    }

    @Test func `an administrator's choice takes the places beside the viewer's own mail, the nearest take the rest`() {
        var members = [Hierarchy.Member(id: 1, name: "Boss", place: .top, level: .everyone)]
        for id in 2...40 {
            members.append(.init(id: UserID(Int64(id)), name: "\(100 + id)", place: .below(1), level: .own))
        }
        func see(_ chosen: Set<UserID>) -> Visibility {
            Visibility.visibleMailboxOwners(
                viewer: 1, in: Hierarchy(members), mailboxOwners: members.map(\.id), chosen: chosen)
        }
        #expect(see([40, 39]).owners == ([1] + (2...23) + [39, 40]).map { UserID(Int64($0)) })
        #expect(see(Set((11...40).map { UserID(Int64($0)) })).owners == ([1] + (11...34)).map { UserID(Int64($0)) })
        #expect(see([40]).leftOut == 15)
        // Where there is room for all, a choice leaves nobody out.
        members.removeLast(20)
        #expect(see([2]).owners.count == 20)
    }
}
