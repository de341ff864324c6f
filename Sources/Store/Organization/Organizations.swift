import CRM
import Database

/// Queries on organisations.
public enum Organizations {
    /// Whether the database holds any organisation; when it holds none, only the first start is open.
    public static func exist(_ tx: any Transaction) throws -> Bool {
        try tx.exists("SELECT 1 FROM organizations LIMIT 1")
    }

    /// All of them, for the tasks that run across organisations.
    public static func all(_ tx: any Transaction) throws -> [Organization] {
        try tx.rows("SELECT \(columns) FROM organizations ORDER BY id", [], as: organization)
    }

    public static func create(
        _ tx: any Transaction, name: String, ownDomains: [String], now: Int64
    ) throws -> OrganizationID {
        OrganizationID(
            try tx.insertReturningID(
                "INSERT INTO organizations (name, own_domains, created_at) VALUES ($1, $2, $3) RETURNING id",
                [.text(name), .text(try JSONText.encode(ownDomains)), .integer(now)]))
    }

    public static func find(_ tx: any Transaction, _ organization: OrganizationID) throws -> Organization? {
        try tx.first(
            "SELECT \(columns) FROM organizations WHERE id = $1", [.id(organization)], as: Self.organization)
    }

    /// Changes what decides about mail: own domains and directions. Mail that is no longer mirrored goes at once; the
    /// caller wakes the engine after the commit.
    public static func setMirroring(
        _ tx: any Transaction, _ organization: OrganizationID, ownDomains: [String], mirrorsReceived: Bool, now: Int64
    ) throws {
        try tx.execute(
            "UPDATE organizations SET own_domains = $2, mirrors_received = $3 WHERE id = $1",
            [.id(organization), .text(try JSONText.encode(ownDomains)), .bool(mirrorsReceived)])
        try AddressBooks.changed(tx, organization)
        try MirrorCleanup.rulesChanged(tx, organization, now: now)
        // Mail that is mirrored from now on is found by no search for addresses.
        try Mailboxes.wantChecks(tx, organization)
    }

    public static func setEqualsRule(
        _ tx: any Transaction, _ organization: OrganizationID, _ rule: EqualsRule, now: Int64
    ) throws {
        try tx.execute(
            "UPDATE organizations SET equals_share_superior = $2 WHERE id = $1",
            [.id(organization), .bool(rule == .sameSuperior)])
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    private static let columns = "id, name, own_domains, mirrors_received, equals_share_superior"

    private static func organization(_ row: Row) throws -> Organization {
        Organization(
            id: try row.id(0), name: try row.text(1), ownDomains: try JSONText.decode([String].self, try row.text(2)),
            mirrorsReceived: try row.bool(3), equals: try row.bool(4) ? .sameSuperior : .sameDepth)
    }
}
