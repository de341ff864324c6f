import CRM
import Database
import Mail
import Mirror
import Store
import Wording

/// Connecting mailboxes whose provider signs people in on its own pages.
extension SyncEngine {
    /// Whether this installation knows how to sign people in at a provider.
    public func signsPeopleIn(at provider: String) -> Bool { services.providers[provider] is any SignInMailProvider }

    /// Whether people can sign in at a provider: an administrator, or the configuration of the installation, named an app.
    public func hasApp(for provider: String, organization: OrganizationID) async throws -> Bool {
        if services.apps[provider] != nil { return true }
        return try await services.database.read { try ProviderApps.find($0, organization, provider: provider) } != nil
    }

    /// Keeps what an administrator registered.
    ///
    /// - Parameter secret: nil leaves the one that is kept.
    /// - Returns: false where a secret is needed, since none is kept.
    public func setApp(
        for provider: String, clientID: String, secret: Secret<String>?, tenant: String, organization: OrganizationID
    ) async throws -> Bool {
        let (sealer, now) = (services.sealer, services.now())
        let fresh = try secret.map { try AppSecrets.seal($0, of: provider, organization, with: sealer) }
        return try await services.database.write { tx in
            let known = try ProviderApps.find(tx, organization, provider: provider)
            guard let sealed = fresh ?? known?.sealedSecret else { return false }
            let app = ProviderApps.App(clientID: clientID, sealedSecret: sealed, tenant: tenant)
            try ProviderApps.set(tx, organization, provider: provider, app, now: now)
            return true
        }
    }

    /// Sends a person to a provider.
    ///
    /// - Returns: the address of the provider's page, the state that they come back with, and what has to be kept until
    ///   then, sealed.
    /// - Throws: ``ConnectionRefusal``; `DatabaseError`.
    public func beginSignIn(
        at provider: String, _ request: SignInRequest, organization: OrganizationID
    ) async throws -> (url: String, state: String, sealed: [UInt8]) {
        let (system, app) = try await self.system(provider, organization)
        let start = try system.begin(request, app: app)
        let sealed = try services.sealer.seal(
            Secret(Array(start.kept.expose().utf8)), context: Self.context(start.state))
        return (start.url, start.state, sealed)
    }

    /// Connects the mailbox of a person who came back, or goes on with the one that they signed in to again.
    ///
    /// - Parameters:
    ///   - query: of the address that they came back to.
    ///   - sealed: what ``beginSignIn(at:_:organization:)`` gave.
    /// - Throws: ``ConnectionRefusal``, `SourceError`; `DatabaseError`.
    public func finishSignIn(
        at provider: String, _ request: SignInRequest, state: String, query: String, sealed: [UInt8],
        organization: OrganizationID, user: UserID
    ) async throws -> MailboxRow {
        let (system, app) = try await self.system(provider, organization)
        let kept = try services.sealer.open(sealed, context: Self.context(state))
        let signedIn: SignedIn
        do {
            signedIn = try await system.finish(
                request, query: query, kept: Secret(String(decoding: kept.expose(), as: UTF8.self)), app: app)
        } catch let failure as SignInFailure {
            throw ConnectionRefusal.provider(failure.sentence)
        }
        let existing = try await services.database.read { try Mailboxes.ofUser($0, organization, user) }
        try SignedInIdentity(signedIn.identity).check(against: existing?.address ?? request.address)
        let account = provider + ":" + signedIn.identity.accountID
        let mailbox: MailboxID
        if let existing {
            mailbox = existing.id
            try await goOn(with: existing, account, signedIn)
        } else {
            mailbox = try await create(provider, request.address, account, signedIn, organization, user)
        }
        guard let row = try await services.database.read({ try Mailboxes.find($0, organization, mailbox) }) else {
            throw ConnectionRefusal.unknownProvider
        }
        return row
    }

    // MARK: -

    private func system(
        _ provider: String, _ organization: OrganizationID
    ) async throws -> (any SignInMailProvider, ProviderApp) {
        guard let system = services.providers[provider] as? any SignInMailProvider else {
            throw ConnectionRefusal.unknownProvider
        }
        guard let app = try await services.app(for: provider, organization) else { throw ConnectionRefusal.appMissing }
        return (system, app)
    }

