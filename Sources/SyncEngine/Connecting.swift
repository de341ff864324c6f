import CRM
import Database
import Logging
import Mail
import Mirror
import Store
import Wording

/// What a person fills in to connect a mailbox.
public struct MailboxDraft: Sendable {
    public var settings: MailboxSettings
    public var password: Secret<String>
    /// The kind of mail system, by the name it is registered under.
    public var provider: String

    public init(settings: MailboxSettings, password: Secret<String>, provider: String) {
        self.settings = settings
        self.password = password
        self.provider = provider
    }
}

/// Why a mailbox was not connected. Nothing was stored.
public enum ConnectionRefusal: Error, Sendable, Hashable {
    case addressMalformed
    case freeMail(PersonalisedDomainError)
    /// The user has a mailbox already, with this address.
    case secondMailbox(String)
    /// Another user has connected this address.
    case taken
    /// The login belongs to a mailbox that is connected under this other address.
    case alias(of: String)
    case unknownProvider
    /// The address that was entered is an alias of the account that was signed in to, whose own is this.
    case isAlias(of: String)
    /// Somebody signed in with another account than that of the address.
    case otherIdentity(signedIn: String, entered: String)
    /// An account with the same address as the connected mailbox, but another one.
    case otherAccount(String)
    /// No app is registered at the provider.
    case appMissing
    /// What the provider said, in words for a person.
    case provider(Phrase)
    /// A server refused; the trial says which and why.
    case servers(ConnectionTrial)

    /// What happened, and what to do.
    public var sentence: Phrase {
        switch self {
        case .addressMalformed: "This is not an email address. Enter the full address, such as name@company.com."
        case .freeMail(let error): error.sentence
        case .secondMailbox(let address):
            "You have already connected \(address). One mailbox can be connected for each user: disconnect it first, or ask an administrator for a sync-only user for the second mailbox."
        case .taken:
            "Another user has connected this mailbox. Ask that person, or an administrator, to disconnect it first."
        case .alias(let address):
            "This address is an alias: the login belongs to the mailbox \(address), which is connected already. Enter the mailbox's own address."
        case .unknownProvider:
            "This version of Mailcard does not know that mail system. Choose another one from the list."
        case .isAlias(let address):
            "This address is an alias of \(address). Enter that address, which the mailbox is known by."
        case .otherIdentity(let signedIn, let entered):
            "You signed in as \(signedIn), but entered \(entered). Sign in with the account of \(entered), or enter the address \(signedIn)."
        case .otherAccount(let address):
            "The account that you signed in to is not the one that was connected as \(address). Sign in with that one, or disconnect the mailbox and connect it anew."
        case .appMissing:
            "Signing in there is not set up yet. An administrator does that under Settings → Providers."
        case .provider(let sentence): sentence
        case .servers: "The mail servers could not be used. See below what each of them said."
        }
    }
}

extension SyncEngine {
    /// Whether the address can be connected at all, before any server is asked.
    public func precheck(_ address: String, organization: OrganizationID, user: UserID) async throws {
        guard let email = EmailAddress(address) else { throw ConnectionRefusal.addressMalformed }
        do { try PersonalisedDomain.check(email) } catch { throw ConnectionRefusal.freeMail(error) }
        try await services.database.read { tx in
            if let existing = try Mailboxes.ofUser(tx, organization, user) {
                throw ConnectionRefusal.secondMailbox(existing.address)
            }
            if try Mailboxes.owner(tx, organization, addressKey: email.matchKey) != nil {
                throw ConnectionRefusal.taken
            }
        }
    }

