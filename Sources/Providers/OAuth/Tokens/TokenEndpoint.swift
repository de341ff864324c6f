import CRM
import Foundation
import Wording

/// A provider's token endpoint (RFC 6749, sections 4.1.3, 5 and 6).
public struct TokenEndpoint: Sendable {
    private let server: OAuthServer
    private let client: OAuthClient
    private let exchange: any HTTPExchange

    /// What came of a code: tokens, and who signed in.
    public struct Granted: Sendable {
        public let tokens: TokenSet
        public let idToken: String?
    }

    /// Octets of an answer; tokens have up to some four thousand each.
    private static let answerLimit = 1 << 18
    private static let deadline = Duration.seconds(30)
    /// Seconds that a token lives at most, whatever the answer says, and where it says nothing.
    private static let longestLife = 86_400.0 * 365
    private static let usualLife = 3600.0

    public init(server: OAuthServer, client: OAuthClient, exchange: any HTTPExchange) {
        self.server = server
        self.client = client
        self.exchange = exchange
    }

    /// - Throws: ``OAuthFault``; ``WebFailure``; `CancellationError`.
    public func exchange(
        code: Secret<String>, verifier: Secret<String>, scopes: [String], now: Int64
    ) async throws -> Granted {
        let answer = try await ask(
            [
                ("grant_type", "authorization_code"), ("code", code.expose()), ("code_verifier", verifier.expose()),
                ("redirect_uri", client.redirectURI), ("scope", scopes.joined(separator: " ")),
            ])
        return Granted(tokens: answer.tokens(asked: scopes, now: now), idToken: answer.id_token)
    }

    /// New tokens for old ones. Where the provider gives no new refresh token, the old one goes on (RFC 6749, section
    /// 6).
    /// - Throws: ``OAuthFault``; ``WebFailure``; `CancellationError`.
    public func refresh(_ tokens: TokenSet, now: Int64) async throws -> TokenSet {
        guard let refreshToken = tokens.refreshToken else {
            throw OAuthFault.signInNeeded("The provider gave access for a short time only. Sign in again.")
        }
        let answer = try await ask([("grant_type", "refresh_token"), ("refresh_token", refreshToken.expose())])
        var fresh = answer.tokens(asked: tokens.scopes, now: now)
        fresh.refreshToken = fresh.refreshToken ?? refreshToken
        return fresh
    }

    private struct Answer: Decodable {
        var access_token: String
        var refresh_token: String?
        var expires_in: Seconds?
        var scope: String?
        var id_token: String?

        func tokens(asked: [String], now: Int64) -> TokenSet {
            let life = min(max(expires_in?.value ?? usualLife, 0), longestLife)
            return TokenSet(
                accessToken: Secret(access_token), refreshToken: refresh_token.map { Secret($0) }, issuedAt: now,
                expiresAt: now + Int64(life),
                // Left out where it is what was asked for (RFC 6749, section 5.1).
                scopes: scope.map { $0.split(separator: " ").map(String.init) } ?? asked)
        }
    }

    /// A number that some servers write as a text.
    private struct Seconds: Decodable {
        let value: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = number
            } else {
                value = Double(try container.decode(String.self)) ?? usualLife
            }
        }
    }

    private struct Refusal: Decodable {
        var error: String
        var error_description: String?
        var suberror: String?
        var error_codes: [Int]?
    }

    private func ask(_ pairs: [(String, String)]) async throws -> Answer {
        let form = FormBody.encode(
            pairs + [("client_id", client.clientID), ("client_secret", client.secret.expose())])
        let response = try await exchange.send(
            WebRequest(
                .post, server.tokenEndpoint,
                headers: [
                    ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"),
                ], body: Array(form.utf8), responseLimit: Self.answerLimit, deadline: Self.deadline))
        let body = Data(response.body)
        if response.status == 200 {
            if let answer = try? JSONDecoder().decode(Answer.self, from: body) { return answer }
            throw OAuthFault.transient("The provider's answer to the sign-in is not understood.")
        }
        // Whatever else it says: too many asked at once, or nothing works there. That is no refusal of anybody.
        if response.status == 429 {
            throw OAuthFault.throttled("The provider asks for a pause.", seconds: response.retryAfter)
        }
        guard (400..<500).contains(response.status), let refusal = try? JSONDecoder().decode(Refusal.self, from: body)
        else { throw OAuthFault.transient("The provider cannot sign anybody in at the moment.") }
        throw server.meaning(
            OAuthRefusal(
                error: refusal.error, description: refusal.error_description ?? "", subcode: refusal.suberror,
                codes: refusal.error_codes ?? [], status: response.status))
    }
}
