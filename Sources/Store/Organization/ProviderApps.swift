import CRM
import Database

/// What administrators registered at providers. The secrets are sealed by the caller.
public enum ProviderApps {
    public struct App: Hashable, Sendable {
        public let clientID: String
        public let sealedSecret: [UInt8]
        public let tenant: String

        public init(clientID: String, sealedSecret: [UInt8], tenant: String) {
            self.clientID = clientID
            self.sealedSecret = sealedSecret
            self.tenant = tenant
        }
    }

    public static func find(
        _ tx: any Transaction, _ organization: OrganizationID, provider: String
    ) throws -> App? {
        try tx.first(
            "SELECT client_id, secret, tenant FROM provider_apps WHERE organization_id = $1 AND provider = $2",
            [.id(organization), .text(provider)]
        ) { App(clientID: try $0.text(0), sealedSecret: try $0.blob(1), tenant: try $0.text(2)) }
    }

    public static func set(
        _ tx: any Transaction, _ organization: OrganizationID, provider: String, _ app: App, now: Int64
    ) throws {
        try tx.execute(
            """
            INSERT INTO provider_apps (organization_id, provider, client_id, secret, tenant, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (organization_id, provider) DO UPDATE SET client_id = excluded.client_id,
                secret = excluded.secret, tenant = excluded.tenant, updated_at = excluded.updated_at
            """,
            [
                .id(organization), .text(provider), .text(app.clientID), .blob(app.sealedSecret), .text(app.tenant),
                .integer(now),
            ])
    }

    public static func remove(_ tx: any Transaction, _ organization: OrganizationID, provider: String) throws {
        try tx.execute(
            "DELETE FROM provider_apps WHERE organization_id = $1 AND provider = $2",
            [.id(organization), .text(provider)])
    }
}
