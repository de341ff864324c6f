import Mirror
import OAuth

/// This installation as it is registered with Microsoft.
public struct MicrosoftRegistration: Sendable {
    public var cloud: MicrosoftCloud
    /// `organizations` for everyone with a work account, or the id of one tenant. Consumer accounts have no
    /// personalised domain and are not signed in.
    public var tenant: String
    public var client: OAuthClient

    public init(cloud: MicrosoftCloud = .global, tenant: String = "organizations", client: OAuthClient) {
        self.cloud = cloud
        self.tenant = tenant
        self.client = client
    }

    init(cloud: MicrosoftCloud, app: ProviderApp, redirectURI: String) {
        self.init(
            cloud: cloud, tenant: app.tenant,
            client: OAuthClient(clientID: app.clientID, secret: app.secret, redirectURI: redirectURI))
    }

    /// What reading mail and writing events needs, and no more.
    public var scopes: [String] {
        ["openid", "profile", "offline_access"]
            + ["User.Read", "Mail.Read", "Calendars.ReadWrite"].map { "\(cloud.resource)/\($0)" }
    }

    public var server: OAuthServer {
        let cloud = cloud
        return OAuthServer(
            authorizationEndpoint: "\(cloud.authority)/\(tenant)/oauth2/v2.0/authorize",
            tokenEndpoint: "\(cloud.authority)/\(tenant)/oauth2/v2.0/token",
            // Whoever signs in at "organizations" gets a token of their own tenant.
            isIssuer: { claims in claims.tenant.map { claims.issuer == "\(cloud.authority)/\($0)/v2.0" } ?? false },
            meaning: { MicrosoftSignInFault.meaning(of: $0) })
    }
}
