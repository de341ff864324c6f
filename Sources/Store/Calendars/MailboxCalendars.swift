import CRM
import Database
import Mirror
import Wording

/// Which calendar of its owner a mailbox writes to.
public enum MailboxCalendars {
    /// The calendar that goes with a mailbox.
    public struct Choice: Hashable, Sendable {
        public let holder: CalendarEvents.Holder
        /// nil where activities are written to none.
        public let calendar: RemoteCalendar?
        /// What is wrong with it, and what to do, for the mailbox page.
        public let problem: Phrase?
    }

    /// - Returns: nil where the mailbox is not there, or is not of an account with calendars.
    public static func choice(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID
    ) throws -> Choice? {
        try tx.first(
            """
            SELECT user_id, account, calendar, calendar_problem FROM mailboxes
            WHERE organization_id = $1 AND id = $2 AND account IS NOT NULL
            """, [.id(organization), .id(mailbox)]
        ) { row in
            Choice(
                holder: CalendarEvents.Holder(owner: try row.id(0), account: try row.text(1)),
                calendar: try row.optionalText(2).map { try JSONText.decode(RemoteCalendar.self, $0) },
                problem: try row.optionalText(3).map { Phrase(stored: $0) })
        }
    }

    /// Chooses another calendar, or none. The owner's activities are put into the outbox: they appear in the calendar,
    /// move to it, or leave the one that they are in.
    public static func choose(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ calendar: RemoteCalendar?,
        now: Int64
    ) throws {
        guard let before = try choice(tx, organization, mailbox) else { return }
        try tx.execute(
            "UPDATE mailboxes SET calendar = $3, calendar_problem = NULL WHERE organization_id = $1 AND id = $2",
            [
                .id(organization), .id(mailbox),
                try calendar.map { .text(try JSONText.encode($0)) } ?? .null,
            ])
        if before.calendar?.id == calendar?.id { return }
        let owner = before.holder.owner
        let shown: [ActivityID] = try tx.rows(
            """
            SELECT id FROM activities WHERE organization_id = $1 AND owner_id = $2 AND shows_in_calendar = 1
            ORDER BY starts_at, id
            """, [.id(organization), .id(owner)]
        ) { try $0.id(0) }
        let known = try CalendarEvents.activities(tx, organization, before.holder)
        let all = shown + known.filter { !Set(shown).contains($0) }
        try CalendarOutbox.refresh(tx, organization, owner, all, now: now)
    }

    public static func setProblem(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ problem: Phrase?, now: Int64
    ) throws {
        let text: Value = problem.map { .text($0.stored) } ?? .null
        let changed = try tx.execute(
            """
            UPDATE mailboxes SET calendar_problem = $3
            WHERE organization_id = $1 AND id = $2 AND calendar_problem IS NOT $3
            """, [.id(organization), .id(mailbox), text])
        if changed > 0 { try Changes.append(tx, Change(organization: organization, mailbox: mailbox), now: now) }
    }

    /// Keeps the provider's name of the account.
    public static func setAccount(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ account: String
    ) throws {
        try tx.execute(
            "UPDATE mailboxes SET account = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(mailbox), .text(account)])
    }

    /// The address of the mailbox that is connected to an account, if one is.
    public static func address(
        ofAccount account: String, _ tx: any Transaction, _ organization: OrganizationID
    ) throws -> String? {
        try tx.first(
            "SELECT address FROM mailboxes WHERE organization_id = $1 AND account = $2",
            [.id(organization), .text(account)]
        ) { try $0.text(0) }
    }
}
