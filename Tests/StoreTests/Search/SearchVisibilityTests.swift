import CRM
import Database
import Mirror
import Store
import Testing

/// Nothing that somebody may not read is found by them, shown to them, or betrayed by what they find.
@Suite struct SearchVisibilityTests {
    private let carol = "carol@client.example"

    @Test func `only mail in mailboxes that the viewer may read is found`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "Secret of Ann")], in: bench.inbox)
        try await bench.apply(
            [mail(1, "b", to: [carol], subject: "Secret of Bob", at: 1_700_000_001)], in: bench.bobsInbox)
        for card in [nil, Card.contact(contact)] {
            #expect(try await bench.found("secret", for: bench.ann, on: card) == ["Secret of Ann"])
            #expect(try await bench.found("secret", for: bench.bob, on: card) == ["Secret of Bob"])
            #expect(try await bench.found("secret", for: bench.eve, on: card) == ["Secret of Bob", "Secret of Ann"])
            // An administrator without a place in the hierarchy.
            #expect(try await bench.found("secret", for: bench.dan, on: card) == [])
        }
        // A change of level takes effect at once.
        try await bench.write { [eve = bench.eve] in try Users.setLevel($0, $1, eve, .own, now: 1) }
        #expect(try await bench.found("secret", for: bench.eve) == [])
    }

    @Test func `a message in several mailboxes is found and shown only by the copies that the viewer may read`()
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let fact = mail(1, "a", from: carol, to: ["ann@acme.example", "bob@acme.example"], subject: "Plan")
        for folder in [bench.inbox, bench.bobsInbox] { try await bench.apply([fact], in: folder) }
        try await bench.fetchTexts(bench.anns) { _ in "The common words." }
        try await bench.fetchTexts(bench.bobs) { _ in "The common words, and below them zanzibar." }
        for card in [nil, Card.contact(contact)] {
            #expect(
                try await bench.search("common", for: bench.eve, on: card).map { $0.copies.map(\.ownerName) } == [
                    ["Ann", "Bob"]
                ])
            let anns = try await bench.search("common", for: bench.ann, on: card)
            #expect(anns.map { $0.copies.map(\.ownerName) } == [["Ann"]])
            #expect(anns.first?.snippet == "The common words.")
            // What only Bob's copy says.
            #expect(try await bench.search("zanzibar", for: bench.ann, on: card).isEmpty)
            let eves = try await bench.search("zanzibar", for: bench.eve, on: card)
            #expect(eves.map { $0.copies.map(\.ownerName) } == [["Bob"]])
            #expect(eves.first?.snippet.contains("zanzibar") == true)
        }
    }

    @Test func `nobody is found by a Bcc`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        let fact = mail(1, "a", to: [carol], bcc: ["hidden@boss.example"], subject: "Plan")
        for folder in [bench.inbox, bench.bobsInbox] { try await bench.apply([fact], in: folder) }
        for viewer in [bench.ann, bench.bob, bench.eve] {
            for query in ["hidden", "boss.example", "hidden@boss.example"] {
                #expect(try await bench.found(query, for: viewer) == [])
            }
        }
        // A contact who is in Bcc has the message on the card, and it is found there by its other words.
        let hidden = try await bench.contact("hidden@boss.example")
        try await bench.apply([fact], in: bench.inbox, .search)
        #expect(try await bench.found("plan", for: bench.ann, on: .contact(hidden)) == ["Plan"])
        #expect(try await bench.found("hidden", for: bench.ann, on: .contact(hidden)) == [])
    }

    @Test func `a text that holds the index's own words for mailboxes is found by nobody else`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        let mailboxes = (0..<9).map { "\u{E000}\($0)" }.joined(separator: " ")
        try await bench.apply([mail(1, "a", to: [carol], subject: "Secret \(mailboxes)")], in: bench.bobsInbox)
        #expect(try await bench.found("secret", for: bench.ann) == [])
        #expect(try await bench.found("secret", for: bench.bob).count == 1)
        for query in ["\u{E000}\(bench.bobs)", "x\u{E000}\(bench.bobs)", "secret\" OR mailbox:\"\u{E000}\(bench.bobs)"]
        {
            #expect(try await bench.found(query, for: bench.ann) == [])
        }
    }

    @Test func `another organisation's mail is not found`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "Secret")], in: bench.inbox)
        let other = try await bench.database.write { tx in
            try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
        }
        let entries = try await bench.read { [ann = bench.ann] tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: ann)
            return try FoundEmails.page(tx, other, SearchWords("secret")!, visible: visible, limit: 9).entries
        }
        #expect(entries.isEmpty)
    }
}
