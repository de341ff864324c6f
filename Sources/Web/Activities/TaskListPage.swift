import CRM
import Database
import Hummingbird
import Store
import Wording

/// Activities by when they are due: a person's, everyone's, or those of a card.
struct TaskListPage: Page {
    static let module = "Activities"
    let layout: Layout
    let heading: Phrase
    /// The card whose activities these are; nil for those of people.
    let card: CardLink?
    let bar: TaskBar?
    let new: String
    let groups: [Group]
    let isEmpty: Bool
    let emptyTitle: Phrase
    let emptyText: Phrase
    let next: String?
    /// Leads to all that are done; nil where they stand here.
    let allDone: String?
    /// Leads back to the beginning; nil on the first page.
    let first: String?

    struct CardLink: Sendable {
        let path: String
        let name: String
    }

    struct Group: Sendable {
        let id: String
        let title: Phrase
        let count: Phrase
        let isLate: Bool
        let lines: [ActivityLine]
    }

    static let pageSize = 100
    /// Of those that are done, beneath the open ones.
    static let doneLimit = 5

    static func show(_ visit: Visit) async throws -> Response {
        try visit.page(try await visit.read { try TaskListPage($0, $1, visit) })
    }

    private init(_ tx: any Transaction, _ organization: OrganizationID, _ visit: Visit) throws {
        let (query, users) = (visit.query, try Users.people(tx, organization))
        let scope = try Self.scope(tx, organization, visit, users)
        card = try Self.card(tx, organization, scope)
        bar = card == nil ? TaskBar(scope, users, visit, week: nil) : nil
        let key = query.optional("after").flatMap(ActivityKey.init)
        let showsDone = query["show"] == "done"
        func path(_ show: String?, _ key: ActivityKey?) -> String {
            PathText.with(
                "/tasks",
                [
                    "contact": scope.contact?.description, "account": scope.account?.description,
                    "owner": TaskBar.value(scope, visit), "show": show, "after": key?.description,
                ])
        }
        let (here, text) = (path(showsDone ? "done" : nil, key), visit.activityTimes)
        func lines(_ activities: [ListedActivity]) -> [ActivityLine] {
            activities.map { ActivityLine($0, viewer: visit.viewer.user, text: text, back: here, on: scope) }
        }
        let open =
            showsDone
            ? nil : try ActivityList.open(tx, organization, scope, after: key, limit: Self.pageSize)
        // Behind the last of the open ones.
        let done =
            open?.next != nil
            ? nil
            : try ActivityList.done(
                tx, organization, scope, after: showsDone ? key : nil,
                limit: showsDone ? Self.pageSize : Self.doneLimit)
        var groups = TaskDeadline.groups(open?.activities ?? [], text).map { deadline, activities in
            Group(
                id: deadline.rawValue, title: deadline.title, count: Quantity.count(activities.count),
                isLate: deadline == .overdue, lines: lines(activities))
        }
        if let done, !done.activities.isEmpty {
            groups.append(Group(id: "done", title: "Done", count: "", isLate: false, lines: lines(done.activities)))
        }
        self.groups = groups
        isEmpty = groups.isEmpty
        let isOwn = scope == .owner(visit.viewer.id)
        emptyTitle = showsDone ? "Nothing done yet" : "Nothing planned"
        emptyText =
            isOwn
            ? "Plan a meeting, a call or a task: it appears here when it is due, and on the cards of its contacts."
            : "A meeting, a call or a task that is planned appears here."
        next = (showsDone ? done?.next : open?.next).map { path(showsDone ? "done" : nil, $0) }
        allDone = showsDone || done?.next == nil ? nil : path("done", nil)
        first = key != nil || showsDone ? path(nil, nil) : nil
        new = PathText.with(
            "/activities/new",
            ["contact": scope.contact?.description, "account": scope.account?.description, "back": here])
        heading = card.map { "Activities: \($0.name)" } ?? "Tasks"
        layout = visit.layout(heading, .tasks, live: try LiveAddress(.tasks, tx, visit.web.marks))
    }

    private static func scope(
        _ tx: any Transaction, _ organization: OrganizationID, _ visit: Visit, _ users: [User]
    ) throws -> ActivityScope {
        if let contact = ContactID(visit.query["contact"]) { return .contact(contact) }
        if let account = AccountID(visit.query["account"]) { return .account(account) }
        return TaskBar.scope(visit, users)
    }

    private static func card(
        _ tx: any Transaction, _ organization: OrganizationID, _ scope: ActivityScope
    ) throws -> CardLink? {
        switch scope {
        case .everyone, .owner: return nil
        case .contact(let id):
            guard let contact = try Contacts.find(tx, organization, id) else { throw WebError.notFound(.contact) }
            return CardLink(path: "/contacts/\(id)", name: contact.name)
        case .account(let id):
            guard let account = try Accounts.find(tx, organization, id) else { throw WebError.notFound(.account) }
            return CardLink(path: "/accounts/\(id)", name: account.name)
        }
    }
}
