import CRM
import Database

/// Queries on addresses and domains that are never mirrored.
public enum Exclusions {
    public struct Exclusion: Sendable, Hashable {
        public let id: ExclusionID
        public let pattern: String
        public let reason: String
        public let createdAt: Int64
    }

    public static func list(_ tx: any Transaction, _ organization: OrganizationID) throws -> [Exclusion] {
        try tx.rows(
            "SELECT id, pattern, reason, created_at FROM exclusions WHERE organization_id = $1 ORDER BY pattern",
            [.id(organization)]
        ) { row in
            Exclusion(
                id: try row.id(0), pattern: try row.text(1), reason: try row.text(2), createdAt: try row.integer(3))
        }
    }

    /// Adds an exclusion, or gives one that exists another reason. What it covers leaves the mirror at once.
    @discardableResult
    public static func add(
        _ tx: any Transaction, _ organization: OrganizationID, _ exclusion: ValidExclusion, now: Int64
    ) throws -> ExclusionID {
        let id = try tx.insertReturningID(
            """
            INSERT INTO exclusions (organization_id, pattern, reason, created_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (organization_id, pattern) DO UPDATE SET reason = excluded.reason RETURNING id
            """, [.id(organization), .text(exclusion.pattern), .text(exclusion.reason), .integer(now)])
        try AddressBooks.changed(tx, organization)
        try MirrorCleanup.rulesChanged(tx, organization, now: now)
        return ExclusionID(id)
    }

    /// Removes an exclusion. What it kept out waits among the messages that are set aside, to be read again at once,
    /// since nothing of it was kept to decide by.
    public static func remove(
        _ tx: any Transaction, _ organization: OrganizationID, _ exclusion: ExclusionID
    ) throws {
        let removed = try tx.first(
            "SELECT pattern, created_at FROM exclusions WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(exclusion)]
        ) { (pattern: try $0.text(0), since: try $0.integer(1)) }
        guard let removed else { return }
        try tx.execute(
            "DELETE FROM exclusions WHERE organization_id = $1 AND id = $2", [.id(organization), .id(exclusion)])
        try SetAsides.recordExcluded(tx, organization, rule: removed.pattern, since: removed.since)
        try AddressBooks.changed(tx, organization)
    }
}
