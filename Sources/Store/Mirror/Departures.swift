import CRM
import Database

/// The removal of what was mirrored from a mailbox that was disconnected. Nobody sees any of it from the moment that the
/// mailbox itself is gone; its messages go a batch at a time, since those of a large mailbox take many seconds, in which
/// nobody else could write.
public enum Departures {
    /// Messages removed in one transaction: a tenth of a second or so.
    public static let batch = 500

    /// Removes the places of all its messages, and the first of them.
    static func begin(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws {
        let binds: [Value] = [.id(organization), .id(mailbox)]
        for table in ["set_asides", "excluded_messages", "locations"] {
            try tx.execute(
                """
                DELETE FROM \(table) WHERE organization_id = $1
                AND folder_id IN (SELECT id FROM folders WHERE organization_id = $1 AND mailbox_id = $2)
                """, binds)
        }
        for table in ["folders", "backfills", "hidden_conversations"] {
            try tx.execute("DELETE FROM \(table) WHERE organization_id = $1 AND mailbox_id = $2", binds)
        }
        try tx.execute("INSERT INTO departures (organization_id, mailbox_id) VALUES ($1, $2)", binds)
        try proceed(tx, Departure(organization: organization, mailbox: mailbox))
    }

    /// Mailboxes of which messages are left, of all organisations.
    public static func unfinished(_ tx: any Transaction) throws -> [Departure] {
        try tx.rows("SELECT organization_id, mailbox_id FROM departures ORDER BY organization_id, mailbox_id") {
            Departure(organization: try $0.id(0), mailbox: try $0.id(1))
        }
    }

    /// Removes further messages.
    ///
    /// - Returns: whether there are more.
    @discardableResult
    public static func proceed(_ tx: any Transaction, _ departure: Departure, limit: Int = batch) throws -> Bool {
        let (organization, mailbox) = (Value.id(departure.organization), Value.id(departure.mailbox))
        let messages: [StoredMessageID] = try tx.rows(
            "SELECT id FROM messages WHERE organization_id = $1 AND mailbox_id = $2 LIMIT $3",
            [organization, mailbox, .integer(limit)]
        ) { try $0.id(0) }
        try MessageIndex.remove(tx, departure.organization, messages)
        for (table, key) in [("card_entries", "message_id"), ("message_texts", "message_id"), ("messages", "id")] {
            try tx.execute(
                "DELETE FROM \(table) WHERE organization_id = $1 AND \(key) \(tx.dialect.inIntegers("$2"))",
                [organization, .ids(messages)])
        }
        if messages.count == limit { return true }
        try tx.execute(
            "DELETE FROM departures WHERE organization_id = $1 AND mailbox_id = $2", [organization, mailbox])
        return false
    }
}

/// A mailbox that was disconnected.
public struct Departure: Hashable, Sendable {
    public let organization: OrganizationID
    public let mailbox: MailboxID
}
