import CRM
import Database
import Logging
import Mirror
import Store

/// What the parts that work on one mailbox share.
struct MailboxContext: Sendable {
    let organization: OrganizationID
    let mailbox: MailboxID
    let database: any Database
    let source: any MailSource
    let configuration: EngineConfiguration
    let addressBook: SharedAddressBook
    /// Seconds since 1970 UTC.
    let now: @Sendable () -> Int64
    /// Tells the subscribers of the change feed that something was committed.
    let committed: @Sendable () async -> Void
    /// What changes in the organisation from now on.
    let changes: @Sendable () async -> AsyncStream<Change>
    let logger: Logger

    /// Brings the address book up to date before anything is planned with it, so that it is not read while writing.
    func refreshAddressBook() async throws {
        let (organization, known) = (organization, addressBook.value)
        addressBook.update(try await read { try AddressBooks.current($0, organization, known: known) })
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await database.read(body)
    }

    /// Commits, then tells the change feed.
    func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        let result = try await database.write(body)
        await committed()
        return result
    }
}
