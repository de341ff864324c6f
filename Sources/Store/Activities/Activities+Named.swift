import CRM
import Database

/// What becomes of activities when a contact or an account that they name goes, or is called otherwise.
extension Activities {
    /// Takes a contact who is about to be deleted off their activities, which stay.
    static func contactLeaves(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ContactID, now: Int64
    ) throws {
        for activity in try of(contact, tx, organization) {
            try changing(tx, organization, activity, now: now) {
                try tx.execute(
                    "DELETE FROM activity_contacts WHERE organization_id = $1 AND activity_id = $2 AND contact_id = $3",
                    [.id(organization), .id(activity.id), .id(contact)])
            }
        }
    }

    /// Puts activities into the outbox again whose events name a contact: their name or addresses change.
    static func contactIsRenamed(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ContactID, now: Int64
    ) throws {
        try recordAgain(tx, organization, try of(contact, tx, organization), now: now)
    }

    /// The same for those of an account whose name changes.
    static func accountIsRenamed(
        _ tx: any Transaction, _ organization: OrganizationID, _ account: AccountID, now: Int64
    ) throws {
        try recordAgain(tx, organization, try of(account, tx, organization), now: now)
    }

    /// Puts another contact in the place of one who is about to be deleted, on all of their activities.
    static func contactMerges(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ContactID, into kept: ContactID, now: Int64
    ) throws {
        for activity in try of(contact, tx, organization) where !activity.contacts.contains(kept) {
            try changing(tx, organization, activity, now: now) {
                try tx.execute(
                    """
                    UPDATE activity_contacts SET contact_id = $4
                    WHERE organization_id = $1 AND activity_id = $2 AND contact_id = $3
                    """, [.id(organization), .id(activity.id), .id(contact), .id(kept)])
            }
        }
        // Where both were on it, the one that goes is taken off.
        try contactLeaves(tx, organization, contact, now: now)
    }

    /// Takes an account that is about to be deleted off its activities, which stay.
    static func accountLeaves(
        _ tx: any Transaction, _ organization: OrganizationID, _ account: AccountID, now: Int64
    ) throws {
        for activity in try of(account, tx, organization) {
            try changing(tx, organization, activity, now: now) {
                try tx.execute(
                    "UPDATE activities SET account_id = NULL WHERE organization_id = $1 AND id = $2",
                    [.id(organization), .id(activity.id)])
            }
        }
    }

    // MARK: -

    private static func recordAgain(
        _ tx: any Transaction, _ organization: OrganizationID, _ activities: [Activity], now: Int64
    ) throws {
        for activity in activities where activity.showsInCalendar {
            try CalendarOutbox.refresh(tx, organization, activity.owner, [activity.id], now: now)
        }
    }

    private static func of(
        _ contact: ContactID, _ tx: any Transaction, _ organization: OrganizationID
    ) throws -> [Activity] {
        try all(
            tx, organization,
            "SELECT activity_id FROM activity_contacts WHERE organization_id = $1 AND contact_id = $2",
            .id(contact))
    }

    private static func of(
        _ account: AccountID, _ tx: any Transaction, _ organization: OrganizationID
    ) throws -> [Activity] {
        try all(
            tx, organization, "SELECT id FROM activities WHERE organization_id = $1 AND account_id = $2", .id(account))
    }

    private static func all(
        _ tx: any Transaction, _ organization: OrganizationID, _ select: String, _ bind: Value
    ) throws -> [Activity] {
        let ids: [ActivityID] = try tx.rows(select, [.id(organization), bind]) { try $0.id(0) }
        return try ids.compactMap { try find(tx, organization, $0) }
    }
}
