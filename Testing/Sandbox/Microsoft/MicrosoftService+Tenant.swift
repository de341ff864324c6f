import Foundation

/// What a test, or a control, does to the tenant.
extension MicrosoftService {
    func register(_ app: MicrosoftApp) { world.withLock { $0.directory.apps[app.clientID] = app } }

    func app(_ clientID: String) throws(SandboxError) -> MicrosoftApp {
        guard let app = world.withLock({ $0.directory.apps[clientID] }) else { throw .noApp(clientID) }
        return app
    }

    func add(_ account: MicrosoftAccount) {
        world.withLock { world in
            world.directory.accounts.append(account)
            world.mailboxes[account.objectID] = Mailbox()
        }
    }

    func account(_ name: String) throws(SandboxError) -> MicrosoftAccount {
        guard let account = world.withLock({ $0.directory.account(name) }) else { throw .noAccount(name) }
        return account
    }

    func change(_ objectID: String, _ change: (inout MicrosoftAccount) -> Void) throws(SandboxError) {
        try world.withLock { world throws(SandboxError) in try world.directory.update(objectID, change) }
    }

    func tokens(
        for account: MicrosoftAccount, app: MicrosoftApp, scopes: [String]
    ) throws -> (access: String, refresh: String) {
        let (now, issuer) = (clock.now, "\(baseURL)/v2.0")
        return try world.withLock { world in
            try world.directory.update(account.objectID) { account in
                account.consents[app.clientID, default: []].formUnion(scopes)
            }
            let grant = MicrosoftDirectory.Grant(
                client: app.clientID, account: account.objectID, scopes: scopes + ["offline_access"], issued: now)
            let refresh = MicrosoftDirectory.random("1.AX0A")
            world.directory.refreshTokens[refresh] = .init(grant: grant, lastUsed: now)
            return (try world.directory.issueAccessToken(grant, key: key, issuer: issuer, at: now), refresh)
        }
    }

    func revokeSessions(of account: MicrosoftAccount) throws(SandboxError) {
        let now = clock.now
        // Just after, so that what was given out at this instant is revoked too.
        try change(account.objectID) { $0.tokensValidFrom = now.addingTimeInterval(0.001) }
        world.withLock { world in
            for session in world.directory.sessions.keys {
                world.directory.sessions[session]?.removeAll { $0 == account.objectID }
            }
        }
        tellLifecycle(.subscriptionRemoved) { $0.account == account.objectID }
    }

    func withdrawConsent(of account: MicrosoftAccount, for app: MicrosoftApp) throws(SandboxError) {
        try change(account.objectID) { $0.consents[app.clientID] = nil }
        tellLifecycle(.subscriptionRemoved) { $0.account == account.objectID && $0.client == app.clientID }
    }

    func withMailbox<Result>(
        of account: MicrosoftAccount, _ act: (inout Mailbox, Date) throws -> Result
    ) throws -> Result {
        let now = clock.now
        defer { tellSubscribers() }
        return try world.withLock { world in
            guard var mailbox = world.mailboxes.removeValue(forKey: account.objectID) else {
                throw SandboxError.noAccount(account.objectID)
            }
            defer { world.mailboxes[account.objectID] = mailbox }
            return try act(&mailbox, now)
        }
    }
}
