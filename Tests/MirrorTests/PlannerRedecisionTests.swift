import CRM
import Mirror
import Testing

/// What a second look at messages plans: after the address book changed, after a lost checkpoint, at a check of the
/// mirror.
@Suite struct PlannerRedecisionTests {
    private let one = RemoteMessageID(uid: 1)
    private let excluded = ExcludedMessage(
        id: RemoteMessageID(uid: 1), rule: .address(Person.carol), addresses: [Person.carol])

    private func plan(
        _ page: ChangePage, _ purpose: Planner.Purpose, local: LocalRows, book: AddressBook = .of()
    ) -> PagePlan {
        Planner(purpose: purpose).plan(DecidedPage(page, by: book), local: local)
    }

    private func mirrored(_ matches: ContactMatch...) -> LocalRows {
        LocalRows(locations: [one: 41], matches: [41: matches])
    }

    @Test(arguments: [Planner.Purpose.arrival, .rescan, .search])
    func `a message that stands where it should plans nothing`(_ purpose: Planner.Purpose) {
        let mail = page(fact(1, headers(to: [Person.carol, Person.dave])))
        #expect(plan(mail, purpose, local: mirrored(Person.toDave, Person.toCarol)) == PagePlan())
    }

    @Test func `a message to a contact who was added since goes on that card too`() {
        let mail = page(fact(1, headers(to: [Person.carol, Person.dave])))
        #expect(
            plan(mail, .search, local: mirrored(Person.toCarol))
                == .with { $0.rematches = [Rematch(message: 41, matches: [Person.toCarol, Person.toDave])] })
    }

    @Test func `a message whose contact moved to another account is matched anew`() {
        let before = ContactMatch(contact: 1, account: 11, direction: .sent)
        #expect(
            plan(page(fact(1, headers(to: [Person.carol]))), .rescan, local: mirrored(before))
                == .with { $0.rematches = [Rematch(message: 41, matches: [Person.toCarol])] })
    }

    @Test func `a message found in a new place is matched anew if it has to be`() {
        let mail = fact(9, headers(to: [Person.carol, Person.dave]))
        let local = LocalRows(identities: [MessageIdentity(of: mail): 41], matches: [41: [Person.toCarol]])
        #expect(
            plan(page(mail), .arrival, local: local)
                == .with {
                    $0.newLocations = [NewLocation(id: mail.id, message: 41)]
                    $0.rematches = [Rematch(message: 41, matches: [Person.toCarol, Person.toDave])]
                })
    }

    @Test(arguments: [Planner.Purpose.rescan, .search])
    func `a mirrored message that has no contact any more loses its place and is counted`(_ purpose: Planner.Purpose) {
        #expect(
            plan(page(fact(1, headers(from: [Person.eve]))), purpose, local: mirrored(Person.fromCarol))
                == .with {
                    $0.removedLocations = [one]
                    $0.noContact = 1
                })
    }

    @Test func `a mirrored message that is excluded now loses its place`() {
        let rule = ExclusionRule.address(Person.carol)
        #expect(
            plan(
                page(fact(1, headers(to: [Person.carol]))), .rescan, local: mirrored(Person.toCarol),
                book: .of(exclusions: [Person.carol]))
                == .with {
                    $0.removedLocations = [one]
                    $0.excluded = [ExcludedMessage(id: one, rule: rule, addresses: [Person.carol])]
                })
    }

    @Test func `a message found by a search was counted as without a contact before`() {
        let mail = fact(1, headers(to: [Person.carol]))
        #expect(
            plan(page(mail), .search, local: LocalRows())
                == .with {
                    $0.inserts = [NewMessage(mail, Person.toCarol)]
                    $0.noContact = -1
                })
        #expect(
            plan(page(mail), .search, local: LocalRows(), book: .of(exclusions: [Person.carol]))
                == .with {
                    $0.excluded = [ExcludedMessage(id: one, rule: .address(Person.carol), addresses: [Person.carol])]
                    $0.noContact = -1
                })
    }

    @Test func `a search that finds too much changes nothing`() {
        #expect(plan(page(fact(1, headers(from: [Person.eve]))), .search, local: LocalRows()) == PagePlan())
    }

    @Test func `an excluded message stays excluded without being written again`() {
        let mail = page(fact(1, headers(to: [Person.carol])))
        #expect(
            plan(mail, .rescan, local: LocalRows(excluded: [one: excluded]), book: .of(exclusions: [Person.carol]))
                == PagePlan())
    }

    @Test func `an excluded message on which a contact was added is remembered with that address too`() {
        let mail = page(fact(1, headers(to: [Person.carol, Person.dave])))
        #expect(
            plan(mail, .search, local: LocalRows(excluded: [one: excluded]), book: .of(exclusions: [Person.carol]))
                == .with {
                    $0.excluded = [
                        ExcludedMessage(
                            id: one, rule: .address(Person.carol), addresses: [Person.carol, Person.dave])
                    ]
                })
    }

    @Test(arguments: [Planner.Purpose.rescan, .search])
    func `a message that is not excluded any more is mirrored`(_ purpose: Planner.Purpose) {
        let mail = fact(1, headers(to: [Person.carol]))
        #expect(
            plan(page(mail), purpose, local: LocalRows(excluded: [one: excluded]))
                == .with {
                    $0.notExcluded = [one]
                    $0.inserts = [NewMessage(mail, Person.toCarol)]
                })
    }

    @Test(arguments: [Planner.Purpose.rescan, .search])
    func `an excluded message whose contact is gone counts as without a contact`(_ purpose: Planner.Purpose) {
        #expect(
            plan(page(fact(1, headers(from: [Person.eve]))), purpose, local: LocalRows(excluded: [one: excluded]))
                == .with {
                    $0.notExcluded = [one]
                    $0.noContact = 1
                })
    }

    @Test(arguments: [Planner.Purpose.arrival, .rescan, .search])
    func `a message that was set aside and can be read again is decided like any other`(_ purpose: Planner.Purpose) {
        let local = LocalRows(setAside: [one])
        let mail = fact(1, headers(to: [Person.carol]))
        #expect(
            plan(page(mail), purpose, local: local)
                == .with {
                    $0.readableAgain = [one]
                    $0.inserts = [NewMessage(mail, Person.toCarol)]
                })
        #expect(
            plan(page(fact(1, headers(from: [Person.eve]))), purpose, local: local)
                == .with {
                    $0.readableAgain = [one]
                    $0.noContact = 1
                })
        #expect(
            plan(page(mail), purpose, local: local, book: .of(exclusions: [Person.carol]))
                == .with {
                    $0.readableAgain = [one]
                    $0.excluded = [ExcludedMessage(id: one, rule: .address(Person.carol), addresses: [Person.carol])]
                })
    }

    @Test func `a message that is set aside still is tried again and counted once`() {
        let unreadable = UnreadableMessage(id: one, reason: "BAD")
        #expect(
            plan(page(unreadable: [1]), .search, local: LocalRows(setAside: [one]))
                == .with { $0.setAsides = [unreadable] })
        // One that was without a contact so far, and cannot be read now.
        #expect(
            plan(page(unreadable: [1]), .search, local: LocalRows())
                == .with {
                    $0.setAsides = [unreadable]
                    $0.noContact = -1
                })
    }

    @Test func `what is known of a message is kept while it cannot be read`() {
        #expect(plan(page(unreadable: [1]), .rescan, local: mirrored(Person.toCarol)) == PagePlan())
        #expect(plan(page(unreadable: [1]), .rescan, local: LocalRows(excluded: [one: excluded])) == PagePlan())
    }
}
