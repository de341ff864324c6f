import ArgumentParser
import CRM
import Database
import DatabaseSQLite
import Foundation
import IMAPProvider
import Logging
import Mirror
import Networking
import Store
import SyncEngine
import TestServers

/// Our own first sync of the sample mailbox, from pressing Connect until every text is there, and quiet checks after
/// it.
struct MirrorRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "child-mirror", shouldDisplay: false)

    @Option var port: Int
    @Option var submissionPort: Int
    @Option var quietChecks: Int

    enum Report: Codable {
        case synced(FirstSync)
        /// Seconds of each.
        case checked([Double])
    }

    struct FirstSync: Codable {
        /// Since Connect was pressed, in seconds.
        var connected = 0.0
        var firstEntry = 0.0
        var firstText = 0.0
        var done = 0.0
        var peakMemory = 0
        var processorTime = 0.0
        var entries = 0
        var texts = 0
        var listed = 0
    }

    func run() async throws {
        let folder = try TemporaryFolder("bench")
        let database = try SQLiteDatabase(path: folder.file("mailcard.sqlite").path)
        try await Schema.migrator.run(on: database)
        let (organization, user) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Aldermoor", ownDomains: [], now: 1)
            var form = UserForm()
            form.name = SampleMailbox.owner.name
            form.email = SampleMailbox.owner.address
            let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
            for person in SampleMailbox.customers {
                var form = ContactForm()
                form.lastName = person.name
                form.addresses = [person.address]
                _ = try Contacts.create(tx, organization, try form.validated(), now: 1)
            }
            return (organization, user)
        }
        var logger = Logger(label: "benchmark") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let feed = ChangeFeed(database: database)
        let engine = SyncEngine(
            database: database,
            providers: ["imap": IMAPMailProvider(network: NetworkPolicy(allowsPrivateNetworks: true), logger: logger)],
            sealer: Sealer(key: Secret(Array(repeating: 7, count: 32))), feed: feed,
            configuration: EngineConfiguration(pollInterval: .seconds(3600)),
            now: { Int64(Date().timeIntervalSince1970) },
            logger: logger)
        // The engine is a service; it ends with this process.
        let running = Task { try await engine.run() }
        let settings = MailboxSettings(
            address: SampleMailbox.owner.address,
            imap: ServerEndpoint(host: "127.0.0.1", port: port, security: .cleartext),
            smtp: ServerEndpoint(host: "127.0.0.1", port: submissionPort, security: .cleartext))
        let draft = MailboxDraft(settings: settings, password: Secret(SampleMailbox.user.password), provider: "imap")

        var result = FirstSync()
        let (clock, processorTime) = (ContinuousClock(), ProcessFacts.processorTime)
        let start = clock.now
        func passed() -> Double { (clock.now - start).inSeconds }
        let mailbox = try await engine.connect(draft, organization: organization, user: user)
        result.connected = passed()
        try await wait(database, "SELECT count(*) FROM (SELECT 1 FROM card_entries LIMIT 1)", every: 5)
        result.firstEntry = passed()
        try await wait(database, "SELECT count(*) FROM (SELECT 1 FROM message_texts LIMIT 1)", every: 5)
        result.firstText = passed()
        while true {
            let isUpToDate = try await database.read { tx in
                guard try Mailboxes.find(tx, organization, mailbox)?.status == .upToDate else { return false }
                return try MessageTexts.pending(tx, organization, mailbox, now: .max, limit: 1).isEmpty
            }
            if isUpToDate { break }
            if passed() > 1800 { throw BenchmarkError.notFinished("The first sync") }
            try await Task.sleep(for: .milliseconds(20))
        }
        result.done = passed()
        result.peakMemory = ProcessFacts.peakMemory()
        result.processorTime = ProcessFacts.processorTime - processorTime
        result.entries = try await count(database, "SELECT count(*) FROM card_entries")
        result.texts = try await count(database, "SELECT count(*) FROM message_texts")
        result.listed = try await count(database, "SELECT sum(processed) FROM folders")
        try Child.tell(Report.synced(result))
        if quietChecks > 0 {
            try await Task.sleep(for: .seconds(1))
            try Child.tell(Report.checked(try await quietChecks(engine, feed, organization, mailbox)))
        }
        running.cancel()
        _ = await running.result
    }

    /// Looks at the mailbox again and again while nothing changes.
    private func quietChecks(
        _ engine: SyncEngine, _ feed: ChangeFeed, _ organization: OrganizationID, _ mailbox: MailboxID
    ) async throws -> [Double] {
        var times: [Double] = []
        let clock = ContinuousClock()
        var changes = await feed.subscribe(organization: organization).makeAsyncIterator()
        for _ in 0..<quietChecks {
            let start = clock.now
            engine.syncNow(mailbox)
            // The look ends with the note that the mirror equals the mailbox.
            while let change = await changes.next(), change.mailbox != mailbox {}
            times.append((clock.now - start).inSeconds)
            // Lets the task go back to waiting.
            try await Task.sleep(for: .milliseconds(20))
        }
        return times
    }

    private func wait(_ database: any Database, _ query: String, every milliseconds: Int) async throws {
        for _ in 0..<(600_000 / milliseconds) {
            if try await count(database, query) > 0 { return }
            try await Task.sleep(for: .milliseconds(milliseconds))
        }
        throw BenchmarkError.notFinished("The first sync")
    }

    private func count(_ database: any Database, _ query: String) async throws -> Int {
        Int(try await database.read { try $0.integer(query, []) })
    }
}
