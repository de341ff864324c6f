import CRM
import Database
import Mirror

/// Messages that stand in no folder any more.
public enum Orphans {
    /// Whether a message lost its last place, in any pass.
    public static func exist(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws -> Bool
    {
        try tx.exists(
            "SELECT 1 FROM messages WHERE organization_id = $1 AND mailbox_id = $2 AND orphaned_pass IS NOT NULL LIMIT 1",
            [.integer(organization.rawValue), .integer(mailbox.rawValue)])
    }

    /// Removes the messages that lost their last place before `pass` began, a pass that has read every folder. Returns
    /// how many went.
    @discardableResult
    public static func settle(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, before pass: Int64, now: Int64
    ) throws -> Int {
        let ids = try tx.rows(
            """
            SELECT id FROM messages WHERE organization_id = $1 AND mailbox_id = $2 AND orphaned_pass IS NOT NULL AND orphaned_pass < $3
            """, [.integer(organization.rawValue), .integer(mailbox.rawValue), .integer(pass)]
        ) { StoredMessageID(try $0.integer(0)) }
        try MessageRows.delete(tx, organization, ids, now: now)
        return ids.count
    }
}
