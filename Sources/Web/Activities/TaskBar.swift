import CRM
import Store
import Wording

/// What stands above a person's tasks: list or week, and whose.
struct TaskBar: Sendable {
    let list: String
    let week: String
    let showsWeek: Bool
    /// The page that the choice of a person leads to.
    let path: String
    /// The week that it keeps; nil for this one, or the list.
    let keptWeek: String?
    let owners: [Choice]

    /// - Parameter week: the Monday of the week that is shown; nil for the list.
    init(_ scope: ActivityScope, _ users: [User], _ visit: Visit, week: CalendarDay?) {
        let owner = Self.value(scope, visit)
        list = PathText.with("/tasks", ["owner": owner])
        self.week = PathText.with("/tasks/week", ["owner": owner])
        showsWeek = week != nil
        path = week == nil ? "/tasks" : "/tasks/week"
        keptWeek = week?.description
        let viewer = visit.viewer.id
        owners =
            [
                Choice("", "My own", isChosen: scope == .owner(viewer)),
                Choice("all", "Everyone’s", isChosen: scope == .everyone),
            ]
            + users.filter { $0.id != viewer && ($0.isActive || .owner($0.id) == scope) }
            .map { Choice($0.id.description, .verbatim($0.name), isChosen: .owner($0.id) == scope) }
    }

    /// The scope that a query names; the viewer's own where it names nobody here.
    static func scope(_ visit: Visit, _ users: [User]) -> ActivityScope {
        let value = visit.query["owner"]
        if value == "all" { return .everyone }
        guard let owner = UserID(value), users.contains(where: { $0.id == owner }) else {
            return .owner(visit.viewer.id)
        }
        return .owner(owner)
    }

    /// What the query of a link to the same scope carries; nil for the viewer's own.
    static func value(_ scope: ActivityScope, _ visit: Visit) -> String? {
        if scope == .everyone { return "all" }
        return scope.owner.flatMap { $0 == visit.viewer.id ? nil : $0.description }
    }
}
