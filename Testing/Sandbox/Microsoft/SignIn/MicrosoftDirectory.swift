import Foundation

/// The tenant: its apps and users, and every code and token given out.
struct MicrosoftDirectory: Sendable {
    /// Seconds. Those of the real service: a code 10 minutes (it says "about"), an access token 60 to 90 minutes,
    /// a refresh token 90 days without use.
    static let codeLifetime: TimeInterval = 600
    static let accessLifetime: TimeInterval = 3600
    static let refreshLifetime: TimeInterval = 90 * 86400

    struct Grant: Sendable {
        var client: String
        var account: String
        var scopes: [String]
        var issued: Date
    }

    struct Code: Sendable {
        var grant: Grant
        var redirectURI: String
        var challenge: String?
        var isPlainChallenge: Bool
        var nonce: String?
        var isRedeemed = false
    }

    struct RefreshToken: Sendable {
        var grant: Grant
        var lastUsed: Date
    }

    struct AccessToken: Sendable {
        var grant: Grant
        var expires: Date
    }

    let tenantID: String
    let domain: String
    var apps: [String: MicrosoftApp] = [:]
    /// In the order of adding.
    var accounts: [MicrosoftAccount] = []
    var codes: [String: Code] = [:]
    var refreshTokens: [String: RefreshToken] = [:]
    var accessTokens: [String: AccessToken] = [:]
    var attempts: [String: SignInAttempt] = [:]
    /// The accounts that a browser is signed in with, by its cookie.
    var sessions: [String: [String]] = [:]

    func account(_ name: String) -> MicrosoftAccount? { accounts.first { $0.answers(to: name) } }

    mutating func update(
        _ objectID: String, _ change: (inout MicrosoftAccount) -> Void
    ) throws(SandboxError) {
        guard let index = accounts.firstIndex(where: { $0.answers(to: objectID) }) else {
            throw .noAccount(objectID)
        }
        change(&accounts[index])
    }

    /// Whether a path's first word names this tenant.
    func isTenant(_ name: String) -> Bool {
        ["common", "organizations", tenantID, domain].contains(name.lowercased())
    }

    static func random(_ prefix: String) -> String {
        let octets = (0..<6).flatMap { _ in withUnsafeBytes(of: UInt64.random(in: 0 ... .max)) { Array($0) } }
        return prefix + IdentityKey.base64URL(octets)
    }

    /// An access token for Graph, made without any page.
    mutating func issueAccessToken(_ grant: Grant, key: IdentityKey, issuer: String, at time: Date) throws -> String {
        let account = account(grant.account)
        let claims: JSONValue = [
            "aud": "00000003-0000-0000-c000-000000000000", "iss": .string(issuer),
            "iat": .integer(Int(time.timeIntervalSince1970)), "nbf": .integer(Int(time.timeIntervalSince1970)),
            "exp": .integer(Int((time + Self.accessLifetime).timeIntervalSince1970)), "appid": .string(grant.client),
            "oid": .string(grant.account), "tid": .string(tenantID), "ver": "1.0",
            "scp": .string(grant.scopes.filter { !MicrosoftScopes.identity.contains($0) }.joined(separator: " ")),
            "upn": .orNull(account?.principalName), "uti": .string(Self.random("")),
        ]
        let token = try key.sign(claims)
        accessTokens[token] = AccessToken(grant: grant, expires: time + Self.accessLifetime)
        return token
    }
}
