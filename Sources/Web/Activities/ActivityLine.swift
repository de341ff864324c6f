import CRM
import Store
import Wording

/// An activity in a list.
struct ActivityLine: Sendable {
    let id: String
    let link: String
    let icon: String
    let kind: Phrase
    let title: String
    let when: Phrase
    let isOverdue: Bool
    let isDone: Bool
    /// Nil for the viewer's own.
    let owner: String?
    let contacts: [Contact]
    let account: String?
    let accountID: String?
    let showsInCalendar: Bool
    let mayChange: Bool
    /// What the round button does: "done" or "reopen".
    let verb: String
    let verbLabel: Phrase
    /// The page that the reader comes back to.
    let back: String

    struct Contact: Sendable {
        let id: String
        let name: String
    }

    /// - Parameters:
    ///   - card: whose card the list stands on; they are not named again.
    ///   - day: the one under which it stands in a week.
    init(
        _ activity: ListedActivity, viewer: User, text: ActivityTimeText, back: String,
        on card: ActivityScope = .everyone, day: CalendarDay? = nil
    ) {
        id = activity.id.description
        link = PathText.with("/activities/\(activity.id)", ["back": back])
        icon = activity.kind.icon
        kind = activity.kind.label
        title = activity.title
        when =
            day.map { text.within($0, activity.time, activity.kind) } ?? text.short(activity.time, activity.kind)
        isDone = activity.isDone
        isOverdue = !activity.isDone && activity.time.isOver(at: text.now, in: text.zone)
        owner = activity.owner == viewer.id ? nil : activity.ownerName
        contacts = activity.contacts.filter { .contact($0.id) != card }
            .map { Contact(id: $0.id.description, name: $0.name) }
        let account = activity.account.flatMap { .account($0) == card ? nil : $0 }
        self.account = account == nil ? nil : activity.accountName
        accountID = account?.description
        showsInCalendar = activity.showsInCalendar
        mayChange = viewer.mayChangeActivity(of: activity.owner, plannedBy: activity.planner)
        verb = isDone ? "reopen" : "done"
        verbLabel = isDone ? "Not done after all: \(activity.title)" : "Mark as done: \(activity.title)"
        self.back = back
    }
}
