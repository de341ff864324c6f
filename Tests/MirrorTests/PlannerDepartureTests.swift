import CRM
import Mirror
import Testing

/// What messages that left a folder mean.
@Suite struct PlannerDepartureTests {
    /// A folder with 1 and 2 mirrored, 3 excluded, 4 set aside; besides, some without a contact.
    private let local = LocalRows(
        locations: [id(1): 41, id(2): 42],
        excluded: [id(3): ExcludedMessage(id: id(3), rule: .address(Person.eve), addresses: [Person.carol])],
        setAside: [id(4)],
        matches: [41: [Person.toCarol], 42: [Person.toCarol]])

    private static func id(_ uid: UInt32) -> RemoteMessageID { RemoteMessageID(uid: uid) }
    private func ids(_ uids: UInt32...) -> [RemoteMessageID] { uids.map { Self.id($0) } }

    private func plan(_ gone: Gone, purpose: Planner.Purpose = .arrival) -> PagePlan {
        Planner(purpose: purpose).plan(DecidedPage(page(gone: gone), by: .of()), local: local)
    }

    @Test func `a mirrored message that is reported as gone loses its place`() {
        #expect(plan(.reported(ids(1), total: 1)) == .with { $0.removedLocations = ids(1) })
    }

    @Test func `a mirrored message that was asked after and is not there loses its place`() {
        #expect(plan(.confirmed(ids(2), total: 1)) == .with { $0.removedLocations = ids(2) })
    }

    @Test func `a listing removes what it does not hold, of every kind`() {
        let listing = RemoteListing.uids([2...2, 10...20])
        #expect(
            plan(.allExcept(listing, total: 3))
                == .with {
                    $0.removedLocations = ids(1)
                    $0.notExcluded = ids(3)
                    $0.readableAgain = ids(4)
                })
    }

    @Test func `a listing by names removes what it does not hold`() {
        let listing = RemoteListing.ids(Set(ids(1, 3, 4)))
        #expect(plan(.allExcept(listing, total: 1)) == .with { $0.removedLocations = ids(2) })
    }

    @Test func `excluded and set-aside messages that leave are forgotten`() {
        #expect(
            plan(.reported(ids(3, 4), total: 2))
                == .with {
                    $0.notExcluded = ids(3)
                    $0.readableAgain = ids(4)
                })
    }

    @Test func `hints about messages that the mirror does not know only lower the count of those without a contact`() {
        #expect(plan(.reported(ids(70, 71, 72), total: 3)) == .with { $0.noContact = -3 })
        #expect(
            plan(.reported(ids(1, 70, 71), total: 3))
                == .with {
                    $0.removedLocations = ids(1)
                    $0.noContact = -2
                })
    }

    @Test func `hints about messages that the provider had never counted change nothing`() {
        #expect(plan(.reported(ids(70, 71), total: 0)) == PagePlan())
    }

    @Test func `a reading from the start counts from nought, so messages that left lower nothing`() {
        let plan = plan(.allExcept(.uids([]), total: 0), purpose: .rescan)
        #expect(
            plan
                == .with {
                    $0.removedLocations = ids(1, 2)
                    $0.notExcluded = ids(3)
                    $0.readableAgain = ids(4)
                })
    }

    @Test func `nothing gone means nothing removed`() {
        #expect(plan(.none) == PagePlan())
        #expect(plan(.reported([], total: 0)) == PagePlan())
        #expect(plan(.allExcept(.uids([1...4]), total: 0)) == PagePlan())
    }
}
