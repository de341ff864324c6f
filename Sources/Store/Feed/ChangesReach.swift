import CRM
import Database

extension Changes {
    /// Whether the table still holds everything behind a number, so that nothing behind it was pruned. Any number may
    /// be asked about, also one that no change has.
    public static func reachesBack(_ tx: any Transaction, to seq: Int64) throws -> Bool {
        let first = try tx.first("SELECT min(seq) FROM changes") { try $0.optionalInteger(0) } ?? nil
        // One less than the number of a row always exists; one more than a number from outside need not.
        return first.map { $0 - 1 <= seq } ?? true
    }

    /// What changed in one organisation behind a number, each change once, in the order of its first row; or nil where
    /// that cannot be known: changes behind the number were pruned, there are as many as the limit, or it is a number
    /// that no change has had yet.
    ///
    /// - Parameter limit: of rows looked at.
    public static func missed(
        _ tx: any Transaction, _ organization: OrganizationID, since seq: Int64, limit: Int = 10_000
    ) throws -> [Change]? {
        guard seq >= 0, try seq <= last(tx), try reachesBack(tx, to: seq) else { return nil }
        var count = 0
        var seen: Set<Change> = []
        var changes: [Change] = []
        try tx.query(
            """
            SELECT contact_id, account_id, mailbox_id, activity_id, is_hidden FROM changes
            WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
            """, [.id(organization), .integer(seq), .integer(limit)]
        ) { row in
            count += 1
            let change = Change(
                organization: organization, contact: try row.optionalID(0), account: try row.optionalID(1),
                mailbox: try row.optionalID(2), activity: try row.optionalID(3), isHidden: try row.bool(4))
            if seen.insert(change).inserted { changes.append(change) }
        }
        return count < limit ? changes : nil
    }
}