    private static func context(_ state: String) -> String { "sign-in \(state)" }

    /// The same account with new tokens.
    private func goOn(with mailbox: MailboxRow, _ account: String, _ signedIn: SignedIn) async throws {
        let (organization, id, settings) = (mailbox.organization, mailbox.id, mailbox.settings)
        let sealed = try MailboxCredentials.seal(signedIn.credentials, of: id, with: services.sealer)
        try await services.database.write { tx in
            guard try MailboxCalendars.choice(tx, organization, id)?.holder.account == account else {
                throw ConnectionRefusal.otherAccount(mailbox.address)
            }
            try Mailboxes.setCredentials(tx, organization, id, sealed: sealed, settings: settings)
        }
        settingsChanged(id)
    }

    private func create(
        _ provider: String, _ address: String, _ account: String, _ signedIn: SignedIn, _ organization: OrganizationID,
        _ user: UserID
    ) async throws -> MailboxID {
        try await precheck(address, organization: organization, user: user)
        guard let email = EmailAddress(address) else { throw ConnectionRefusal.addressMalformed }
        let (sealer, now) = (services.sealer, services.now())
        let settings = MailboxSettings(address: address)
        let mailbox: MailboxID
        do {
            mailbox = try await services.database.write { tx in
                if let other = try MailboxCalendars.address(ofAccount: account, tx, organization) {
                    throw ConnectionRefusal.alias(of: other)
                }
                let id = try Mailboxes.create(
                    tx, organization, user: user, settings: settings, addressKey: email.matchKey, provider: provider,
                    now: now)
                let sealed = try MailboxCredentials.seal(signedIn.credentials, of: id, with: sealer)
                try Mailboxes.setCredentials(tx, organization, id, sealed: sealed, settings: settings)
                try MailboxCalendars.setAccount(tx, organization, id, account)
                return id
            }
        } catch DatabaseError.uniqueViolation {
            try await precheck(address, organization: organization, user: user)
            throw ConnectionRefusal.taken
        }
        services.logger.info(
            "mailbox connected", metadata: ["mailbox": "\(mailbox)", "provider": .string(provider)])
        try await start(mailbox, organization)
        return mailbox
    }
}

/// Whether who signed in is who was meant.
struct SignedInIdentity {
    private let identity: SourceIdentity

    init(_ identity: SourceIdentity) { self.identity = identity }

    /// - Throws: ``ConnectionRefusal/isAlias(of:)`` or ``ConnectionRefusal/otherIdentity(signedIn:entered:)``.
    func check(against entered: String) throws {
        guard let address = EmailAddress(entered) else { throw ConnectionRefusal.addressMalformed }
        guard let primary = identity.primaryAddress else {
            throw ConnectionRefusal.provider(
                "The provider did not say which address the account has. Ask an administrator whether it has a mailbox."
            )
        }
        if primary.matchKey == address.matchKey { return }
        if identity.aliases.contains(where: { $0.matchKey == address.matchKey }) {
            throw ConnectionRefusal.isAlias(of: primary.description)
        }
        throw ConnectionRefusal.otherIdentity(signedIn: primary.description, entered: entered)
    }
}

/// An app's secret as it is kept: sealed, and bound to its organisation and provider.
enum AppSecrets {
    static func seal(
        _ secret: Secret<String>, of provider: String, _ organization: OrganizationID, with sealer: Sealer
    ) throws -> [UInt8] {
        try sealer.seal(Secret(Array(secret.expose().utf8)), context: context(provider, organization))
    }

    static func open(
        _ sealed: [UInt8], of provider: String, _ organization: OrganizationID, with sealer: Sealer
    ) throws -> Secret<String> {
        let octets = try sealer.open(sealed, context: context(provider, organization)).expose()
        return Secret(String(decoding: octets, as: UTF8.self))
    }

    private static func context(_ provider: String, _ organization: OrganizationID) -> String {
        "app \(provider) \(organization)"
    }
}
