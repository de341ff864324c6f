import Foundation
import Wording

/// Who signed in, by the provider's ID token (OpenID Connect Core 1.0, section 2).
///
/// The signature is not checked: the token is taken only from the token endpoint over verified TLS, for which section
/// 3.1.3.7, item 6, allows that. It must never be taken from a browser.
public struct IDTokenClaims: Sendable, Hashable {
    public let issuer: String
    public let audiences: [String]
    /// Seconds since 1970 UTC.
    public let expiresAt: Int64
    public let nonce: String?
    /// Stable for the person at this client.
    public let subject: String
    /// The tenant, at Microsoft.
    public let tenant: String?
    /// The person within the tenant, at Microsoft; the same for every client.
    public let objectID: String?
    /// For showing: an address or a user name, which may change and belong to somebody else later.
    public let preferredUserName: String?
    public let email: String?

    /// Octets of a token that is read.
    private static let limit = 65_536
    /// Seconds by which clocks may differ.
    private static let skew: Int64 = 300

    private struct Payload: Decodable {
        enum Audience: Decodable {
            case one(String)
            case several([String])

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let one = try? container.decode(String.self) {
                    self = .one(one)
                } else {
                    self = .several(try container.decode([String].self))
                }
            }
        }
        var iss: String
        var aud: Audience
        var exp: Double
        var nonce: String?
        var sub: String
        var tid: String?
        var oid: String?
        var preferred_username: String?
        var email: String?
    }

    /// - Throws: ``OAuthFault/transient(_:)`` for what is no ID token.
    public init(idToken: String) throws {
        let parts = idToken.split(separator: ".", omittingEmptySubsequences: false)
        guard idToken.utf8.count <= Self.limit, parts.count == 3, let bytes = Base64URL.decode(parts[1]),
            let payload = try? JSONDecoder().decode(Payload.self, from: Data(bytes)),
            let expiresAt = Int64(exactly: payload.exp.rounded(.down))
        else { throw OAuthFault.transient("The provider did not say who signed in. Sign in again.") }
        issuer = payload.iss
        switch payload.aud {
        case .one(let audience): audiences = [audience]
        case .several(let all): audiences = all
        }
        self.expiresAt = expiresAt
        nonce = payload.nonce
        subject = payload.sub
        tenant = payload.tid
        objectID = payload.oid
        preferredUserName = payload.preferred_username
        email = payload.email
    }

    /// That the token is from this provider, for this client, in answer to this sign-in, and of now (OpenID Connect
    /// Core 1.0, section 3.1.3.7).
    /// - Throws: ``OAuthFault/signInNeeded(_:)``.
    public func check(server: OAuthServer, client: OAuthClient, nonce: String, now: Int64) throws {
        guard server.isIssuer(self), audiences == [client.clientID], self.nonce == nonce,
            expiresAt + Self.skew > now
        else {
            throw OAuthFault.signInNeeded(
                "The provider's answer belongs to another sign-in, or is too old. Begin again.")
        }
    }
}
