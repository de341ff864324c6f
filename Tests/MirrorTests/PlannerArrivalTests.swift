import CRM
import Mirror
import Testing

/// What a page of messages that were never seen before plans.
@Suite struct PlannerArrivalTests {
    private func plan(_ page: ChangePage, book: AddressBook = .of(), local: LocalRows = LocalRows()) -> PagePlan {
        Planner(purpose: .arrival).plan(DecidedPage(page, by: book), local: local)
    }

    @Test func `mail from a contact is inserted as received`() {
        let mail = fact(1, headers(from: [Person.carol], to: [Person.ann]))
        #expect(plan(page(mail)) == .with { $0.inserts = [NewMessage(mail, Person.fromCarol)] })
    }

    @Test func `mail to a contact, in To, Cc or Bcc, is inserted as sent`() {
        for headers in [headers(to: [Person.carol]), headers(cc: [Person.carol]), headers(bcc: [Person.carol])] {
            let mail = fact(1, headers)
            #expect(plan(page(mail)) == .with { $0.inserts = [NewMessage(mail, Person.toCarol)] })
        }
    }

    @Test func `a message stands on the cards of all its contacts`() {
        let mail = fact(1, headers(from: [Person.carol], to: [Person.ann, Person.dave], cc: [Person.erin]))
        #expect(
            plan(page(mail))
                == .with { $0.inserts = [NewMessage(mail, Person.fromCarol, Person.toDave, Person.toErin)] })
    }

    @Test func `a contact who wrote the message and is among its recipients stands on it once, as its author`() {
        let mail = fact(1, headers(from: [Person.carol], to: [Person.carol], cc: [Person.carol]))
        #expect(plan(page(mail)) == .with { $0.inserts = [NewMessage(mail, Person.fromCarol)] })
    }

    @Test func `mail without a contact leaves nothing but a count`() {
        let strangers = [1, 2, 3].map { fact($0, headers(from: [Person.eve], to: [Person.ann])) }
        #expect(plan(page(strangers[0], strangers[1], strangers[2])) == .with { $0.noContact = 3 })
    }

    @Test func `mail without a contact beside a match is told apart`() {
        let (mail, stranger) = (fact(1, headers(to: [Person.carol])), fact(2, headers(from: [Person.eve])))
        #expect(
            plan(page(mail, stranger))
                == .with {
                    $0.inserts = [NewMessage(mail, Person.toCarol)]
                    $0.noContact = 1
                })
    }

    @Test func `an organisation that mirrors sent mail only passes received mail over`() {
        let book = AddressBook.of(mirrorsReceived: false)
        let (received, sent) = (fact(1, headers(from: [Person.carol])), fact(2, headers(to: [Person.carol])))
        #expect(
            plan(page(received, sent), book: book)
                == .with {
                    $0.inserts = [NewMessage(sent, Person.toCarol)]
                    $0.noContact = 1
                })
    }

    @Test func `where only sent mail is mirrored, a contact who wrote to themselves was sent to`() {
        let mail = fact(1, headers(from: [Person.carol], to: [Person.carol]))
        #expect(
            plan(page(mail), book: .of(mirrorsReceived: false))
                == .with { $0.inserts = [NewMessage(mail, Person.toCarol)] })
    }

    @Test func `an address in the organisation's own domains never makes a match`() {
        let book = AddressBook.of(ownDomains: ["acme.example", "Client.example"])
        let (own, other) = (fact(1, headers(to: [Person.carol])), fact(2, headers(to: [Person.erin, Person.dave])))
        #expect(
            plan(page(own, other), book: book)
                == .with {
                    $0.inserts = [NewMessage(other, Person.toErin)]
                    $0.noContact = 1
                })
    }

    @Test(arguments: [
        (["carol@client.example"], ExclusionRule.address("carol@client.example")),
        (["@client.example"], .domain("client.example")),
        (["eve@elsewhere.example"], .address("eve@elsewhere.example")),
        (["@elsewhere.example"], .domain("elsewhere.example")),
    ])
    func `a message with an excluded address or domain on it is excluded by that rule`(
        _ exclusions: [String], _ rule: ExclusionRule
    ) {
        let mail = fact(1, headers(from: [Person.carol], cc: [Person.eve]))
        #expect(
            plan(page(mail), book: .of(exclusions: exclusions))
                == .with { $0.excluded = [ExcludedMessage(id: mail.id, rule: rule, addresses: [Person.carol])] })
        #expect(rule.pattern == exclusions[0])
    }

    @Test func `a message without a contact counts as that, whatever is excluded`() {
        let mail = fact(1, headers(from: [Person.eve]))
        #expect(plan(page(mail), book: .of(exclusions: [Person.eve])) == .with { $0.noContact = 1 })
    }

    @Test func `an excluded domain excludes neither its subdomains nor domains that end like it`() {
        let mail = fact(1, headers(to: [Person.carol, "x@sub.elsewhere.example", "y@notelsewhere.example"]))
        #expect(
            plan(page(mail), book: .of(exclusions: ["@elsewhere.example"]))
                == .with { $0.inserts = [NewMessage(mail, Person.toCarol)] })
    }

    @Test func `copies of one message in a folder are one message in several places`() {
        let one = fact(1, headers(to: [Person.carol]))
        let copy = fact(2, headers(to: [Person.carol]))
        #expect(
            plan(page(one, copy)) == .with { $0.inserts = [NewMessage(one, also: [copy.id], Person.toCarol)] })
    }

    @Test func `different messages that share a Message-ID stay two`() {
        let one = fact(1, headers(to: [Person.carol]))
        for other in [
            fact(2, headers(to: [Person.carol], subject: "Another")), fact(2, headers(to: [Person.carol]), size: 1_001),
            fact(2, headers(to: [Person.carol]), date: 1_700_000_001),
        ] {
            #expect(
                plan(page(one, other))
                    == .with { $0.inserts = [NewMessage(one, Person.toCarol), NewMessage(other, Person.toCarol)] })
        }
    }

    @Test func `a message that the mailbox holds in another folder gets a place, not a second life`() {
        let mail = fact(7, headers(to: [Person.carol]))
        let local = LocalRows(identities: [MessageIdentity(of: mail): 42], matches: [42: [Person.toCarol]])
        #expect(
            plan(page(mail), local: local)
                == .with { $0.newLocations = [NewLocation(id: mail.id, message: 42)] })
    }

    @Test func `a message that cannot be described is set aside with its reason`() {
        #expect(
            plan(page(unreadable: [5]))
                == .with { $0.setAsides = [UnreadableMessage(id: RemoteMessageID(uid: 5), reason: "BAD")] })
    }
}
