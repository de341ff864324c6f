import CRM
import Database
import Mirror

/// The progress of a first sync, as the mailbox page shows it.
public enum FirstSyncProgress {
    /// Brings the state of a mailbox that was not read completely yet up to date with its folders' counts; leaves any
    /// other as it is.
    public static func record(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws {
        guard
            let row = try tx.first(
                """
                SELECT sum(listed), sum(CASE WHEN scan_complete = 1 THEN listed ELSE processed END),
                    (SELECT last_confirmed_at FROM mailboxes WHERE organization_id = $1 AND id = $2)
                FROM folders WHERE organization_id = $1 AND mailbox_id = $2
                """, [.integer(organization.rawValue), .integer(mailbox.rawValue)]),
            let listed = try row.optionalInteger(0), let processed = try row.optionalInteger(1),
            try row.optionalInteger(2) == nil
        else { return }
        try Mailboxes.setStatus(
            tx, organization, mailbox, .firstSync(processed: Int(min(processed, listed)), listed: Int(listed)))
    }
}
