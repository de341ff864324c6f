import CRM
import Database
import Mirror

/// What activities are in a calendar.
public enum ActivityEvents {
    /// The event of an activity as it is now; nil where its owner's calendar is not to show it, or it is another's or
    /// gone.
    ///
    /// Those who take part are named in the text, never as attendees: a calendar would invite them.
    public static func event(
        _ tx: any Transaction, _ organization: OrganizationID, of activity: ActivityID, owner: UserID
    ) throws -> CalendarEvent? {
        guard let activity = try Activities.find(tx, organization, activity),
            activity.owner == owner, activity.showsInCalendar,
            let person = try Users.find(tx, organization, owner)
        else { return nil }
        var lines: [String] = []
        for contact in activity.contacts {
            guard let contact = try Contacts.find(tx, organization, contact) else { continue }
            let address = contact.addresses.first.map { " <\($0)>" } ?? ""
            lines.append(contact.name + address)
        }
        if let account = activity.account, let account = try Accounts.find(tx, organization, account) {
            lines.append(account.name)
        }
        let text = [lines.joined(separator: "\n"), activity.notes].filter { !$0.isEmpty }.joined(separator: "\n\n")
        return CalendarEvent(
            title: (activity.isDone ? "✓ " : "") + activity.title, text: text, time: activity.time,
            timeZone: person.timeZone, isBusy: activity.kind != .task && !activity.time.isAllDay)
    }
}
