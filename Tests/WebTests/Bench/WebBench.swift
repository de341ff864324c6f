import CRM
import Database
import DatabaseSQLite
import FakeMailbox
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Mail
import Mirror
import ServiceLifecycle
import Store
import SyncEngine
import Synchronization
import Testing
import Wording

@testable import Web

/// The pages over a database in memory, with the sample company in it where asked for, and an engine whose mailboxes
/// are all one ``FakeMailbox``.
final class WebBench: Sendable {
    let database: any Database
    let mailbox = FakeMailbox()
    let calendar = FakeCalendar()
    let feed: ChangeFeed
    let engine: SyncEngine
    let front: WebFront
    let organization: OrganizationID
    let time: Clock
    let recorder: Recorder
    private let language: Language
    /// What is sent to browsers, for whoever watches.
    let pages = Pages()

    /// Cheap enough to sign in hundreds of times.
    static let cost = PasswordHash.Cost(logRounds: 4, blockSize: 8, parallelism: 1)

    /// Read and translated once for all tests.
    private static let templates = Result { try Templates() }

    /// - Parameter language: of everyone in the sample company.
    init(
        withSampleCompany: Bool = true, language: Language = .english, languages: Languages? = nil,
        heartbeat: Duration = .seconds(15)
    ) async throws {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database)
        self.database = database
        organization =
            withSampleCompany
            ? try await database.write { tx in
                let hash = try PasswordHash(cost: Self.cost).make(Secret(SampleCompany.password))
                let organization = try SampleCompany.load(tx, passwordHash: hash, now: 1_790_000_000)
                for user in try Users.list(tx, organization) {
                    try Users.setPreferences(
                        tx, organization, user.id, locale: language.rawValue, timeZone: user.timeZone)
                }
                return organization
            } : 1
        let feed = ChangeFeed(database: database)
        self.feed = feed
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let clock = Clock()
        let (mailbox, calendar) = (mailbox, calendar)
        engine = SyncEngine(
            database: database,
            providers: [
                "imap": FakeMailProvider(mailbox: mailbox),
                "microsoft365": FakeSignInProvider(mailbox: mailbox, calendar: calendar),
            ],
            sealer: Sealer(key: Secret([UInt8](repeating: 7, count: 32))), feed: feed,
            configuration: EngineConfiguration(pollInterval: .milliseconds(20)), now: { clock.now }, logger: logger)
        let recorder = Recorder()
        var templates = try languages.map { try Templates(languages: $0) } ?? Self.templates.get()
        templates.observer = { recorder.record($0, $1) }
        front = try WebFront(
            database: database, engine: engine, feed: feed, passwordCost: Self.cost, heartbeat: heartbeat,
            now: { clock.now }, logger: logger,
            templates: templates)
        time = clock
        self.recorder = recorder
        self.language = language
    }

    /// A clock that stands still until it is moved.
    final class Clock: Sendable {
        private let seconds = Mutex<Int64>(1_790_000_000)
        var now: Int64 { seconds.withLock { $0 } }
        func pass(_ time: Int64) { seconds.withLock { $0 += time } }
    }

    /// Tells of each answer that is sent.
    final class Pages: Sendable {
        typealias Watcher = @Sendable (_ answer: TestBrowser.Answer) -> Void
        private let watcher = Mutex<Watcher?>(nil)
        func watchAnswers(_ watcher: @escaping Watcher) { self.watcher.withLock { $0 = watcher } }
        func sent(_ answer: TestBrowser.Answer) { watcher.withLock { $0 }?(answer) }

        /// Tells of pages only.
        func watch(_ watcher: @escaping @Sendable (_ path: String, _ html: String) -> Void) {
            watchAnswers { answer in
                if answer.headers[.contentType]?.hasPrefix("text/html") == true { watcher(answer.path, answer.text) }
            }
        }
    }

    /// What was rendered.
    final class Recorder: Sendable {
        private struct Tree: @unchecked Sendable {
            let name: String
            let value: Any
        }

        private let trees = Mutex<[Tree]>([])

        // Trees are made of values only, and nobody changes them.
        func record(_ name: String, _ value: Any) {
            nonisolated(unsafe) let value = value
            trees.withLock { $0.append(Tree(name: name, value: value)) }
        }

        var all: [(name: String, tree: Any)] { trees.withLock { $0.map { ($0.name, $0.value) } } }
    }

    /// Lends a browser that talks to the pages, directly or over a connection.
    func browse(
        over setup: TestingSetup = .router, _ visit: @escaping @Sendable (TestBrowser) async throws -> Void
    ) async throws {
        try await front.application(host: "127.0.0.1", port: 0).test(setup) { client in
            try await visit(TestBrowser(client, language: language, pages: pages))
        }
    }

    /// The same, signed in as someone of the sample company, such as "tom.ashworth".
    func browse(as mailName: String, _ visit: @escaping @Sendable (TestBrowser) async throws -> Void) async throws {
        try await browse { browser in
            try await browser.signIn(mailName + "@" + SampleCompany.domain, SampleCompany.password)
            try await visit(browser)
        }
    }

    /// Runs the engine beside what is done.
    func withEngine(_ action: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [engine] in try await engine.run() }
            try await action()
            group.cancelAll()
        }
    }

    /// Waits until a condition holds, however long the computer takes.
    func wait(for what: String, _ holds: () async throws -> Bool) async throws {
        for _ in 0..<1_500 {
            if try await holds() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("waited in vain for \(what)")
    }

    // MARK: The store

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction, OrganizationID) throws -> T) async throws -> T
    {
        let organization = organization
        return try await database.read { try body($0, organization) }
    }

    @discardableResult
    func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction, OrganizationID) throws -> T) async throws -> T
    {
        let organization = organization
        let result = try await database.write { try body($0, organization) }
        await feed.committed()
        return result
    }

    func contact(_ name: String) async throws -> ContactID {
        let found = try await read { try ContactList.page($0, $1, matching: name, limit: 2).elements }
        return try #require(found.first).id
    }

    /// Gives someone of the sample company a mailbox that no engine reads.
    func addMailbox(of mailName: String) async throws -> MailboxID {
        let user = try await user(mailName).id
        let address = mailName + "@" + SampleCompany.domain
        let endpoint = ServerEndpoint(host: "imap.aldermoor.example", port: 993, security: .tls)
        let settings = MailboxSettings(address: address, imap: endpoint, smtp: endpoint)
        return try await write { tx, organization in
            try Mailboxes.create(
                tx, organization, user: user, settings: settings, addressKey: address, provider: "imap", now: 1)
        }
    }

    func user(_ mailName: String) async throws -> User {
        let users = try await read { try Users.list($0, $1) }
        return try #require(users.first { $0.email.hasPrefix(mailName + "@") })
    }
}
