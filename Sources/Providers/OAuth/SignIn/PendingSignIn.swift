import CRM
import Foundation

/// A sign-in that a person's browser was sent off for and has not come back from.
///
/// The store keeps ``stored`` under ``state``, sealed, and gives it out once: whoever comes back with a state that is
/// not there, or not theirs, is told to begin again.
public struct PendingSignIn: Sendable {
    /// Names the sign-in in the address that the browser comes back to.
    public let state: String
    /// Proves that the code is exchanged by whom it was meant for (RFC 7636).
    public let verifier: Secret<String>
    /// Has to come back inside of the ID token.
    public let nonce: String
    /// Who began it, as the caller names people; the browser that comes back has to be theirs.
    public let owner: String
    /// The address that the person entered; whoever signs in as another is refused.
    public let address: String
    /// What was asked for.
    public let scopes: [String]
    /// Seconds since 1970 UTC.
    public let expiresAt: Int64

    /// Seconds that a person has for passwords, second factors and consent.
    public static let life: Int64 = 600

    public init(
        owner: String, address: String, scopes: [String], now: Int64, random: inout some RandomNumberGenerator
    ) {
        state = RandomToken.make(using: &random)
        verifier = Secret(RandomToken.make(using: &random))
        nonce = RandomToken.make(using: &random)
        self.owner = owner
        self.address = address
        self.scopes = scopes
        expiresAt = now + Self.life
    }

    /// Whether it is too late to come back.
    public func isExpired(now: Int64) -> Bool { now >= expiresAt }

    // MARK: Keeping it

    private struct Stored: Codable {
        var state, verifier, nonce, owner, address: String
        var scopes: [String]
        var expiresAt: Int64
    }

    /// All of it as a text to seal; the verifier is a secret.
    public var stored: Secret<String> {
        get throws {
            let stored = Stored(
                state: state, verifier: verifier.expose(), nonce: nonce, owner: owner, address: address,
                scopes: scopes, expiresAt: expiresAt)
            return Secret(String(decoding: try JSONEncoder().encode(stored), as: UTF8.self))
        }
    }

    /// - Throws: `DecodingError` for what ``stored`` did not write.
    public init(stored: Secret<String>) throws {
        let stored = try JSONDecoder().decode(Stored.self, from: Data(stored.expose().utf8))
        state = stored.state
        verifier = Secret(stored.verifier)
        nonce = stored.nonce
        owner = stored.owner
        address = stored.address
        scopes = stored.scopes
        expiresAt = stored.expiresAt
    }
}
