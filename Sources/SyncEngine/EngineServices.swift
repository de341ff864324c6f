import CRM
import Database
import Logging
import Mirror
import Store

/// What the engine lends to the task of each mailbox.
struct EngineServices: Sendable {
    let database: any Database
    /// The kinds of mail systems, by the name kept with the mailbox.
    let providers: [String: any MailProvider]
    /// What the installation's configuration registered at providers, for organisations that did not themselves.
    let apps: [String: ProviderApp]
    let sealer: Sealer
    let configuration: EngineConfiguration
    /// Seconds since 1970 UTC.
    let now: @Sendable () -> Int64
    let feed: ChangeFeed
    let addressBooks = SharedAddressBooks()
    let logger: Logger

    /// - Throws: ``SourceError/signInNeeded(_:)`` when the stored password cannot be read.
    func session(for row: MailboxRow) async throws -> MailboxSession {
        guard let provider = providers[row.provider] else {
            throw SourceError.misconfigured("This version of Mailcard does not know the mail system “\(row.provider)”.")
        }
        let (organization, mailbox) = (row.organization, row.id)
        let (sealed, current) = try await database.read { tx in
            (
                try Mailboxes.credentials(tx, organization, mailbox),
                try Mailboxes.find(tx, organization, mailbox)
            )
        }
        guard let sealed, let current else { throw SourceError.signInNeeded(.credentialsUnreadable) }
        let credentials: Secret<String>
        do {
            credentials = try MailboxCredentials.open(sealed, of: mailbox, with: sealer)
        } catch {
            logger.error("credentials cannot be unsealed", metadata: ["mailbox": "\(mailbox)", "error": "\(error)"])
            throw SourceError.signInNeeded(.credentialsUnreadable)
        }
        let kept = KeptCredentials(
            database: database, sealer: sealer, organization: organization, mailbox: mailbox, sealed: sealed)
        return provider.session(
            MailboxAccess(
                settings: current.settings, credentials: credentials, keep: { try await kept.replace(by: $0) },
                app: { try await app(for: row.provider, organization) }))
    }

    /// What is registered at a provider for an organisation.
    func app(for provider: String, _ organization: OrganizationID) async throws -> ProviderApp? {
        let app = try await database.read { try ProviderApps.find($0, organization, provider: provider) }
        guard let app else { return apps[provider] }
        let secret = try AppSecrets.open(app.sealedSecret, of: provider, organization, with: sealer)
        return ProviderApp(clientID: app.clientID, secret: secret, tenant: app.tenant)
    }

    func context(for row: MailboxRow, source: any MailSource, logger: Logger) -> MailboxContext {
        let feed = feed
        return MailboxContext(
            organization: row.organization, mailbox: row.id, database: database, source: source,
            configuration: configuration, addressBook: addressBooks[row.organization], now: now,
            committed: { await feed.committed() },
            changes: { await feed.subscribe(organization: row.organization) }, logger: logger)
    }

    func setStatus(_ row: MailboxRow, _ status: MailboxStatus) async {
        let (organization, mailbox) = (row.organization, row.id)
        do {
            try await database.write { try Mailboxes.setStatus($0, organization, mailbox, status) }
            await feed.committed()
        } catch {
            logger.error(
                "the state of a mailbox could not be stored", metadata: ["mailbox": "\(mailbox)", "error": "\(error)"])
        }
    }
}
