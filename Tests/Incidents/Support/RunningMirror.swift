import CRM
import Database
import DatabaseSQLite
import Foundation
import IMAP
import IMAPProvider
import Logging
import Mirror
import Store
import Synchronization
import Testing
import Wording

@testable import SyncEngine

let ann = "ann@acme.example"
let carol = "carol@client.example"

/// The engine as it runs in the product, with one mailbox on a scripted server.
final class RunningMirror: Sendable {
    let database: any Database
    let engine: SyncEngine
    let organization: OrganizationID
    let mailbox: MailboxID
    /// Of the second server, where there is one; belongs to another user.
    let secondMailbox: MailboxID?
    private let running: Task<Void, any Error>
    private let clock: TestClock

    /// - Parameters:
    ///   - deadlines: short, since some tests make the server silent.
    ///   - wrap: puts something between the engine and its database.
    init(
        _ server: ScriptedIMAP, second: ScriptedIMAP? = nil, pollInterval: Duration = .milliseconds(150),
        contacts: [String] = [carol],
        deadlines: IMAPDeadlines = .short, wrap: (any Database) -> any Database = { $0 }
    ) async throws {
        let (database, clock) = (try SQLiteDatabase.inMemory(), TestClock())
        try await Schema.migrator.run(on: database)
        self.database = database
        self.clock = clock
        let sealer = Sealer(key: Secret(Array(repeating: 7, count: 32)))
        let seen = wrap(database)
        engine = SyncEngine(
            database: seen, providers: ["imap": IMAPMailProvider.incidents(deadlines)], sealer: sealer,
            feed: ChangeFeed(database: seen), configuration: EngineConfiguration(pollInterval: pollInterval),
            now: { clock.now },
            logger: .incidents)
        (organization, mailbox, secondMailbox) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Acme", ownDomains: [], now: 1)
            for address in contacts { _ = try Self.add(tx, organization, address) }
            func connect(_ address: String, _ server: ScriptedIMAP) throws -> MailboxID {
                var form = UserForm()
                form.name = address
                form.email = address
                let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
                let settings = MailboxSettings.loopback(imap: server.port, address: address)
                let mailbox = try Mailboxes.create(
                    tx, organization, user: user, settings: settings, addressKey: address, provider: "imap",
                    now: clock.now)
                let sealed = try MailboxCredentials.seal(Secret("secret"), of: mailbox, with: sealer)
                try Mailboxes.setCredentials(tx, organization, mailbox, sealed: sealed, settings: settings)
                return mailbox
            }
            return (organization, try connect(ann, server), try second.map { try connect("bob@acme.example", $0) })
        }
        running = Task { [engine] in try await engine.run() }
    }

    /// Runs a mirror of the server's mailbox for as long as `work` takes; ends it and the server after.
    static func of(
        _ server: ScriptedIMAP, second: ScriptedIMAP? = nil, pollInterval: Duration = .milliseconds(150),
        contacts: [String] = [carol],
        deadlines: IMAPDeadlines = .short, wrap: (any Database) -> any Database = { $0 },
        while work: (RunningMirror) async throws -> Void
    ) async throws {
        let mirror = try await RunningMirror(
            server, second: second, pollInterval: pollInterval, contacts: contacts, deadlines: deadlines, wrap: wrap)
        do {
            try await work(mirror)
        } catch {
            await mirror.stop()
            await server.stop()
            throw error
        }
        await mirror.stop()
        await server.stop()
        await second?.stop()
    }

    private func stop() async {
        running.cancel()
        _ = try? await running.value
    }

    private static func add(_ tx: any Transaction, _ organization: OrganizationID, _ address: String) throws
        -> ContactID
    {
        var form = ContactForm()
        form.lastName = address
        form.addresses = [address]
        return try Contacts.create(tx, organization, try form.validated(), now: 1)
    }

    func addContact(_ address: String) async throws {
        let organization = organization
        _ = try await database.write { try Self.add($0, organization, address) }
        engine.addressBookChanged(organization: organization)
    }

    /// Lets the engine's clock jump, as if that much time had passed.
    func advance(seconds: Int64) { clock.ahead.withLock { $0 += seconds } }

    /// Does not wait for the next attempt after a failure.
    func retryNow() { engine.syncNow(mailbox) }

    // MARK: What stands in the mirror

    /// Message-IDs that stand on any card, with how often; messages without one count as "".
    func cards() async throws -> [String: Int] {
        let organization = organization
        let ids = try await database.read { tx in
            try tx.rows(
                """
                SELECT m.message_id FROM card_entries e JOIN messages m ON m.id = e.message_id WHERE e.organization_id = $1
                """, [.integer(organization.rawValue)]
            ) { try $0.optionalText(0) ?? "" }
        }
        return ids.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    func folders() async throws -> [MailboxAccounting.Folder] {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { try MailboxAccounting.folders($0, organization, mailbox) }
    }

    /// What the mailbox page says of folders that cannot be read, in English.
    func troubles() async throws -> [String] { try await folders().compactMap { $0.trouble?.english } }

    func accounting() async throws -> Accounting { try await folders().reduce(Accounting()) { $0 + $1.accounting } }

    func status(of other: MailboxID? = nil) async throws -> MailboxStatus? {
        let (organization, mailbox) = (organization, other ?? mailbox)
        return try await database.read { try Mailboxes.find($0, organization, mailbox)?.status }
    }

    func text(_ id: String) async throws -> String? {
        try await database.read { tx in
            try tx.first(
                "SELECT t.body FROM messages m JOIN message_texts t ON t.message_id = m.id WHERE m.message_id = $1",
                [.text(id)]
            ) { try $0.text(0) }
        }
    }

    func textProblem(_ id: String) async throws -> String? {
        try await database.read { tx in
            try tx.first("SELECT text_error FROM messages WHERE message_id = $1", [.text(id)]) {
                try $0.optionalText(0).map { Phrase(stored: $0).english }
            } ?? nil
        }
    }

    func setAsides() async throws -> [SetAsides.Shown] {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { try SetAsides.list($0, organization, mailbox, limit: 100) }
    }

    // MARK: Waiting

    @discardableResult
    func wait(_ limit: Duration = .seconds(15), until holds: () async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + limit
        repeat {
            if try await holds() { return true }
            try await Task.sleep(for: .milliseconds(10))
        } while ContinuousClock.now < end
        return false
    }

    /// Waits until the cards show exactly these messages, each once, with their texts, and every message is accounted
    /// for.
    func expect(
        _ ids: [String], listed: Int? = nil, within limit: Duration = .seconds(15),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let wanted = ids.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let isRight = try await wait(limit) {
            guard try await self.cards() == wanted else { return false }
            let accounting = try await self.accounting()
            return accounting.addsUp && accounting.waiting == 0
                && (listed == nil || accounting.listed == listed)
        }
        if isRight { return }
        let (cards, accounting, status) = (try await self.cards(), try await self.accounting(), try await self.status())
        #expect(cards == wanted, "status: \(String(describing: status))", sourceLocation: sourceLocation)
        #expect(accounting.addsUp, "\(accounting)", sourceLocation: sourceLocation)
        #expect(accounting.waiting == 0, "\(accounting)", sourceLocation: sourceLocation)
        if let listed { #expect(accounting.listed == listed, sourceLocation: sourceLocation) }
    }

    /// Waits until the mailbox's state is one that has this sentence.
    func expectStatus(
        saying words: String, within limit: Duration = .seconds(15), sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> MailboxStatus? {
        let isRight = try await wait(limit) { try await self.status()?.sentence.contains(words) ?? false }
        let status = try await self.status()
        #expect(isRight, "status: \(String(describing: status))", sourceLocation: sourceLocation)
        return status
    }

    /// Looks at the cards all the while `work` runs: these messages may not leave them for a moment.
    func keeping(
        _ ids: [String], sourceLocation: SourceLocation = #_sourceLocation, while work: () async throws -> Void
    ) async throws {
        let isOver = Flag()
        // Looks beside the work; ends with it.
        let watching = Task { try await look(for: ids, until: { isOver.value }) }
        do {
            try await work()
        } catch {
            isOver.value = true
            throw error
        }
        // The last look is at what the work left behind.
        try await Task.sleep(for: .milliseconds(30))
        isOver.value = true
        let (looks, lost) = try await watching.value
        #expect(looks > 2, sourceLocation: sourceLocation)
        #expect(lost.isEmpty, "left the cards: \(lost.sorted())", sourceLocation: sourceLocation)
    }

    private func look(for ids: [String], until isOver: @Sendable () -> Bool) async throws -> (
        looks: Int, lost: Set<String>
    ) {
        var looks = 0
        var lost: Set<String> = []
        repeat {
            let cards = try await cards()
            lost.formUnion(ids.filter { cards[$0] == nil })
            looks += 1
            try await Task.sleep(for: .milliseconds(5))
        } while !isOver()
        return (looks, lost)
    }

    /// Waits until so many further looks at the whole mailbox have begun and the last of them ended.
    func passes(_ count: Int = 2, within limit: Duration = .seconds(15)) async throws {
        let first = try await passNumber()
        try await wait(limit) { try await passNumber() > first + Int64(count) }
    }

    private func passNumber() async throws -> Int64 {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { tx in
            try tx.integer(
                "SELECT pass FROM mailboxes WHERE organization_id = $1 AND id = $2",
                [.integer(organization.rawValue), .integer(mailbox.rawValue)])
        }
    }
}
