import CRM
import Database
import Mirror
import Store
import Synchronization

/// The credentials of a mailbox as one session of it uses them, kept sealed. A provider may give them anew at any time; a
/// person who signs in again meanwhile wins.
final class KeptCredentials: Sendable {
    private let database: any Database
    private let sealer: Sealer
    private let organization: OrganizationID
    private let mailbox: MailboxID
    /// As they stand in the database, so far as this session knows.
    private let sealed: Mutex<[UInt8]>

    init(
        database: any Database, sealer: Sealer, organization: OrganizationID, mailbox: MailboxID, sealed: [UInt8]
    ) {
        self.database = database
        self.sealer = sealer
        self.organization = organization
        self.mailbox = mailbox
        self.sealed = Mutex(sealed)
    }

    /// Returns when they are safe.
    /// - Throws: ``SourceError/transient(_:)`` where others have taken their place meanwhile; `DatabaseError`.
    func replace(by credentials: Secret<String>) async throws {
        let fresh = try MailboxCredentials.seal(credentials, of: mailbox, with: sealer)
        let (organization, mailbox, known) = (organization, mailbox, sealed.withLock { $0 })
        let isKept = try await database.write {
            try Mailboxes.replaceCredentials($0, organization, mailbox, known, by: fresh)
        }
        guard isKept else { throw SourceError.transient("Somebody signed in to this mailbox anew.") }
        sealed.withLock { $0 = fresh }
    }
}