    /// Connects a mailbox: checks the address, tries the servers, keeps the settings and the sealed password, starts to
    /// read.
    ///
    /// - Throws: ``ConnectionRefusal``; `DatabaseError`.
    public func connect(_ draft: MailboxDraft, organization: OrganizationID, user: UserID) async throws -> MailboxID {
        let provider = try await accept(draft, organization: organization, user: user)
        let trial = await provider.trial(draft.settings, password: draft.password)
        guard trial.isAccepted else { throw ConnectionRefusal.servers(trial) }
        guard let email = EmailAddress(draft.settings.address) else { throw ConnectionRefusal.addressMalformed }
        let (sealer, now) = (services.sealer, services.now())
        let mailbox: MailboxID
        do {
            mailbox = try await services.database.write { tx in
                let id = try Mailboxes.create(
                    tx, organization, user: user, settings: draft.settings, addressKey: email.matchKey,
                    provider: draft.provider, now: now)
                let sealed = try MailboxCredentials.seal(draft.password, of: id, with: sealer)
                try Mailboxes.setCredentials(tx, organization, id, sealed: sealed, settings: draft.settings)
                return id
            }
        } catch DatabaseError.uniqueViolation {
            // Somebody was quicker: another user, or the same one in another window.
            try await precheck(draft.settings.address, organization: organization, user: user)
            throw ConnectionRefusal.taken
        }
        services.logger.info(
            "mailbox connected", metadata: ["mailbox": "\(mailbox)", "provider": .string(draft.provider)])
        try await start(mailbox, organization)
        return mailbox
    }

    /// Signs in to a connected mailbox again, with a new password and, where they changed, new servers.
    public func signInAgain(_ draft: MailboxDraft, mailbox: MailboxID, organization: OrganizationID) async throws {
        let provider = try await provider(of: draft, besides: mailbox, organization: organization)
        let trial = await provider.trial(draft.settings, password: draft.password)
        guard trial.isAccepted else { throw ConnectionRefusal.servers(trial) }
        let sealed = try MailboxCredentials.seal(draft.password, of: mailbox, with: services.sealer)
        try await services.database.write {
            try Mailboxes.setCredentials($0, organization, mailbox, sealed: sealed, settings: draft.settings)
        }
        settingsChanged(mailbox)
    }

    private func accept(
        _ draft: MailboxDraft, organization: OrganizationID, user: UserID
    ) async throws -> any PasswordMailProvider {
        try await precheck(draft.settings.address, organization: organization, user: user)
        return try await self.provider(of: draft, besides: nil, organization: organization)
    }

    /// The mail system of a draft, when its login is not that of another connected mailbox.
    private func provider(
        of draft: MailboxDraft, besides own: MailboxID?, organization: OrganizationID
    ) async throws -> any PasswordMailProvider {
        guard let provider = services.providers[draft.provider] as? any PasswordMailProvider else {
            throw ConnectionRefusal.unknownProvider
        }
        let others = try await services.database.read { try Mailboxes.list($0, organization) }
        let same = others.first {
            $0.id != own && $0.provider == draft.provider && $0.settings.reachesTheSameMailbox(as: draft.settings)
        }
        if let same { throw ConnectionRefusal.alias(of: same.address) }
        return provider
    }
}

extension MailboxSettings {
    /// Whether two logins are one, as far as settings tell: the same host, and the same name with or without its domain.
    /// (`bob` and `bob@co.example` are the same person on a server that keeps the mail of `co.example`.)
    func reachesTheSameMailbox(as other: MailboxSettings) -> Bool {
        guard let own = servers?.imap.host, own.lowercased() == other.servers?.imap.host.lowercased() else {
            return false
        }
        return fullLoginName == other.fullLoginName
    }

    private var fullLoginName: String {
        let name = loginName.lowercased()
        if name.contains("@") { return name }
        return name + (address.lastIndex(of: "@").map { address[$0...].lowercased() } ?? "")
    }
}

/// A mailbox's password as it is kept: sealed, and bound to that mailbox.
enum MailboxCredentials {
    static func seal(_ password: Secret<String>, of mailbox: MailboxID, with sealer: Sealer) throws -> [UInt8] {
        try sealer.seal(Secret(Array(password.expose().utf8)), context: context(mailbox))
    }

    static func open(_ sealed: [UInt8], of mailbox: MailboxID, with sealer: Sealer) throws -> Secret<String> {
        Secret(String(decoding: try sealer.open(sealed, context: context(mailbox)).expose(), as: UTF8.self))
    }

    private static func context(_ mailbox: MailboxID) -> String { "mailbox \(mailbox)" }
}
