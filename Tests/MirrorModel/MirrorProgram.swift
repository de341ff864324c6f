import CRM
import Database
import DatabaseSQLite
import Foundation
import Mirror
import Store
import Synchronization
import TestServers
import Testing

/// The product's own program, `mailcard sync`, on a data folder that a test has prepared; it can be killed and started
/// again.
final class MirrorProgram: Sendable {
    let folder: TemporaryFolder
    let database: SQLiteDatabase
    let organization: OrganizationID
    let mailbox: MailboxID
    private let process = Mutex<Process?>(nil)

    private let environment: [String: String]

    convenience init(address: MailUser, imapPort: Int, contacts: [String]) async throws {
        let server = ServerEndpoint(host: "127.0.0.1", port: imapPort, security: .cleartext)
        try await self.init(
            MailboxSettings(address: address.address, imap: server, smtp: server), provider: "imap",
            credentials: address.password, contacts: contacts)
    }

    /// - Parameter environment: besides the test's own.
    init(
        _ settings: MailboxSettings, provider: String, credentials: String, contacts: [String],
        environment: [String: String] = [:]
    ) async throws {
        self.environment = environment
        folder = try TemporaryFolder("mirror")
        let database = try SQLiteDatabase(path: folder.file("mailcard.sqlite").path)
        self.database = database
        try await Schema.migrator.run(on: database)
        let sealer = try Sealer(keyFile: folder.file("mailcard.key").path)
        (organization, mailbox) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Acme", ownDomains: [], now: 1)
            var form = UserForm()
            form.name = "Ann"
            form.email = settings.address
            let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
            for contact in contacts {
                var form = ContactForm()
                form.lastName = contact
                form.addresses = [contact]
                _ = try Contacts.create(tx, organization, try form.validated(), now: 1)
            }
            let mailbox = try Mailboxes.create(
                tx, organization, user: user, settings: settings, addressKey: settings.address, provider: provider,
                now: Int64(Date().timeIntervalSince1970))
            let sealed = try sealer.seal(Secret(Array(credentials.utf8)), context: "mailbox \(mailbox)")
            try Mailboxes.setCredentials(tx, organization, mailbox, sealed: sealed, settings: settings)
            return (organization, mailbox)
        }
    }

    func start() throws {
        let started = Process()
        started.executableURL = try ProductProgram.url("mailcard")
        started.arguments = [
            "sync", "--data", folder.path, "--poll-seconds", "1", "--folder-return-seconds", "3",
            "--allow-private-networks", "--log-level", "info",
        ]
        started.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let log = folder.file("log")
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        started.standardOutput = output
        started.standardError = output
        try started.run()
        process.withLock { $0 = started }
    }

    var isRunning: Bool { process.withLock { $0?.isRunning ?? false } }

    /// Ends it as a power failure would.
    func kill() {
        process.withLock { process in
            guard let running = process else { return }
            Glibc.kill(running.processIdentifier, SIGKILL)
            running.waitUntilExit()
            process = nil
        }
    }

    deinit { kill() }

    var log: String {
        (try? String(contentsOf: folder.file("log"), encoding: .utf8)).map { String($0.suffix(4000)) } ?? ""
    }

    /// Message-IDs by contact's address, with how often each stands there.
    func cards() async throws -> [String: [String: Int]] {
        let organization = organization
        let rows = try await database.read { tx in
            try tx.rows(
                """
                SELECT a.address, m.message_id FROM card_entries e JOIN messages m ON m.id = e.message_id
                JOIN contact_addresses a ON a.contact_id = e.contact_id WHERE e.organization_id = $1
                """, [.integer(organization.rawValue)]
            ) { (try $0.text(0), try $0.optionalText(1) ?? "") }
        }
        return rows.reduce(into: [:]) { $0[$1.0, default: [:]][$1.1, default: 0] += 1 }
    }

    func accounting() async throws -> Accounting {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { tx in
            try MailboxAccounting.folders(tx, organization, mailbox).reduce(Accounting()) { $0 + $1.accounting }
        }
    }

    /// The texts of the messages on the cards, by Message-ID.
    func texts() async throws -> [String: Set<String>] {
        try await database.read { tx in
            try tx.rows("SELECT m.message_id, t.body FROM messages m JOIN message_texts t ON t.message_id = m.id") {
                (try $0.optionalText(0) ?? "", try $0.text(1))
            }
        }.reduce(into: [:]) { $0[$1.0, default: []].insert($1.1) }
    }

    /// Waits until the mirror equals what is told, and every text is there.
    ///
    /// - Parameters:
    ///   - expected: Message-IDs by contact's address.
    ///   - listed: how many messages are to be accounted for.
    func expect(_ expected: [String: [String: Int]], listed: Int, _ moment: String) async throws {
        let end = ContinuousClock.now + .seconds(60)
        var cards: [String: [String: Int]] = [:]
        var accounting = Accounting()
        while ContinuousClock.now < end {
            try #require(isRunning, "\(moment): the program ended by itself:\n\(log)")
            cards = try await self.cards()
            accounting = try await self.accounting()
            let isDone = try await missingTexts() == 0
            if cards == expected, accounting.listed == listed, accounting.addsUp, isDone {
                for (id, texts) in try await texts() { #expect(texts == ["Text of \(id)"], "\(moment)") }
                return
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        let lost = expected.mapValues { Set($0.keys) }.merging(cards.mapValues { Set($0.keys) }) { $0.subtracting($1) }
        let extra = cards.mapValues { Set($0.keys) }.merging(expected.mapValues { Set($0.keys) }) { $0.subtracting($1) }
        Issue.record(
            "\(moment): the mirror differs. Expected \(listed) messages, accounting \(accounting); lost \(lost); extra \(extra)\n\(log)"
        )
    }

    /// Whether the database is sound.
    func expectSoundDatabase() async throws {
        let integrity = try await database.read { try $0.first("PRAGMA integrity_check") { try $0.text(0) } }
        #expect(integrity == "ok")
    }

    /// Messages whose text is not there yet.
    func missingTexts() async throws -> Int64 {
        try await database.read {
            try $0.integer(
                "SELECT count(*) FROM messages m WHERE NOT EXISTS (SELECT 1 FROM message_texts t WHERE t.message_id = m.id)"
            )
        }
    }
}
