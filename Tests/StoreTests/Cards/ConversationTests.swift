import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct ConversationTests {
    private let carol = "carol@client.example"

    private func conversation(
        _ bench: Bench, _ subject: String, of contact: ContactID, for viewer: UserID
    ) async throws -> [String] {
        let entries = try await bench.card(.contact(contact), for: bench.eve, pageSize: 500)
        let message = try #require(entries.first { $0.subject == "About \(subject)" }).message
        return try await bench.read { tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: viewer)
            return try Conversations.of(tx, organization, message, visible: visible).map {
                String($0.subject.dropFirst(6))
            }
        }
    }

    @Test func `answers are found in both directions, oldest first, whichever is opened`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply(
            [
                mail(1, "ask", to: [carol], at: 1), mail(2, "answer", from: carol, at: 2, answers: "ask"),
                mail(3, "thanks", to: [carol], at: 3, answers: "answer"), mail(4, "else", to: [carol], at: 4),
            ], in: bench.inbox)
        for opened in ["ask", "answer", "thanks"] {
            #expect(try await conversation(bench, opened, of: contact, for: bench.ann) == ["ask", "answer", "thanks"])
        }
        #expect(try await conversation(bench, "else", of: contact, for: bench.ann) == ["else"])
    }

    @Test func `the first of the References joins what has lost its middle`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        // Answers to a message that is not in the mailbox.
        try await bench.apply(
            [
                mail(1, "one", to: [carol], at: 1, answers: "lost1"),
                mail(2, "two", to: [carol], at: 2, answers: "lost2"),
            ],
            in: bench.inbox)
        #expect(try await conversation(bench, "one", of: contact, for: bench.ann) == ["one"])
        try await bench.write { [anns = bench.anns] tx, organization in
            for pending in try MessageTexts.pending(tx, organization, anns, now: 1, limit: 9) {
                try MessageTexts.record(
                    tx, organization, [.text(pending.message, StoredText(fetched("x", references: ["root"])))], now: 1)
            }
        }
        #expect(try await conversation(bench, "one", of: contact, for: bench.ann) == ["one", "two"])
    }

    @Test func `only mail that the viewer may see is shown, or leads further`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "ask", to: [carol], at: 1)], in: bench.inbox)
        try await bench.apply([mail(1, "middle", from: carol, at: 2, answers: "ask")], in: bench.bobsInbox)
        try await bench.apply([mail(2, "end", to: [carol], at: 3, answers: "middle")], in: bench.inbox)
        #expect(try await conversation(bench, "ask", of: contact, for: bench.eve) == ["ask", "middle", "end"])
        #expect(try await conversation(bench, "ask", of: contact, for: bench.ann) == ["ask"])
        #expect(try await conversation(bench, "middle", of: contact, for: bench.ann) == [])
    }

    @Test func `copies in several mailboxes are one message of it`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        for folder in [bench.inbox, bench.bobsInbox] { try await bench.apply([mail(1, "a", to: [carol])], in: folder) }
        #expect(try await conversation(bench, "a", of: contact, for: bench.eve) == ["a"])
    }

    @Test func `of an endless thread the newest are shown, and the message that was opened`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let count = Conversations.limit + 60
        try await bench.apply(
            [mail(1, "1", to: [carol], at: 1)]
                + (2...count).map { mail(UInt32($0), "\($0)", to: [carol], at: Int64($0), answers: "1") },
            in: bench.inbox)
        let newest = (count - Conversations.limit + 1...count).map(String.init)
        #expect(try await conversation(bench, "\(count)", of: contact, for: bench.ann) == newest)
        #expect(try await conversation(bench, "3", of: contact, for: bench.ann) == ["3"] + newest.dropFirst())
    }
}
