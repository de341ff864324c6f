import CRM
import Foundation

/// A sign-in from its beginning, at which a browser is sent to the provider, to its end, at which there are tokens
/// (RFC 6749, section 4.1; RFC 7636; OpenID Connect Core 1.0, section 3.1).
public struct OAuthSignIn: Sendable {
    private let server: OAuthServer
    private let client: OAuthClient
    private let endpoint: TokenEndpoint

    public init(server: OAuthServer, client: OAuthClient, exchange: any HTTPExchange) {
        self.server = server
        self.client = client
        endpoint = TokenEndpoint(server: server, client: client, exchange: exchange)
    }

    /// Where to send the browser of who began `pending`.
    /// - Parameter parameters: what a provider wants besides, such as `prompt`.
    public func url(for pending: PendingSignIn, parameters: [(String, String)] = []) -> String {
        let all =
            [
                ("client_id", client.clientID), ("response_type", "code"), ("response_mode", "query"),
                ("redirect_uri", client.redirectURI), ("scope", pending.scopes.joined(separator: " ")),
                ("state", pending.state), ("nonce", pending.nonce),
                ("code_challenge", CodeChallenge.s256(pending.verifier.expose())), ("code_challenge_method", "S256"),
                ("login_hint", pending.address),
            ] + parameters
        let separator = server.authorizationEndpoint.contains("?") ? "&" : "?"
        return server.authorizationEndpoint + separator + FormBody.encode(all)
    }

    /// Exchanges the code that the browser brought back, and checks what came.
    ///
    /// - Parameter pending: that of the answer's state, which the caller has taken from the store for good, and which
    ///   belongs to the person whose browser came back.
    /// - Throws: ``OAuthFault``; ``WebFailure``; `CancellationError`.
    public func finish(
        _ answer: AuthorizationAnswer, pending: PendingSignIn, now: Int64
    ) async throws -> (tokens: TokenSet, claims: IDTokenClaims) {
        guard answer.state == pending.state, !pending.isExpired(now: now) else {
            throw OAuthFault.signInNeeded("The sign-in took too long, or was begun anew meanwhile. Begin again.")
        }
        switch answer {
        case .refused(let refusal, _): throw server.meaning(refusal)
        case .code(let code, _):
            let granted = try await endpoint.exchange(
                code: code, verifier: pending.verifier, scopes: pending.scopes, now: now)
            let missing = GrantedScopes.missing(of: pending.scopes, in: granted.tokens.scopes)
            guard missing.isEmpty else { throw OAuthFault.consentIncomplete(missing: missing) }
            guard let idToken = granted.idToken else {
                throw OAuthFault.transient("The provider did not say who signed in. Sign in again.")
            }
            let claims = try IDTokenClaims(idToken: idToken)
            try claims.check(server: server, client: client, nonce: pending.nonce, now: now)
            guard granted.tokens.refreshToken != nil else {
                throw OAuthFault.consentIncomplete(missing: ["offline_access"])
            }
            return (granted.tokens, claims)
        }
    }
}
