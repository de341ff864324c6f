import CRM
import Foundation

/// What a provider gave when a person signed in. As ``credentials`` it is what a mailbox keeps, sealed.
public struct TokenSet: Sendable {
    public var accessToken: Secret<String>
    /// Absent where the provider gave none.
    public var refreshToken: Secret<String>?
    /// Seconds since 1970 UTC.
    public var issuedAt: Int64
    public var expiresAt: Int64
    /// As the provider named them.
    public var scopes: [String]

    public init(
        accessToken: Secret<String>, refreshToken: Secret<String>?, issuedAt: Int64, expiresAt: Int64,
        scopes: [String]
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.scopes = scopes
    }

    /// Seconds before the end at which a token is renewed, so that it holds for what is under way.
    static let margin: Int64 = 300

    /// From when on the access token is renewed: after 80 % of its life, and five minutes before its end; but a token
    /// of a short life is used for half of it.
    public var renewsAt: Int64 {
        let life = max(expiresAt - issuedAt, 0)
        return max(issuedAt + life / 2, min(issuedAt + life * 4 / 5, expiresAt - Self.margin))
    }

    // MARK: Keeping it

    private struct Stored: Codable {
        var accessToken: String
        var refreshToken: String?
        var issuedAt, expiresAt: Int64
        var scopes: [String]
    }

    /// All of it as one text, to be sealed as the credentials of a mailbox.
    public var credentials: Secret<String> {
        get throws {
            let stored = Stored(
                accessToken: accessToken.expose(), refreshToken: refreshToken?.expose(), issuedAt: issuedAt,
                expiresAt: expiresAt, scopes: scopes)
            return Secret(String(decoding: try JSONEncoder().encode(stored), as: UTF8.self))
        }
    }

    /// - Throws: `DecodingError` for what ``credentials`` did not write.
    public init(credentials: Secret<String>) throws {
        let stored = try JSONDecoder().decode(Stored.self, from: Data(credentials.expose().utf8))
        self.init(
            accessToken: Secret(stored.accessToken), refreshToken: stored.refreshToken.map { Secret($0) },
            issuedAt: stored.issuedAt, expiresAt: stored.expiresAt, scopes: stored.scopes)
    }
}
