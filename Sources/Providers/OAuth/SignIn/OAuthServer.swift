/// Where a provider signs people in (RFC 6749, section 3).
public struct OAuthServer: Sendable {
    /// Where the person's browser is sent to.
    public var authorizationEndpoint: String
    /// Where a code and a refresh token are exchanged for tokens.
    public var tokenEndpoint: String
    /// Whether an ID token's `iss` is this provider's.
    public var isIssuer: @Sendable (IDTokenClaims) -> Bool
    /// What a refusal means, in the provider's own dialect.
    public var meaning: @Sendable (OAuthRefusal) -> OAuthFault

    public init(
        authorizationEndpoint: String, tokenEndpoint: String, isIssuer: @escaping @Sendable (IDTokenClaims) -> Bool,
        meaning: @escaping @Sendable (OAuthRefusal) -> OAuthFault = { OAuthFault($0) }
    ) {
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.isIssuer = isIssuer
        self.meaning = meaning
    }
}
