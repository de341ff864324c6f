import CRM
import Database
import Mirror
import Wording

/// Messages whose headers could not be read.
public enum SetAsides {
    /// One of them, for the mailbox page.
    public struct Shown: Sendable, Hashable {
        public let folder: FolderID
        public let folderName: String
        public let remoteID: RemoteMessageID
        public let reason: Phrase
        public let attempts: Int
        public let firstAt: Int64
        public let retryAt: Int64
    }

    static func record(_ tx: any Transaction, _ context: PageContext, _ message: UnreadableMessage, now: Int64) throws {
        let delay = Int64(Backoff.message.seconds(attempt: 1, random: 1))
        try tx.execute(
            """
            INSERT INTO set_asides (organization_id, folder_id, epoch, remote_id, reason, attempts, first_at, retry_at)
            VALUES ($1, $2, $3, $4, $5, 1, $6, $7)
            ON CONFLICT (organization_id, folder_id, epoch, remote_id) DO UPDATE SET reason = excluded.reason,
                attempts = set_asides.attempts + 1, retry_at = $6 + (excluded.retry_at - $6) * 4 * set_asides.attempts
            """,
            [
                .integer(context.organization.rawValue), .integer(context.folder.rawValue),
                .text(context.epoch.rawValue),
                .text(message.id.rawValue), .phrase(message.reason), .integer(now), .integer(now + delay),
            ])
    }

    /// Sets aside, to be read again at once, what a rule kept out that is no more.
    ///
    /// - Parameter since: when the rule was made.
    static func recordExcluded(
        _ tx: any Transaction, _ organization: OrganizationID, rule: String, since: Int64
    ) throws {
        try tx.execute(
            """
            INSERT INTO set_asides (organization_id, folder_id, epoch, remote_id, reason, attempts, first_at, retry_at)
            SELECT DISTINCT organization_id, folder_id, epoch, remote_id, $3, 1, $4, $4 FROM excluded_messages
            WHERE organization_id = $1 AND rule = $2
            ON CONFLICT (organization_id, folder_id, epoch, remote_id) DO NOTHING
            """,
            [
                .id(organization), .text(rule),
                .phrase("It was excluded until now, and will be read again in a moment."), .integer(since),
            ])
        try tx.execute(
            "DELETE FROM excluded_messages WHERE organization_id = $1 AND rule = $2", [.id(organization), .text(rule)])
    }

    /// Messages to be tried again now, some hundreds of them, by their folders; only of folders that can be read.
    public static func due(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, now: Int64
    ) throws -> [FolderID: [RemoteMessageID]] {
        var due: [FolderID: [RemoteMessageID]] = [:]
        try tx.query(
            """
            SELECT s.folder_id, s.remote_id FROM folders f
            \(tx.dialect.joinInOrder) set_asides s
                ON s.organization_id = f.organization_id AND s.folder_id = f.id AND s.epoch = f.epoch
            WHERE f.organization_id = $1 AND f.mailbox_id = $2 AND s.retry_at <= $3
            AND f.checkpoint IS NOT NULL AND f.trouble IS NULL AND f.missing_since_pass IS NULL LIMIT 500
            """, [.integer(organization.rawValue), .integer(mailbox.rawValue), .integer(now)]
        ) { row in
            due[FolderID(try row.integer(0)), default: []].append(RemoteMessageID(try row.text(1)))
        }
        return due
    }

    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, limit: Int
    ) throws -> [Shown] {
        try tx.rows(
            """
            SELECT s.folder_id, f.name, s.remote_id, s.reason, s.attempts, s.first_at, s.retry_at FROM folders f
            \(tx.dialect.joinInOrder) set_asides s
                ON s.organization_id = f.organization_id AND s.folder_id = f.id
            WHERE f.organization_id = $1 AND f.mailbox_id = $2 ORDER BY s.first_at DESC LIMIT $3
            """, [.integer(organization.rawValue), .integer(mailbox.rawValue), .integer(limit)]
        ) { row in
            Shown(
                folder: FolderID(try row.integer(0)), folderName: try row.text(1),
                remoteID: RemoteMessageID(try row.text(2)), reason: try row.phrase(3),
                attempts: Int(try row.integer(4)),
                firstAt: try row.integer(5), retryAt: try row.integer(6))
        }
    }
}
