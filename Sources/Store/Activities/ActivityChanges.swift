import CRM
import Database

/// Tells open pages of a change of an activity: the cards of its contacts, of their accounts and of its account, as it
/// was and as it is.
enum ActivityChanges {
    static func tell(
        _ tx: any Transaction, _ organization: OrganizationID, from before: Activity?, to after: Activity?, now: Int64
    ) throws {
        let states = [before, after].compactMap(\.self)
        guard let activity = states.first?.id else { return }
        var changes: Set<Change> = []
        for contact in Set(states.flatMap(\.contacts)) {
            try tx.query(
                "SELECT account_id FROM contacts WHERE organization_id = $1 AND id = $2",
                [.id(organization), .id(contact)]
            ) { row in
                changes.insert(
                    Change(
                        organization: organization, contact: contact, account: try row.optionalID(0),
                        activity: activity))
            }
        }
        for account in Set(states.compactMap(\.account)) where !changes.contains(where: { $0.account == account }) {
            changes.insert(Change(organization: organization, account: account, activity: activity))
        }
        if changes.isEmpty { changes.insert(Change(organization: organization, activity: activity)) }
        for change in changes { try Changes.append(tx, change, now: now) }
    }
}
