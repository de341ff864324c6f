import CRM
import Mirror

/// Hands out an access token that is good for a while, and renews it in time.
///
/// However many ask, one renewal runs. The new tokens are kept before any of them is used: a provider that changes
/// refresh tokens may void the old one, and whoever uses a new token that nobody keeps locks the mailbox out at the
/// next restart.
public actor TokenKeeper {
    private let refresh: @Sendable (TokenSet, _ now: Int64) async throws -> TokenSet
    private let keep: @Sendable (Secret<String>) async throws -> Void
    private let now: @Sendable () -> Int64
    private var tokens: TokenSet
    /// Given by the provider, and not kept yet.
    private var unkept: TokenSet?
    private var renewal: Task<TokenSet, any Error>?
    /// When a renewal that was not needed yet failed last, in seconds since 1970 UTC.
    private var failedAt: Int64?

    /// Seconds between attempts to renew a token that still holds.
    private static let pause: Int64 = 60

    /// - Parameters:
    ///   - refresh: asks the provider for new tokens, as ``TokenEndpoint/refresh(_:now:)`` does.
    ///   - keep: keeps ``TokenSet/credentials`` in place of the former ones, and returns when they are safe.
    ///   - now: seconds since 1970 UTC.
    public init(
        tokens: TokenSet, refresh: @escaping @Sendable (TokenSet, _ now: Int64) async throws -> TokenSet,
        keep: @escaping @Sendable (Secret<String>) async throws -> Void,
        now: @escaping @Sendable () -> Int64
    ) {
        self.tokens = tokens
        self.refresh = refresh
        self.keep = keep
        self.now = now
    }

    /// A token to ask with now.
    ///
    /// While the present one holds, a renewal that fails for a passing reason is tried again later.
    /// - Throws: ``OAuthFault``; ``WebFailure``; what `keep` throws; `CancellationError`.
    public func accessToken() async throws -> Secret<String> {
        let time = now()
        if time < tokens.renewsAt { return tokens.accessToken }
        let holds = time < tokens.expiresAt - 30
        if holds, let failedAt, time < failedAt + Self.pause { return tokens.accessToken }
        do {
            return try await renewed().accessToken
        } catch {
            guard holds, Self.passes(error) else { throw error }
            failedAt = time
            return tokens.accessToken
        }
    }

    /// Another token than one that the provider refused before its time.
    /// - Throws: as ``accessToken()``.
    public func replacement(for refused: Secret<String>) async throws -> Secret<String> {
        guard refused.expose() == tokens.accessToken.expose() else { return try await accessToken() }
        return try await renewed().accessToken
    }

    private static func passes(_ error: any Error) -> Bool {
        switch error {
        case OAuthFault.transient, OAuthFault.throttled, is WebFailure: true
        default: false
        }
    }

    private func renewed() async throws -> TokenSet {
        if let renewal { return try await renewal.value }
        // Not part of the asker's task: others wait for it too, and a new refresh token must be kept even when the
        // asker has given up meanwhile.
        let task = Task { try await self.renew() }
        renewal = task
        defer { renewal = nil }
        return try await task.value
    }

    private func renew() async throws -> TokenSet {
        let fresh: TokenSet
        if let unkept {
            fresh = unkept
        } else {
            fresh = try await refresh(tokens, now())
            unkept = fresh
        }
        try await keep(try fresh.credentials)
        unkept = nil
        tokens = fresh
        failedAt = nil
        return fresh
    }
}
