public import Foundation

/// Microsoft 365 on this machine, for tests, the demo and integrators: sign-in and Graph over a mailbox in memory.
///
///     let sandbox = try await MicrosoftSandbox.start()
///     let app = sandbox.register(MicrosoftApp(secret: "s3cret", redirectURIs: ["http://127.0.0.1/back"]))
///     let anna = sandbox.add(MicrosoftAccount(principalName: "anna@contoso.example", displayName: "Anna Berg"))
///     try sandbox.withMailbox(of: anna) { mailbox, now in … }
///     await sandbox.stop()
///
/// What it does and does not, and where it is known to differ from the real service: docs/sandbox.md.
public final class MicrosoftSandbox: Sendable {
    let service: MicrosoftService
    private let server: SandboxServer

    /// The address of everything, without a slash at its end. Sign-in: `url/{tenant}/oauth2/v2.0/…`; Graph: `url/v1.0`.
    public let url: String
    public let clock: SandboxClock
    public let tenantID: String

    private init(service: MicrosoftService, server: SandboxServer, url: String, tenantID: String) {
        (self.service, self.server, self.url, self.tenantID) = (service, server, url, tenantID)
        clock = service.clock
    }

    /// Starts a sandbox on loopback.
    ///
    /// - Parameters:
    ///   - port: 0 for a free one.
    ///   - tls: the certificate for https; nil for http.
    ///   - domain: of the tenant, for the accounts' names.
    public static func start(
        port: Int = 0, tls: SandboxTLS? = nil, domain: String = "contoso.example", clock: SandboxClock = SandboxClock()
    ) async throws -> MicrosoftSandbox {
        let tenantID = UUID().uuidString.lowercased()
        let service = try MicrosoftService(tenantID: tenantID, domain: domain, clock: clock)
        let server = try await SandboxServer.start(port: port, tls: tls) { await service.deliver($0) }
        let url = "\(tls == nil ? "http" : "https")://127.0.0.1:\(server.port)"
        service.baseURL = url
        return MicrosoftSandbox(service: service, server: server, url: url, tenantID: tenantID)
    }

    public func stop() async {
        await server.stop()
        await service.notifier.stop()
    }

    // MARK: Apps and accounts

    @discardableResult
    public func register(_ app: MicrosoftApp) -> MicrosoftApp {
        service.register(app)
        return app
    }

    /// Adds an account, with a new mailbox where it has one.
    @discardableResult
    public func add(_ account: MicrosoftAccount) -> MicrosoftAccount {
        service.add(account)
        return account
    }

    /// The account as it is now.
    public func account(_ name: String) throws(SandboxError) -> MicrosoftAccount { try service.account(name) }

    /// Changes an account: disables it, gives it another address, asks for a second factor.
    public func change(
        _ account: MicrosoftAccount, _ change: (inout MicrosoftAccount) -> Void
    ) throws(SandboxError) {
        try service.change(account.objectID, change)
    }

    // MARK: Tokens

    /// An access token and a refresh token, as if the person had signed in and consented.
    public func tokens(
        for account: MicrosoftAccount, app: MicrosoftApp,
        scopes: [String] = ["User.Read", "Mail.Read", "Mail.Send", "Calendars.ReadWrite", "MailboxSettings.Read"]
    ) throws -> (access: String, refresh: String) {
        try service.tokens(for: account, app: app, scopes: scopes)
    }

    /// The password was changed, or an administrator revoked the sessions: refresh tokens given out so far are refused
    /// (AADSTS50173), access tokens work until they run out, subscriptions are removed.
    public func revokeSessions(of account: MicrosoftAccount) throws(SandboxError) {
        try service.revokeSessions(of: account)
    }

    /// The person, or an administrator, took back what was consented to (AADSTS65001).
    public func withdrawConsent(of account: MicrosoftAccount, for app: MicrosoftApp) throws(SandboxError) {
        try service.withdrawConsent(of: account, for: app)
    }

    // MARK: Mailboxes

    /// Plays the person: whatever is done to the mailbox is told to subscribers afterwards.
    @discardableResult
    public func withMailbox<Result>(
        of account: MicrosoftAccount, _ act: (inout Mailbox, Date) throws -> Result
    ) throws -> Result {
        try service.withMailbox(of: account, act)
    }

    /// The mailbox as it is now.
    public func mailbox(of account: MicrosoftAccount) throws -> Mailbox {
        try service.withMailbox(of: account) { mailbox, _ in mailbox }
    }

    /// The id under which Graph speaks of a message.
    public func graphID(of message: MailboxMessage.ID, in account: MicrosoftAccount, immutable: Bool = true) -> String {
        service.world.withLock { world in
            let moves = world.mailboxes[account.objectID]?.messages[message]?.moves ?? 0
            return GraphID(
                .message, mailbox: world.mailboxNumber(of: account.objectID), number: message.rawValue,
                moves: immutable ? nil : moves
            ).text
        }
    }

    /// The id under which Graph speaks of a folder; the same in both formats.
    public func graphID(of folder: MailboxFolder.ID, in account: MicrosoftAccount) -> String {
        service.world.withLock { world in
            GraphID(
                .folder, mailbox: world.mailboxNumber(of: account.objectID), number: folder.rawValue, moves: 0
            ).text
        }
    }

    /// Letters that clients sent, in order.
    public var sentLetters: [SentLetter] { service.world.withLock { $0.sent } }

    // MARK: Faults, counts, notifications

    public var faults: FaultPlan { service.faults }
    public var calls: CallLog { service.calls }

    public var quirks: MicrosoftQuirks {
        get { service.world.withLock { $0.quirks } }
        set { service.world.withLock { $0.quirks = newValue } }
    }

    /// Forgets every delta token given out so far, of one account or of all (SyncStateNotFound).
    public func expireDeltaTokens(of account: MicrosoftAccount? = nil) {
        service.world.withLock { $0.deltas.expire(account: account?.objectID) }
    }

    public var subscriptions: [GraphSubscription] {
        service.world.withLock { Array($0.subscriptions.values) }.sorted { $0.id < $1.id }
    }

    /// Sends a lifecycle notification to every subscription of an account.
    public func tell(_ event: LifecycleEvent, to account: MicrosoftAccount) {
        service.tellLifecycle(event) { $0.account == account.objectID }
    }

    /// Waits until all notifications so far were taken or given up. How many were given up.
    @discardableResult
    public func settle() async -> Int { await service.notifier.settle() }
}
