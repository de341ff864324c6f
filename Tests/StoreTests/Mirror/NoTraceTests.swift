import CRM
import Database
import DatabaseSQLite
import Foundation
import Mirror
import Store
import Testing

@Suite struct NoTraceTests {
    private static let token = "zqxjkv7731"

    /// The bytes of all files of a database.
    private func files(_ folder: URL) throws -> [Data] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).map {
            try Data(contentsOf: $0)
        }
    }

    @Test
    func `mail without a contact leaves no row, address, subject or Message-ID, in no table and no byte of the file`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder.appending(path: "test.sqlite").path)
            defer { try? database.close() }
            let bench = try await Bench(database)
            try await bench.contact("carol@client.example")
            let token = Self.token
            let stranger = MessageFact(
                id: RemoteMessageID("77" + token), stableID: "stable-\(token)", internalDate: 1_600_000_123,
                size: 4_242_421,
                headers: MessageHeaders(
                    from: [header("from-\(token)@elsewhere.example", name: "Name \(token)")],
                    to: [header("ann@acme.example"), header("to@\(token).example")],
                    cc: [header("cc-\(token)@x.example")],
                    bcc: [header("bcc-\(token)@x.example")], subject: Array("Subject \(token)".utf8),
                    messageID: Array("<id-\(token)@x>".utf8), inReplyTo: Array("<reply-\(token)@x>".utf8)))
            let empty = try await database.contents()
            for purpose in [Planner.Purpose.arrival, .rescan, .search] {
                try await bench.apply([stranger], in: bench.inbox, purpose)
            }
            try await bench.apply([], gone: .reported([stranger.id], total: 1), in: bench.inbox)

            #expect(try await database.tables(holding: token) == [])
            // Nothing but the folder's own counts and checkpoint moved.
            let after = try await database.contents()
            #expect(after.filter { $0.value != empty[$0.key] }.map(\.key) == ["folders"])
            for bytes in try files(folder) { #expect(bytes.range(of: Data(token.utf8)) == nil) }

            // The scan would have found it: the same with a contact on it.
            let mirrored = mail(1, token, from: "carol@client.example", subject: "Subject \(token)")
            try await bench.apply([mirrored], in: bench.inbox)
            try await bench.fetchTexts(bench.anns)
            #expect(
                try await database.tables(holding: token) == [
                    "message_search", "message_search_data", "message_search_words", "messages",
                ])
            #expect(try files(folder).contains { $0.range(of: Data(token.utf8)) != nil })
        }
    }

    @Test func `an excluded message leaves its place and the rule, and nothing of its content`() async throws {
        let bench = try await Bench()
        let token = Self.token
        try await bench.contact("carol@client.example")
        _ = try await bench.exclude("lawyer@firm.example")
        let secret = mail(
            5, "id-\(token)", from: "lawyer@firm.example", to: ["carol@client.example", "x-\(token)@y.example"],
            subject: "Subject \(token)")
        try await bench.apply([secret], in: bench.inbox)
        #expect(try await bench.database.tables(holding: token) == [])
        #expect(try await bench.database.count("excluded_messages") == 1)
        #expect(try await bench.database.count("messages") == 0)
    }

    @Test func `with the last contact on it, an excluded message becomes one of which nothing is kept`() async throws {
        let bench = try await Bench()
        let (carol, dave) = ("carol@client.example", "dave@client.example")
        let contacts = [try await bench.contact(carol), try await bench.contact(dave)]
        _ = try await bench.exclude("@firm.example")
        try await bench.apply(
            [
                mail(1, "both", from: "lawyer@firm.example", to: [carol, dave]),
                mail(2, "one", from: "lawyer@firm.example", to: [carol]), mail(3, "open", from: carol),
            ], in: bench.inbox)
        try await bench.fetchTexts(bench.anns)
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 3, mirrored: 1, excluded: 2))
        try await bench.write { try Contacts.delete($0, $1, contacts[0], now: Bench.now) }
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 3, noContact: 2, excluded: 1))
        #expect(try await bench.database.tables(holding: carol) == [])
        // The other one keeps the contact and gets another address.
        try await bench.write { tx, organization in
            var form = ContactForm()
            form.lastName = "Dave"
            form.addresses = ["d@client.example"]
            try Contacts.update(tx, organization, contacts[1], try form.validated(), now: Bench.now)
        }
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 3, noContact: 3))
        #expect(try await bench.database.count("excluded_messages") == 0)
    }

    @Test func `the words of an email that left are gone from the index when it was merged`() async throws {
        let bench = try await Bench()
        try await bench.contact("carol@client.example")
        let facts = (1...40).map { mail($0, "m\($0)", to: ["carol@client.example"]) }
        try await bench.apply(facts, in: bench.inbox)
        try await bench.fetchTexts(bench.anns) { $0.remoteID.rawValue == "7" ? "Word \(Self.token)" : "Word" }
        #expect(try await bench.database.tables(holding: Self.token).contains("message_search_data"))
        try await bench.apply([], gone: .reported([RemoteMessageID(uid: 7)], total: 1), in: bench.inbox)
        try await bench.settle(before: 2)
        var steps = 0
        while try await bench.write({ [steps] tx, _ in try MessageIndexMerge.step(tx, isFirst: steps == 0) }) {
            steps += 1
            try #require(steps < 100)
        }
        #expect(steps > 0)
        #expect(try await bench.database.tables(holding: Self.token) == [])
        #expect(try await bench.found("word", for: bench.ann).count == 39)
        try await bench.checkIndex()
    }

    @Test func `an address that leaves its contact before it was asked for is not asked for`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact("carol@client.example")
        #expect(try await bench.database.tables(holding: "carol@client.example").contains("backfills"))
        try await bench.write { try Contacts.delete($0, $1, contact, now: Bench.now) }
        #expect(try await bench.database.tables(holding: "carol@client.example") == [])
    }
}
