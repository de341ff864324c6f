import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct CardTests {
    private let carol = "carol@client.example"
    private let dave = "dave@client.example"

    @Test func `a card shows the newest first, with who wrote to whom`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply(
            [
                mail(1, "old", from: carol, to: ["ann@acme.example"], at: 100), mail(2, "new", to: [carol], at: 300),
                mail(3, "mid", to: ["someone@else.example"], cc: [carol], at: 200),
            ], in: bench.inbox)
        let entries = try await bench.card(.contact(contact), for: bench.ann)
        #expect(entries.map(\.subject) == ["About new", "About mid", "About old"])
        #expect(entries.map(\.direction) == [.sent, .sent, .received])
        #expect(entries.map(\.from.address) == ["ann@acme.example", "ann@acme.example", carol])
        #expect(entries[1].to.map(\.address) == ["someone@else.example"] && entries[1].cc.map(\.address) == [carol])
        #expect(entries.allSatisfy { $0.textState == .waiting && $0.contacts == [contact] })
    }

    @Test func `one message in several mailboxes is one entry that names each of them`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let text = mail(1, "a", from: carol, to: ["ann@acme.example", "bob@acme.example"])
        for folder in [bench.bobsInbox, bench.inbox] { try await bench.apply([text], in: folder) }
        // Ann has it a second time in another folder, as a message of its own.
        try await bench.apply(
            [mail(9, "a", from: carol, to: ["ann@acme.example", "bob@acme.example"], size: 1_234)], in: bench.archive)
        try await bench.fetchTexts(bench.bobs) { _ in "Bob's copy" }
        #expect(try await bench.database.count("messages") == 3)
        let entries = try await bench.card(.contact(contact), for: bench.eve)
        #expect(entries.count == 1)
        #expect(entries.first?.copies.map(\.ownerName) == ["Ann", "Bob"])
        // The copy whose text is there already is the one to show.
        #expect(entries.first?.textState == .ready && entries.first?.snippet == "Bob's copy")
        // Whoever sees one mailbox only sees one copy.
        #expect(try await bench.card(.contact(contact), for: bench.ann).map { $0.copies.map(\.ownerName) } == [["Ann"]])
        // Each copy leads to the whole message, for those who may see that copy.
        for copy in entries[0].copies {
            let (all, bobs) = (
                try await bench.open(copy.message, for: bench.eve), try await bench.open(copy.message, for: bench.bob)
            )
            #expect(all?.text == "Bob's copy" && all?.copies.count == 2)
            #expect(bobs?.copies.map(\.ownerName) == (copy.owner == bench.bob ? ["Bob"] : nil))
        }
    }

    @Test func `messages that share no more than a Message-ID are two entries`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "One")], in: bench.inbox)
        try await bench.apply([mail(1, "a", to: [carol], subject: "Two")], in: bench.bobsInbox)
        #expect(Set(try await bench.subjects(.contact(contact), for: bench.eve)) == ["One", "Two"])
    }

    @Test func `an account's card gathers its contacts' mail, a message to several of them once`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let contacts = [
            try await bench.contact(carol, account: account), try await bench.contact(dave, account: account),
            try await bench.contact("x@client.example", account: account),
        ]
        try await bench.contact("other@else.example")
        try await bench.apply(
            [
                mail(1, "all", to: [carol, dave, "x@client.example"], at: 400), mail(2, "carol", from: carol, at: 300),
                mail(3, "between", from: dave, to: [carol], at: 200), mail(4, "other", to: ["other@else.example"]),
            ], in: bench.inbox)
        let entries = try await bench.card(.account(account), for: bench.ann)
        #expect(entries.map(\.subject) == ["About all", "About carol", "About between"])
        #expect(Set(entries[0].contacts) == Set(contacts))
        #expect(entries.map(\.direction) == [.sent, .received, .received])
    }

    @Test(arguments: 1...8)
    func `a message to many contacts of an account names them all, however large the pages`(_ pageSize: Int)
        async throws
    {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let addresses = (1...7).map { "person\($0)@client.example" }
        var contacts: Set<ContactID> = []
        for address in addresses { contacts.insert(try await bench.contact(address, account: account)) }
        try await bench.apply(
            (1...9).map { mail($0, "m\($0)", to: addresses, at: Int64($0)) }, in: bench.inbox)
        let entries = try await bench.card(.account(account), for: bench.ann, pageSize: pageSize)
        #expect(entries.map(\.sentAt) == (1...9).reversed())
        #expect(entries.allSatisfy { Set($0.contacts) == contacts })
    }

    @Test func `a card is narrowed by colleague, direction and date`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply(
            [
                mail(1, "a", to: [carol], at: 100), mail(2, "b", from: carol, at: 200),
                mail(3, "c", to: [carol], at: 300),
            ],
            in: bench.inbox)
        try await bench.apply([mail(1, "d", to: [carol], at: 400)], in: bench.bobsInbox)
        func narrowed(_ change: (inout CardFilter) -> Void) async throws -> [String] {
            var filter = CardFilter()
            change(&filter)
            let (card, viewer) = (Card.contact(contact), bench.eve)
            let subjects = try await bench.subjects(card, for: viewer, filter: filter)
            let counted = try await bench.read { [filter] tx, organization in
                try Cards.count(
                    tx, organization, card, visible: try VisibleMailboxes.of(tx, organization, viewer: viewer),
                    filter: filter, upTo: 100)
            }
            #expect(counted == subjects.count)
            return subjects.map { String($0.suffix(1)) }
        }
        #expect(try await narrowed { _ in } == ["d", "c", "b", "a"])
        #expect(try await narrowed { $0.colleague = bench.bob } == ["d"])
        #expect(try await narrowed { $0.colleague = bench.dan } == [])
        #expect(try await narrowed { $0.direction = .received } == ["b"])
        #expect(try await narrowed { $0.from = 200 } == ["d", "c", "b"])
        #expect(try await narrowed { $0.until = 300 } == ["b", "a"])
        #expect(
            try await narrowed {
                $0.from = 100
                $0.until = 400
                $0.direction = .sent
                $0.colleague = bench.ann
            } == ["c", "a"])
    }

    @Test func `a Bcc is shown only to those who may read the mailbox it came from`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let fields = (name: "a", to: [carol], bcc: ["boss@secret.example"])
        // Ann wrote it and keeps the Bcc; Bob was a recipient and never saw it.
        try await bench.apply([mail(1, fields.name, to: fields.to, bcc: fields.bcc)], in: bench.inbox)
        try await bench.apply([mail(1, fields.name, to: fields.to)], in: bench.bobsInbox)
        for (viewer, expected) in [
            (bench.ann, ["boss@secret.example"]), (bench.eve, ["boss@secret.example"]), (bench.bob, []),
        ] {
            let entry = try #require(try await bench.card(.contact(contact), for: viewer).first)
            for copy in entry.copies {
                let opened = try #require(try await bench.open(copy.message, for: viewer))
                #expect(opened.bcc.map(\.address) == expected)
                #expect(!(opened.to + opened.cc).map(\.address).contains("boss@secret.example"))
            }
        }
    }

    @Test func `an opened message names its copies, contacts and whether it is a colleague's only`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], size: 77)], in: bench.inbox)
        let message = try #require(try await bench.card(.contact(contact), for: bench.ann).first).message
        let own = try #require(try await bench.open(message, for: bench.ann))
        #expect(
            !own.isColleaguesOnly && own.contacts == [contact] && own.copies.map(\.owner) == [bench.ann]
        )
        #expect(own.messageID == "a@x" && own.size == 77 && own.text == nil)
        let seen = try #require(try await bench.open(message, for: bench.eve))
        #expect(seen.isColleaguesOnly)
        #expect(try await bench.open(message, for: bench.bob) == nil)
    }
}
