import CRM
import Database
import DatabaseSQLite
import FakeMailbox
import Foundation
import Logging
import Mail
import Mirror
import Store
import Synchronization
import Testing

@testable import SyncEngine

/// A database with one organisation and one connected mailbox that is a ``FakeMailbox``, worked by the engine's own
/// parts.
final class MirrorBench: Sendable {
    let mailbox = FakeMailbox()
    let database: any Database
    let organization: OrganizationID
    let user: UserID
    let mailboxID: MailboxID
    let clock = Mutex<Int64>(1_700_000_000)
    private let addressBook = SharedAddressBook()
    let parking = FolderParking()
    let textsWanted = WakeSignal()
    let pageSize: Int

    init(pageSize: Int = 3) async throws {
        self.pageSize = pageSize
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database)
        self.database = database
        (organization, user, mailboxID) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Acme", ownDomains: ["acme.example"], now: 1)
            var form = UserForm()
            form.name = "Ann"
            form.email = "ann@acme.example"
            let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
            let endpoint = ServerEndpoint(host: "imap.acme.example", port: 993, security: .tls)
            let mailbox = try Mailboxes.create(
                tx, organization, user: user,
                settings: MailboxSettings(address: "ann@acme.example", imap: endpoint, smtp: endpoint),
                addressKey: "ann@acme.example", provider: "fake", now: 1)
            return (organization, user, mailbox)
        }
    }

    var context: MailboxContext {
        MailboxContext(
            organization: organization, mailbox: mailboxID, database: database,
            source: FakeMailSource(mailbox, pageSize: pageSize), configuration: EngineConfiguration(),
            addressBook: addressBook, now: { self.clock.withLock { $0 } }, committed: {},
            changes: { AsyncStream { $0.finish() } },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    // MARK: The engine's work

    @discardableResult
    func pass() async throws -> MailboxPass.Report {
        try await MailboxPass(
            context: context, textsWanted: { self.textsWanted.set() }, parking: parking
        ).run()
    }

    /// As the mailbox's task does it: passes until nothing is open, added addresses, set-asides, texts.
    func settle() async throws {
        for _ in 0..<8 {
            let report = try await pass()
            if !report.orphansRemain && !report.folderWentMissing { break }
        }
        let search = AddressSearch(context: context, textsWanted: {})
        try await search.backfill()
        try await search.retrySetAsides()
        while try await TextFetching(context: context, wanted: textsWanted).fetch(upTo: 1_000) != nil {}
    }

    func verify() async throws -> MirrorCheck {
        try await MirrorVerification(context: context, textsWanted: {}, parking: parking).run()
        let (organization, mailboxID) = (organization, mailboxID)
        let row = try await database.read { try Mailboxes.find($0, organization, mailboxID) }
        return try #require(row?.lastCheck)
    }

    // MARK: Contacts

    @discardableResult
    func addContact(_ addresses: String...) async throws -> ContactID {
        let organization = organization
        return try await database.write { tx in
            var form = ContactForm()
            form.lastName = addresses[0]
            form.addresses = addresses
            return try Contacts.create(tx, organization, try form.validated(), now: 1)
        }
    }

    func setAddresses(_ addresses: [String], of contact: ContactID) async throws {
        let organization = organization
        try await database.write { tx in
            var form = ContactForm()
            form.lastName = "X"
            form.addresses = addresses
            _ = try Contacts.update(tx, organization, contact, try form.validated(), now: 1)
        }
    }

    func deleteContact(_ contact: ContactID) async throws {
        let organization = organization
        try await database.write { try Contacts.delete($0, organization, contact, now: 1) }
    }

    // MARK: What stands on the cards

    /// The Message-IDs on a contact's card.
    func card(_ contact: ContactID) async throws -> [String] {
        let organization = organization
        return try await database.read { tx in
            try tx.rows(
                """
                SELECT m.message_id FROM card_entries e JOIN messages m ON m.id = e.message_id
                WHERE e.organization_id = $1 AND e.contact_id = $2 ORDER BY 1
                """, [.integer(organization.rawValue), .integer(contact.rawValue)]
            ) { try $0.optionalText(0) ?? "" }
        }
    }

    func text(ofMessageWithID id: String) async throws -> String? {
        try await database.read { tx in
            try tx.first(
                "SELECT t.body FROM messages m JOIN message_texts t ON t.message_id = m.id WHERE m.message_id = $1",
                [.text(id)]
            ) { try $0.text(0) }
        }
    }

    func accounting() async throws -> Accounting {
        let (organization, mailboxID) = (organization, mailboxID)
        return try await database.read { tx in
            try MailboxAccounting.folders(tx, organization, mailboxID).reduce(Accounting()) { $0 + $1.accounting }
        }
    }

    func count(_ table: String) async throws -> Int64 {
        try await database.read { try $0.integer("SELECT count(*) FROM \(table)") }
    }
}

/// A message from or to somebody.
func message(
    _ id: String, from: String = "ann@acme.example", to: [String] = [], cc: [String] = [], date: Int64 = 1_699_000_000
)
    -> FakeMailbox.Message
{
    FakeMailbox.Message(
        headers: MessageHeaders(
            from: [header(from)], to: to.map(header), cc: cc.map(header), subject: Array("About \(id)".utf8),
            messageID: Array("<\(id)>".utf8)),
        internalDate: date, text: "Text of \(id)")
}

func header(_ address: String) -> HeaderAddress {
    let parts = address.split(separator: "@", maxSplits: 1)
    return HeaderAddress(name: nil, localPart: Array(parts[0].utf8), domain: Array(parts[1].utf8))
}
