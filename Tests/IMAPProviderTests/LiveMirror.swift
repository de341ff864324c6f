import CRM
import Database
import DatabaseSQLite
import Foundation
import IMAPProvider
import Logging
import Mirror
import Networking
import Store
import Synchronization
import TestServers
import Testing

@testable import SyncEngine

/// The engine as it runs in the product, with one mailbox on a real server.
final class LiveMirror: Sendable {
    let database: any Database
    let engine: SyncEngine
    let organization: OrganizationID
    let user: UserID
    let mailbox: MailboxID
    private let running: Task<Void, any Error>

    init(_ server: MailServer, as person: MailUser, pollInterval: Duration = .seconds(1), contacts: [String] = [])
        async throws
    {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database)
        self.database = database
        let sealer = Sealer(key: Secret(Array(repeating: 7, count: 32)))
        var logger = Logger(label: "test")
        logger.logLevel =
            ProcessInfo.processInfo.environment["MAILCARD_TEST_LOG"].flatMap(Logger.Level.init(rawValue:)) ?? .critical
        engine = SyncEngine(
            database: database,
            providers: ["imap": IMAPMailProvider(network: NetworkPolicy(allowsPrivateNetworks: true), logger: logger)],
            sealer: sealer, feed: ChangeFeed(database: database),
            configuration: EngineConfiguration(pollInterval: pollInterval),
            now: { Int64(Date().timeIntervalSince1970) },
            logger: logger)
        let settings = server.settings(for: person)
        (organization, user, mailbox) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Acme", ownDomains: [], now: 1)
            var form = UserForm()
            form.name = "Ann"
            form.email = person.address
            let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
            for address in contacts { _ = try Self.add(tx, organization, address) }
            let mailbox = try Mailboxes.create(
                tx, organization, user: user, settings: settings, addressKey: person.address, provider: "imap", now: 1)
            let sealed = try MailboxCredentials.seal(Secret(person.password), of: mailbox, with: sealer)
            try Mailboxes.setCredentials(tx, organization, mailbox, sealed: sealed, settings: settings)
            return (organization, user, mailbox)
        }
        running = Task { [engine] in try await engine.run() }
    }

    func stop() async {
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

    @discardableResult
    func addContact(_ address: String) async throws -> ContactID {
        let organization = organization
        let contact = try await database.write { try Self.add($0, organization, address) }
        engine.addressBookChanged(organization: organization)
        return contact
    }

    /// Message-IDs that stand on any card, with how often.
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

    func accounting() async throws -> Accounting {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { tx in
            try MailboxAccounting.folders(tx, organization, mailbox).reduce(Accounting()) { $0 + $1.accounting }
        }
    }

    func status() async throws -> MailboxStatus? {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { try Mailboxes.find($0, organization, mailbox)?.status }
    }

    /// Waits until a look at the whole mailbox that began after now has ended.
    func settle(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let first = try await passNumber()
        engine.syncNow(mailbox)
        // The one under way may have begun before now; that the one after the next has begun proves that the next has ended.
        let isOver = try await wait { try await passNumber() > first + 1 }
        #expect(isOver, "no further look at the mailbox", sourceLocation: sourceLocation)
    }

    private func passNumber() async throws -> Int64 {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { tx in
            try tx.integer(
                "SELECT pass FROM mailboxes WHERE organization_id = $1 AND id = $2",
                [.integer(organization.rawValue), .integer(mailbox.rawValue)])
        }
    }

    /// When and how the last check of the mirror ended.
    func lastCheck() async throws -> MirrorCheck? {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { try Mailboxes.find($0, organization, mailbox)?.lastCheck }
    }

    func text(_ id: String) async throws -> String? {
        try await database.read { tx in
            try tx.first(
                "SELECT t.body FROM messages m JOIN message_texts t ON t.message_id = m.id WHERE m.message_id = $1",
                [.text(id)]
            ) { try $0.text(0) }
        }
    }

    /// Waits until the cards show exactly these messages, each once.
    func expectCards(
        _ ids: Set<String>, within limit: Duration = .seconds(20), sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let end = ContinuousClock.now + limit
        var cards: [String: Int] = [:]
        repeat {
            cards = try await self.cards()
            if Set(cards.keys) == ids, cards.values.allSatisfy({ $0 == 1 }) { return }
            try await Task.sleep(for: .milliseconds(20))
        } while ContinuousClock.now < end
        let status = try await status()
        #expect(Set(cards.keys) == ids, "status: \(String(describing: status))", sourceLocation: sourceLocation)
        #expect(cards.values.allSatisfy { $0 == 1 }, sourceLocation: sourceLocation)
    }

    func wait(_ limit: Duration = .seconds(20), until holds: () async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + limit
        repeat {
            if try await holds() { return true }
            try await Task.sleep(for: .milliseconds(20))
        } while ContinuousClock.now < end
        return false
    }
}
