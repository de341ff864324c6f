import CRM
import Database
import Mail
import Mirror
import Store
import Testing

@Suite struct MessageTextTests {
    private let carol = "carol@client.example"

    private func pending(_ bench: Bench, now: Int64 = 1, limit: Int = 10) async throws -> [String] {
        try await bench.read { [anns = bench.anns] in
            try MessageTexts.pending($0, $1, anns, now: now, limit: limit).map(\.remoteID.rawValue)
        }
    }

    @Test func `texts are asked for newest first, each once however many places it has`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply(
            [
                mail(1, "old", to: [carol], at: 100), mail(2, "new", to: [carol], at: 300),
                mail(3, "mid", to: [carol], at: 200),
            ],
            in: bench.inbox)
        try await bench.apply([mail(3, "mid", to: [carol], at: 200)], in: bench.archive)
        #expect(try await pending(bench) == ["2", "3", "1"])
        #expect(try await pending(bench, limit: 1) == ["2"])
    }

    @Test func `a text is shown with the message, with its first words and attachments`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        try await bench.write { [anns = bench.anns] tx, organization in
            let message = try MessageTexts.pending(tx, organization, anns, now: 1, limit: 1)[0].message
            let attachment = AttachmentSummary(name: "offer.pdf", size: 84_000, mediaType: "application/pdf")
            let text = FetchedText(
                text: "Dear Carol,\nthe offer.", isTruncated: true, attachments: [attachment], references: [])
            try MessageTexts.record(tx, organization, [.text(message, StoredText(text))], now: 1)
        }
        let entry = try #require(try await bench.card(.contact(contact), for: bench.ann).first)
        #expect(entry.snippet.hasPrefix("Dear Carol") && entry.textState == .ready)
        #expect(entry.attachments == [StoredAttachment(name: "offer.pdf", size: 84_000)])
        let opened = try #require(try await bench.open(entry.message, for: bench.ann))
        #expect(opened.text == "Dear Carol,\nthe offer." && opened.isTruncated)
        #expect(try await pending(bench) == [])
    }

    @Test func `a text that cannot be read says why, is tried again when it is due, and may come right`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        let message = try #require(try await bench.card(.contact(contact), for: bench.ann).first).message
        try await bench.write {
            try MessageTexts.record($0, $1, [.failure(message, reason: "Garbled.", attempts: 3, retryAt: 500)], now: 1)
        }
        #expect(
            try await bench.card(.contact(contact), for: bench.ann).map(\.textState) == [.failed(reason: "Garbled.")])
        let shown = try await bench.read { [anns = bench.anns] in try UnreadableTexts.list($0, $1, anns, limit: 5) }
        #expect(shown.map(\.reason) == ["Garbled."] && shown.map(\.attempts) == [3])
        #expect(try await pending(bench, now: 499) == [])
        #expect(try await pending(bench, now: 500) == ["1"])
        try await bench.write {
            try MessageTexts.record($0, $1, [.text(message, StoredText(fetched("Hello")))], now: 1)
        }
        #expect(try await bench.card(.contact(contact), for: bench.ann).map(\.textState) == [.ready])
        let left = try await bench.read { [anns = bench.anns] in try UnreadableTexts.list($0, $1, anns, limit: 5) }
        #expect(left == [])
    }

    @Test func `a text that could not be read is asked for at once from a new place`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol]), mail(2, "b", to: [carol])], in: bench.inbox)
        let messages = try await bench.card(.contact(contact), for: bench.ann).map(\.message)
        func nextRetry(after now: Int64) async throws -> Int64? {
            try await bench.read { [anns = bench.anns] in try MessageTexts.nextRetry($0, $1, anns, after: now) }
        }
        #expect(try await nextRetry(after: 1) == nil)
        try await bench.write { tx, organization in
            let outcomes = zip(messages, [Int64(500), 700]).map { message, retryAt in
                TextOutcome.failure(message, reason: "Garbled.", attempts: 3, retryAt: retryAt)
            }
            try MessageTexts.record(tx, organization, outcomes, now: 1)
        }
        #expect(try await nextRetry(after: 1) == 500)
        #expect(try await nextRetry(after: 500) == 700)
        #expect(try await pending(bench, now: 2) == [])
        try await bench.apply([mail(7, "a", to: [carol])], in: bench.archive)
        #expect(Set(try await pending(bench, now: 2)).isSubset(of: ["1", "7"]))
        #expect(try await pending(bench, now: 2).count == 1)
    }

    @Test func `a postponed text waits, and one for a message that went meanwhile is not kept`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        let message = try #require(try await bench.card(.contact(contact), for: bench.ann).first).message
        func postpone(at now: Int64) async throws {
            try await bench.write { [anns = bench.anns] tx, organization in
                let texts = try MessageTexts.pending(tx, organization, anns, now: now, limit: 10)
                try MessageTexts.postpone(tx, organization, texts, now: now)
            }
        }
        // Each pause is twice as long.
        try await postpone(at: 500)
        #expect(try await pending(bench, now: 501) == [])
        #expect(try await pending(bench, now: 502) == ["1"])
        try await postpone(at: 502)
        #expect(try await pending(bench, now: 505) == [])
        #expect(try await pending(bench, now: 506) == ["1"])
        // From a new place it can be had at once.
        try await postpone(at: 506)
        try await bench.apply([mail(7, "a", to: [carol])], in: bench.archive)
        #expect(try await pending(bench, now: 506).count == 1)
        try await bench.write { tx, organization in
            try Contacts.delete(tx, organization, contact, now: 1)
            try MessageTexts.record(tx, organization, [.text(message, StoredText(fetched("Late")))], now: 1)
        }
        #expect(try await bench.database.count("message_texts") == 0)
    }
}
