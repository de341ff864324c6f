import CRM
import Database
import Mirror
import Wording

/// The accounting of a mailbox by folder (product, section 1.5).
public enum MailboxAccounting {
    public struct Folder: Sendable, Hashable {
        public let id: FolderID
        public let name: String
        public let role: FolderRole
        public let accounting: Accounting
        public let isScanned: Bool
        public let trouble: Phrase?
        public let confirmedAt: Int64?
    }

    /// Folders that are not mirrored (drafts, spam, trash) are not part of it.
    public static func folders(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID
    ) throws -> [Folder] {
        let binds: [Value] = [.integer(organization.rawValue), .integer(mailbox.rawValue)]
        var mirrored: [FolderID: Int] = [:]
        var waiting: [FolderID: Int] = [:]
        var failed: [FolderID: Int] = [:]
        try tx.query(
            """
            SELECT l.folder_id, m.text_state, count(*) FROM folders f
            JOIN locations l ON l.organization_id = f.organization_id AND l.folder_id = f.id AND l.epoch = f.epoch
            JOIN messages m ON m.id = l.message_id
            WHERE f.organization_id = $1 AND f.mailbox_id = $2 GROUP BY l.folder_id, m.text_state
            """, binds
        ) { row in
            let folder = FolderID(try row.integer(0))
            let count = Int(try row.integer(2))
            switch try row.integer(1) {
            case 0: waiting[folder] = count
            case 2: failed[folder] = count
            default: mirrored[folder] = count
            }
        }
        let excluded = try counts(tx, "excluded_messages", binds)
        let setAside = try counts(tx, "set_asides", binds)
        return try Folders.list(tx, organization, mailbox).filter { $0.role.isMirrored && $0.missingSincePass == nil }
            .map { folder in
                var accounting = Accounting(
                    listed: folder.listed, mirrored: mirrored[folder.id] ?? 0, noContact: folder.noContact,
                    excluded: excluded[folder.id] ?? 0, waiting: waiting[folder.id] ?? 0,
                    setAside: (setAside[folder.id] ?? 0) + (failed[folder.id] ?? 0))
                if !folder.scanComplete {
                    // A folder that is read anew still has what it had, so not all that was not reached yet is unknown.
                    let unread = min(folder.listed - folder.processed, folder.listed - accounting.accounted)
                    accounting.waiting += max(0, unread)
                }
                return Folder(
                    id: folder.id, name: folder.name, role: folder.role, accounting: accounting,
                    isScanned: folder.scanComplete, trouble: folder.trouble, confirmedAt: folder.confirmedAt)
            }
    }

    private static func counts(_ tx: any Transaction, _ table: String, _ binds: [Value]) throws -> [FolderID: Int] {
        var counts: [FolderID: Int] = [:]
        try tx.query(
            """
            SELECT t.folder_id, count(DISTINCT t.remote_id) FROM folders f
            JOIN \(table) t ON t.organization_id = f.organization_id AND t.folder_id = f.id AND t.epoch = f.epoch
            WHERE f.organization_id = $1 AND f.mailbox_id = $2 GROUP BY t.folder_id
            """, binds
        ) { counts[FolderID(try $0.integer(0))] = Int(try $0.integer(1)) }
        return counts
    }
}

/// What lies behind two of the sums: by which rule, and why.
extension MailboxAccounting {
    /// How many messages one rule keeps out.
    public struct RuleCount: Sendable, Hashable {
        public let rule: ExclusionRule
        public let count: Int
    }

    /// The excluded messages by their rule, the rule that keeps out most first. The counts add up to what
    /// ``folders(_:_:_:)`` counts as excluded.
    public static func excludedByRule(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID
    ) throws -> [RuleCount] {
        // A message has a row for each contact on it, and is counted once.
        try tx.rows(
            """
            SELECT rule, count(*) FROM (
                SELECT min(t.rule) AS rule FROM folders f
                JOIN excluded_messages t
                    ON t.organization_id = f.organization_id AND t.folder_id = f.id AND t.epoch = f.epoch
                WHERE f.organization_id = $1 AND f.mailbox_id = $2 AND \(isCounted(tx.dialect))
                GROUP BY t.folder_id, t.remote_id) AS counted
            GROUP BY rule ORDER BY count(*) DESC, rule
            """, [.id(organization), .id(mailbox), countedRoles]
        ) { RuleCount(rule: ExclusionRule(pattern: try $0.text(0)), count: Int(try $0.integer(1))) }
    }

    /// How many of the waiting messages were read and wait for their text only.
    public static func waitingForText(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID
    ) throws -> Int {
        let ordered = tx.dialect.joinInOrder
        return Int(
            try tx.integer(
                """
                SELECT count(*) FROM messages m
                \(ordered) locations l ON l.organization_id = m.organization_id AND l.message_id = m.id
                \(ordered) folders f
                    ON f.organization_id = l.organization_id AND f.id = l.folder_id AND f.epoch = l.epoch
                WHERE m.organization_id = $1 AND m.mailbox_id = $2 AND m.text_state = 0 AND \(isCounted(tx.dialect))
                """, [.id(organization), .id(mailbox), countedRoles]))
    }

    /// The condition for folders that are part of the accounting, with ``countedRoles`` as bind $3.
    private static func isCounted(_ dialect: Dialect) -> String {
        "f.missing_since_pass IS NULL AND f.role \(dialect.inTexts("$3"))"
    }

    private static var countedRoles: Value { .list(FolderRole.allCases.filter(\.isMirrored).map(\.rawValue)) }
}
