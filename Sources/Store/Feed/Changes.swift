import CRM
import Database

/// The change feed's table: written in the transaction that changes something, read after its commit.
public enum Changes {
    /// Changes are kept for so long, in seconds; who was away for longer starts afresh.
    public static let retention: Int64 = 3_600

    public static func append(_ tx: any Transaction, _ change: Change, now: Int64) throws {
        try tx.execute(
            """
            INSERT INTO changes (organization_id, contact_id, account_id, mailbox_id, activity_id, at, is_hidden)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .id(change.organization), .id(change.contact), .id(change.account), .id(change.mailbox),
                .id(change.activity), .integer(now), .bool(change.isHidden),
            ])
    }

    /// The number of the last change of any organisation; 0 before the first.
    public static func last(_ tx: any Transaction) throws -> Int64 {
        try tx.integer("SELECT coalesce(max(seq), 0) FROM changes")
    }

    /// What stands behind a number.
    public struct Batch: Sendable, Hashable {
        /// Distinct, in the order of their first row.
        public let changes: [Change]
        /// The number that they lead to.
        public let last: Int64
        /// Whether there may be more.
        public let isFull: Bool
    }

    /// The changes of all organisations behind a number.
    ///
    /// - Parameter limit: of rows looked at.
    public static func after(_ tx: any Transaction, _ seq: Int64, limit: Int = 10_000) throws -> Batch {
        var last = seq
        var count = 0
        var seen: Set<Change> = []
        var changes: [Change] = []
        try tx.query(
            """
            SELECT seq, organization_id, contact_id, account_id, mailbox_id, activity_id, is_hidden FROM changes
            WHERE seq > $1 ORDER BY seq LIMIT $2
            """, [.integer(seq), .integer(limit)]
        ) { row in
            last = try row.integer(0)
            count += 1
            let change = Change(
                organization: try row.id(1), contact: try row.optionalID(2), account: try row.optionalID(3),
                mailbox: try row.optionalID(4), activity: try row.optionalID(5), isHidden: try row.bool(6))
            if seen.insert(change).inserted { changes.append(change) }
        }
        return Batch(changes: changes, last: last, isFull: count == limit)
    }

    /// Removes what is older than ``retention``, of all organisations.
    @discardableResult
    public static func prune(_ tx: any Transaction, now: Int64) throws -> Int {
        // By number, which is in the order of time: no index on the time is needed. The last row stays, so that the
        // numbers go on after it.
        try tx.execute(
            """
            DELETE FROM changes WHERE seq < coalesce(
                (SELECT min(seq) FROM changes WHERE at >= $1), (SELECT max(seq) FROM changes))
            """, [.integer(now - retention)])
    }
}
