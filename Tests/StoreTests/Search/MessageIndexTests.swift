import Generators
import CRM
import Database
import DatabaseSQLite
import Mirror
import Store
import Testing

/// The index says what is stored, whatever comes, changes and goes.
@Suite struct MessageIndexTests {
    private let carol = "carol@client.example"
    private let dave = "dave@client.example"

    @Test func `an email is found as soon as its text is there`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "Plan")], in: bench.inbox)
        try await bench.checkIndex()
        try await bench.fetchTexts(bench.anns) { _ in "The first text" }
        #expect(try await bench.found("plan first", for: bench.ann) == ["Plan"])
        try await bench.checkIndex()
        // The same message once more, with another text.
        let id = try #require(try await bench.search("plan", for: bench.ann).first?.message)
        try await bench.write { tx, organization in
            let text = TextOutcome.text(id, try StoredText(fetched("A second text")))
            try MessageTexts.record(tx, organization, [text, text], now: 1)
            try MessageTexts.record(tx, organization, [.failure(id, reason: "BAD", attempts: 1, retryAt: 9)], now: 1)
        }
        #expect(try await bench.found("first", for: bench.ann) == [])
        #expect(try await bench.found("plan second", for: bench.ann) == ["Plan"])
        try await bench.checkIndex()
    }

    @Test func `an email whose text cannot be read or did not come is found without it`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply(
            [mail(1, "a", to: [carol], subject: "Plan A"), mail(2, "b", to: [carol], subject: "Plan B")],
            in: bench.inbox)
        let pending = try await bench.read { [anns = bench.anns] in
            try MessageTexts.pending($0, $1, anns, now: 1, limit: 9)
        }
        try await bench.write { tx, organization in
            let failure = TextOutcome.failure(pending[0].message, reason: "BAD", attempts: 1, retryAt: 9)
            try MessageTexts.record(tx, organization, [failure], now: 1)
            try MessageTexts.postpone(tx, organization, [pending[1]], now: 1)
            try MessageTexts.postpone(tx, organization, [pending[1]], now: 1)
        }
        #expect(try await bench.found("plan", for: bench.ann) == ["Plan B", "Plan A"])
        try await bench.checkIndex()
    }

    @Test(arguments: [
        MailboxStatus.throttled(until: 9, reason: "Busy"), .retrying(at: 9, reason: "Gone"),
        .signInNeeded(reason: "No"),
        .misconfigured(reason: "No such host"), .paused,
    ])
    func `an email whose mailbox is not read is found without its text`(_ status: MailboxStatus) async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "Plan")], in: bench.inbox)
        try await bench.write { [anns = bench.anns] in
            try Mailboxes.setStatus($0, $1, anns, .upToDate)
            try Mailboxes.setStatus($0, $1, anns, status)
            try Mailboxes.setStatus($0, $1, anns, status)
        }
        #expect(try await bench.found("plan", for: bench.ann) == ["Plan"])
        try await bench.checkIndex()
        try await bench.fetchTexts(bench.anns) { _ in "The text" }
        #expect(try await bench.found("plan text", for: bench.ann) == ["Plan"])
        try await bench.checkIndex()
    }

    @Test func `a message that is deleted in the mailbox is found no more`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply(
            [mail(1, "a", to: [carol], subject: "Plan"), mail(2, "b", to: [carol], subject: "Plan B")], in: bench.inbox)
        try await bench.fetchTexts(bench.anns) { _ in "The text" }
        try await bench.apply([], gone: .reported([RemoteMessageID(uid: 1)], total: 1), in: bench.inbox)
        try await bench.settle(before: 2)
        #expect(try await bench.found("plan", for: bench.ann) == ["Plan B"])
        #expect(try await bench.found("text", for: bench.ann) == ["Plan B"])
        try await bench.checkIndex()
    }

    @Test func `what leaves with a contact, a rule or a mailbox is found no more`() async throws {
        let bench = try await Bench()
        let contacts = [try await bench.contact(carol), try await bench.contact(dave)]
        let facts = [
            mail(1, "c", to: [carol], subject: "Plan C"), mail(2, "cd", to: [carol, dave], subject: "Plan CD"),
            mail(3, "d", to: [dave], cc: ["x@firm.example"], subject: "Plan D"),
        ]
        for folder in [bench.inbox, bench.bobsInbox] { try await bench.apply(facts, in: folder) }
        for mailbox in [bench.anns, bench.bobs] { try await bench.fetchTexts(mailbox) { _ in "The text" } }
        func found() async throws -> Set<String> { Set(try await bench.found("text plan", for: bench.eve)) }
        #expect(try await found() == ["Plan C", "Plan CD", "Plan D"])
        try await bench.write { try Contacts.delete($0, $1, contacts[0], now: 1) }
        #expect(try await found() == ["Plan CD", "Plan D"])
        try await bench.checkIndex()
        _ = try await bench.exclude("x@firm.example")
        #expect(try await found() == ["Plan CD"])
        try await bench.checkIndex()
        try await bench.write { [anns = bench.anns] in try Mailboxes.delete($0, $1, anns, now: 1) }
        let rest = try await bench.search("plan", for: bench.eve)
        #expect(rest.map { $0.copies.map(\.ownerName) } == [["Bob"]])
        try await bench.checkIndex()
        try await bench.write { try Contacts.delete($0, $1, contacts[1], now: 1) }
        #expect(try await found() == [])
        try await bench.checkIndex()
    }

    @Test(arguments: 1...6)
    func `the index equals one that is made anew, after mail came and went at random`(_ seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let bench = try await Bench()
        var contacts = [try await bench.contact(carol), try await bench.contact(dave)]
        for step in 0..<40 {
            let uid = UInt32.random(in: 1...12, using: &random)
            let folder = [bench.inbox, bench.archive, bench.bobsInbox].randomElement(using: &random)!
            switch Int.random(in: 0..<7, using: &random) {
            case 0...2:
                let to = [[carol], [dave], [carol, dave], ["no@one.example"]].randomElement(using: &random)!
                try await bench.apply(
                    [mail(uid, "m\(uid)", to: to, at: .random(in: 0...9, using: &random))], in: folder,
                    Bool.random(using: &random) ? .rescan : .arrival)
            case 3: try await bench.apply([], gone: .reported([RemoteMessageID(uid: uid)], total: 1), in: folder)
            case 4: try await bench.settle(before: .max)
            case 5:
                try await bench.fetchTexts(folder == bench.bobsInbox ? bench.bobs : bench.anns) {
                    "T \($0.remoteID) \(step)"
                }
            default:
                let index = Int.random(in: 0..<2, using: &random)
                let contact = contacts[index]
                try await bench.write { try Contacts.delete($0, $1, contact, now: 1) }
                contacts[index] = try await bench.contact([carol, dave][index])
            }
        }
        try await bench.checkIndex("seed \(seed)")
        let all = try await bench.card(.contact(contacts[0]), for: bench.eve)
        let found = try await bench.search("about", for: bench.eve, on: .contact(contacts[0]))
        #expect(found.map(\.subject) == all.map(\.subject), "seed \(seed)")
    }

    @Test func `the steps of the schema fill the index from what was mirrored before`() async throws {
        let database = try SQLiteDatabase.inMemory()
        let bench = try await Bench(database)
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "Plan"), mail(2, "b", to: [carol])], in: bench.inbox)
        try await bench.fetchTexts(bench.anns) { _ in "The text" }
        // As if the step had not been taken yet.
        try await database.write { tx in
            try tx.executeScript(
                """
                DROP TABLE message_search; DROP VIEW message_search_rows; DROP INDEX messages_by_search_key;
                ALTER TABLE messages DROP COLUMN is_indexed;
                DELETE FROM schema_migrations WHERE name IN ('0008-search', '0013-search-once');
                """)
        }
        #expect(try await Schema.migrator.run(on: database, now: 2) == ["0008-search", "0013-search-once"])
        #expect(try await bench.found("plan text", for: bench.ann) == ["Plan"])
        try await bench.checkIndex()
    }
}
