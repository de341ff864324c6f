import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct VisibleMailboxesTests {
    private let carol = "carol@client.example"

    /// The same message in Ann's and Bob's mailbox, and one more in each.
    private func filled() async throws -> (Bench, ContactID) {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply(
            [mail(1, "both", to: [carol], at: 3), mail(2, "ann", to: [carol], at: 2)], in: bench.inbox)
        try await bench.apply(
            [mail(1, "both", to: [carol], at: 3), mail(2, "bob", to: [carol], at: 1)], in: bench.bobsInbox)
        return (bench, contact)
    }

    private func names(_ bench: Bench, _ contact: ContactID, _ viewer: UserID) async throws -> [String] {
        try await bench.subjects(.contact(contact), for: viewer).map { String($0.dropFirst(6)) }
    }

    @Test func `each level shows the mail of those it names, and of nobody else`() async throws {
        let (bench, contact) = try await filled()
        func see(_ viewer: UserID, _ level: VisibilityLevel) async throws -> [String] {
            try await bench.write { try Users.setLevel($0, $1, viewer, level, now: 1) }
            return try await names(bench, contact, viewer)
        }
        let all = ["both", "ann", "bob"]
        #expect(try await see(bench.eve, .own) == [])
        #expect(try await see(bench.eve, .below) == all)
        #expect(try await see(bench.ann, .own) == ["both", "ann"])
        #expect(try await see(bench.ann, .below) == ["both", "ann"])
        #expect(try await see(bench.ann, .belowAndEquals) == all)
        #expect(try await see(bench.bob, .own) == ["both", "bob"])
        // An administrator outside the hierarchy sees nothing, unless they may see everyone.
        #expect(try await see(bench.dan, .own) == [])
        #expect(try await see(bench.dan, .belowEqualsAndTheirs) == [])
        #expect(try await see(bench.dan, .everyone) == all)
    }

    @Test func `the mail of those below an equal takes the third level`() async throws {
        let (bench, contact) = try await filled()
        // Bob moves below Dan, who becomes Ann's equal.
        try await bench.write { [ann = bench.ann, bob = bench.bob, dan = bench.dan, eve = bench.eve] tx, organization in
            try Users.place(tx, organization, dan, .below(eve), now: 1)
            try Users.place(tx, organization, bob, .below(dan), now: 1)
            try Users.setLevel(tx, organization, ann, .belowAndEquals, now: 1)
        }
        #expect(try await names(bench, contact, bench.ann) == ["both", "ann"])
        try await bench.write { [ann = bench.ann] in try Users.setLevel($0, $1, ann, .belowEqualsAndTheirs, now: 1) }
        #expect(try await names(bench, contact, bench.ann) == ["both", "ann", "bob"])
        let visible = try await bench.read { [ann = bench.ann] in try VisibleMailboxes.of($0, $1, viewer: ann) }
        #expect(visible.mailboxes.map(\.reason) == [.own, .belowAnEqual] && visible.own == bench.anns)
    }

    @Test func `equals can be narrowed to those of the same superior`() async throws {
        let (bench, contact) = try await filled()
        try await bench.write { [ann = bench.ann, bob = bench.bob, dan = bench.dan] tx, organization in
            try Users.place(tx, organization, dan, .top, now: 1)
            try Users.place(tx, organization, bob, .below(dan), now: 1)
            try Users.setLevel(tx, organization, ann, .belowAndEquals, now: 1)
        }
        #expect(try await names(bench, contact, bench.ann) == ["both", "ann", "bob"])
        try await bench.write { try Organizations.setEqualsRule($0, $1, .sameSuperior, now: 1) }
        #expect(try await names(bench, contact, bench.ann) == ["both", "ann"])
    }

    @Test func `someone who left sees nothing, and their mail stays for those who could see it`() async throws {
        let (bench, contact) = try await filled()
        try await bench.write { [ann = bench.ann] in try Users.setActive($0, $1, ann, false, now: 1) }
        #expect(try await names(bench, contact, bench.ann) == [])
        #expect(try await names(bench, contact, bench.eve) == ["both", "ann", "bob"])
    }

    @Test func `one rule decides for cards, opened messages, counts, conversations and live updates`() async throws {
        let (bench, contact) = try await filled()
        let entries = try await bench.card(.contact(contact), for: bench.eve)
        let hidden = try #require(entries.first { $0.subject == "About ann" }).message
        try await bench.read { [bob = bench.bob, anns = bench.anns, bobs = bench.bobs] tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: bob)
            #expect(try OpenedMessages.find(tx, organization, hidden, visible: visible) == nil)
            #expect(try Conversations.of(tx, organization, hidden, visible: visible) == [])
            #expect(try Cards.count(tx, organization, .contact(contact), visible: visible, upTo: 10) == 2)
            #expect(!visible.concerns(Change(organization: organization, contact: contact, mailbox: anns)))
            #expect(visible.concerns(Change(organization: organization, contact: contact, mailbox: bobs)))
            #expect(visible.concerns(Change(organization: organization, contact: contact)))
            #expect(visible.concerns(.anything(in: organization)))
        }
    }

    @Test func `a viewer sees the nearest 25 mailboxes, and is told how many are left out`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.write { [eve = bench.eve] tx, organization in
            for number in 0..<30 {
                let user = try Bench.user(tx, organization, "User\(number)", place: .below(eve))
                _ = try Bench.mailbox(tx, organization, user, "user\(number)")
            }
        }
        let visible = try await bench.read { [eve = bench.eve] in try VisibleMailboxes.of($0, $1, viewer: eve) }
        #expect(visible.mailboxes.count == 25 && visible.leftOut == 7)
        #expect(visible.contains(bench.anns) && visible[bench.bobs]?.ownerName == "Bob")
        #expect(try await names(bench, contact, bench.eve) == [])
    }

    @Test func `nothing crosses from one organisation to another`() async throws {
        let (bench, contact) = try await filled()
        let entries = try await bench.card(.contact(contact), for: bench.eve)
        try await bench.database.write { [eve = bench.eve, organization = bench.organization] tx in
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            let spy = try Users.create(
                tx, other, try UserForm.spy().validated(), passwordHash: "x", place: .top, level: .everyone, now: 1)
            for viewer in [spy, eve] {
                let visible = try VisibleMailboxes.of(tx, other, viewer: viewer)
                #expect(visible.mailboxes.isEmpty)
            }
            // Even with mailboxes that are not theirs, the organisation keeps the mail out.
            let stolen = try VisibleMailboxes.of(tx, organization, viewer: eve)
            #expect(try Cards.page(tx, other, .contact(contact), visible: stolen, limit: 9).entries.isEmpty)
            #expect(try OpenedMessages.find(tx, other, entries[0].message, visible: stolen) == nil)
            #expect(try Contacts.find(tx, other, contact) == nil)
            #expect(
                try Contacts.update(tx, other, contact, try Bench.contactForm(["a@b.example"]).validated(), now: 1)
                    == false)
            try Contacts.delete(tx, other, contact, now: 1)
            #expect(try Contacts.find(tx, organization, contact) != nil)
            // The same address may be a contact of both.
            _ = try Contacts.create(tx, other, try Bench.contactForm(["carol@client.example"]).validated(), now: 1)
        }
    }
}

extension UserForm {
    fileprivate static func spy() -> UserForm {
        var form = UserForm()
        form.name = "Spy"
        form.email = "spy@other.example"
        return form
    }
}
