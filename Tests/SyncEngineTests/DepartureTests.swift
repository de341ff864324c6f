import CRM
import FakeMailbox
import Logging
import Store
import Testing

@testable import SyncEngine

@Suite struct DepartureTests {
    @Test func `the messages of a mailbox that was disconnected before the program ended are removed when it starts`()
        async throws
    {
        let bench = try await MirrorBench(pageSize: 500)
        try await bench.addContact("carol@client.example")
        for number in 1...(2 * Departures.batch) {
            bench.mailbox.deliver(message("m\(number)@x", from: "carol@client.example"), to: "INBOX")
        }
        try await bench.settle()
        let (organization, mailbox) = (bench.organization, bench.mailboxID)
        try await bench.database.write { try Mailboxes.delete($0, organization, mailbox, now: 5) }
        #expect(try await bench.count("messages") > 0)

        let database = bench.database
        let engine = SyncEngine(
            database: database, providers: [:], sealer: Sealer(key: Secret(Array(repeating: 7, count: 32))),
            feed: ChangeFeed(database: database), now: { 6 },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let running = Task { try await engine.run() }
        defer { running.cancel() }
        for _ in 0..<600 where try await bench.count("departures") > 0 { try await Task.sleep(for: .milliseconds(50)) }
        for table in ["departures", "messages", "message_texts", "card_entries", "message_search"] {
            #expect(try await bench.count(table) == 0, "\(table)")
        }
    }
}
