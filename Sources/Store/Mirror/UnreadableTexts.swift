import CRM
import Database
import Wording

/// Mirrored messages whose text could not be read.
public enum UnreadableTexts {
    /// One of them, for the mailbox page.
    public struct Shown: Sendable, Hashable {
        public let message: StoredMessageID
        public let subject: String
        public let reason: Phrase
        public let attempts: Int
        public let retryAt: Int64?
    }

    /// The newest first.
    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, limit: Int
    ) throws -> [Shown] {
        try tx.rows(
            """
            SELECT id, subject, text_error, text_attempts, text_retry_at FROM messages
            WHERE organization_id = $1 AND mailbox_id = $2 AND text_state = 2 ORDER BY internal_date DESC, id DESC LIMIT $3
            """, [.id(organization), .id(mailbox), .integer(limit)]
        ) { row in
            Shown(
                message: try row.id(0), subject: try row.text(1), reason: try row.optionalPhrase(2) ?? "",
                attempts: Int(try row.integer(3)), retryAt: try row.optionalInteger(4))
        }
    }
}
