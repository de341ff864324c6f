import CRM
import Hummingbird
import Store
import Wording

/// An activity: when it is, with whom, its notes, and what can be done with it.
struct ActivityPage: Page {
    static let module = "Activities"
    let layout: Layout
    let id: String
    let title: String
    let icon: String
    let kind: Phrase
    let isDue: Bool
    let when: Phrase
    let isOverdue: Bool
    let isDone: Bool
    let done: Moment?
    let owner: String
    let isOwn: Bool
    /// Where it was not the owner.
    let planner: String?
    let isPlanner: Bool
    let account: String?
    let accountID: String?
    let contacts: [ContactLink]
    let hasContacts: Bool
    let notes: String?
    let showsInCalendar: Bool
    let mayChange: Bool
    let back: String
    /// Of this page, with the way back.
    let path: String
    let edit: String
    let deletion: String

    struct ContactLink: Sendable {
        let id: String
        let person: Person
    }

    static func show(_ visit: Visit) async throws -> Response {
        let id: ActivityID = try visit.id("activity")
        return try visit.page(
            try await visit.read { tx, organization in
                guard let activity = try Activities.find(tx, organization, id) else {
                    throw WebError.notFound(.activity)
                }
                let names = try ContactList.names(tx, organization, activity.contacts)
                let live = try LiveAddress(.tasks, tx, visit.web.marks)
                return ActivityPage(
                    visit, activity, layout: visit.layout(.verbatim(activity.title), .tasks, live: live), names,
                    account: try activity.account.flatMap { try Accounts.find(tx, organization, $0) },
                    owner: try Users.find(tx, organization, activity.owner),
                    planner: try activity.planner.flatMap {
                        try $0 == activity.owner ? nil : Users.find(tx, organization, $0)
                    })
            })
    }

    private init(
        _ visit: Visit, _ activity: Activity, layout: Layout, _ names: [ContactID: String], account: Account?,
        owner: User?, planner: User?
    ) {
        let text = visit.activityTimes
        self.layout = layout
        id = activity.id.description
        title = activity.title
        icon = activity.kind.icon
        kind = activity.kind.label
        isDue = activity.kind.isDue
        when = text.long(activity.time)
        isDone = activity.isDone
        isOverdue = !activity.isDone && activity.time.isOver(at: text.now, in: text.zone)
        done = activity.doneAt.map(visit.dates.moment)
        self.owner = owner?.name ?? ""
        isOwn = activity.owner == visit.viewer.id
        self.planner = planner?.name
        isPlanner = planner?.id == visit.viewer.id
        self.account = account?.name
        accountID = account?.id.description
        contacts = activity.contacts.compactMap { id in
            names[id].map { ContactLink(id: id.description, person: Person($0)) }
        }
        hasContacts = !contacts.isEmpty
        notes = activity.notes.nonEmpty
        showsInCalendar = activity.showsInCalendar
        mayChange = visit.viewer.user.mayChange(activity)
        back = visit.back(visit.query)
        path = PathText.with("/activities/\(activity.id)", ["back": back])
        edit = PathText.with("/activities/\(activity.id)/edit", ["back": back])
        deletion = PathText.with("/activities/\(activity.id)/delete", ["back": back])
    }
}
