import CRM

/// This installation, as it is registered with a provider.
public struct OAuthClient: Sendable {
    public var clientID: String
    public var secret: Secret<String>
    /// Where the provider sends the browser back to; exactly as it is registered.
    public var redirectURI: String

    public init(clientID: String, secret: Secret<String>, redirectURI: String) {
        self.clientID = clientID
        self.secret = secret
        self.redirectURI = redirectURI
    }
}
