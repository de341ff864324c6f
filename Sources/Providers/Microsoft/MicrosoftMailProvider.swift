import CRM
import Foundation
import Logging
import Mirror
import OAuth

/// Mailboxes and calendars of Microsoft 365, through Microsoft Graph.
public struct MicrosoftMailProvider: MailProvider {
    let cloud: MicrosoftCloud
    let exchange: any HTTPExchange
    /// Seconds since 1970 UTC.
    let now: @Sendable () -> Int64
    let pace: MicrosoftPace
    private let logger: Logger

    public init(
        cloud: MicrosoftCloud = .global, exchange: any HTTPExchange, now: @escaping @Sendable () -> Int64,
        pace: MicrosoftPace = MicrosoftPace(), logger: Logger
    ) {
        self.cloud = cloud
        self.exchange = exchange
        self.now = now
        self.pace = pace
        self.logger = logger
    }

    /// The credentials of `access` are those of a ``TokenSet``.
    public func session(_ access: MailboxAccess) -> MailboxSession {
        let (graph, isSignedIn) = graph(access)
        return MailboxSession(
            source: source(graph, isSignedIn: isSignedIn),
            calendar: MicrosoftCalendar(graph: graph, isSignedIn: isSignedIn))
    }

    /// One session's way to Graph: mail and calendar share the limits of the mailbox.
    private func graph(_ access: MailboxAccess) -> (GraphClient, isSignedIn: Bool) {
        let tokens = try? TokenSet(credentials: access.credentials)
        let keeper = TokenKeeper(
            // What is no set of tokens is refused when it is first used.
            tokens: tokens ?? TokenSet.unusable,
            refresh: { [cloud, exchange] tokens, now in
                guard let app = try await access.app() else {
                    throw OAuthFault.misconfigured(
                        "Signing in at Microsoft is not set up any more. An administrator does that under Settings → Providers."
                    )
                }
                let registration = MicrosoftRegistration(cloud: cloud, app: app, redirectURI: "")
                return try await TokenEndpoint(
                    server: registration.server, client: registration.client, exchange: exchange
                ).refresh(tokens, now: now)
            },
            keep: access.keep, now: now)
        let sleep = pace.sleep
        let graph = GraphClient(
            root: cloud.graph + "/v1.0", exchange: exchange, tokens: keeper, gate: GraphGate(sleep: sleep),
            sleep: sleep, logger: logger)
        return (graph, tokens != nil)
    }

    private func source(_ graph: GraphClient, isSignedIn: Bool) -> MicrosoftMailSource {
        MicrosoftMailSource(
            graph: graph, tree: FolderTree(graph, instant: pace.instant), isSignedIn: isSignedIn, now: now, pace: pace,
            logger: logger)
    }

    func source(_ access: MailboxAccess) -> MicrosoftMailSource {
        let (graph, isSignedIn) = graph(access)
        return source(graph, isSignedIn: isSignedIn)
    }

    /// Whose mailbox freshly granted tokens open, to compare it with the address that was entered.
    /// - Throws: `SourceError`.
    func identity(of tokens: TokenSet, app: ProviderApp) async throws -> SourceIdentity {
        try await source(
            MailboxAccess(
                settings: MailboxSettings(address: ""), credentials: try tokens.credentials, app: { app })
        ).identity()
    }
}

extension TokenSet {
    fileprivate static var unusable: TokenSet {
        TokenSet(accessToken: Secret(""), refreshToken: nil, issuedAt: 0, expiresAt: 0, scopes: [])
    }
}
