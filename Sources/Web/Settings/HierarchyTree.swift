import CRM
import Store
import Wording

/// The hierarchy as lines to be drawn below one another: everyone below their superior, the seats of a person right below
/// them, all by name.
struct HierarchyTree: Sendable {
    private(set) var placed: [HierarchyPage.Node] = []
    private(set) var outside: [HierarchyPage.Node] = []

    private let users: [UserID: User]
    private let reports: [UserID: [User]]
    private let seats: [UserID: [User]]
    private let shown: UserID?

    /// - Parameter users: by name.
    init(_ users: [User], shown: UserID?) {
        self.users = Dictionary(uniqueKeysWithValues: users.map { ($0.id, $0) })
        self.shown = shown
        let people = users.filter { $0.person == nil }
        reports = Dictionary(grouping: people.filter { $0.place.superior != nil }) { $0.place.superior ?? $0.id }
        seats = Dictionary(grouping: users.filter { $0.person != nil }) { $0.person ?? $0.id }
        var drawn: Set<UserID> = []
        for user in people where user.place == .top { placed += lines(user, 0, &drawn) }
        // Those who hang on nobody at the top, with whoever hangs on them; last what a damaged database holds: circles.
        for user in people where user.place.superior == nil { outside += lines(user, 0, &drawn) }
        for user in people { outside += lines(user, 0, &drawn) }
    }

    private func lines(_ user: User, _ depth: Int, _ drawn: inout Set<UserID>) -> [HierarchyPage.Node] {
        guard drawn.insert(user.id).inserted else { return [] }
        var lines = [node(user, depth)]
        lines += (seats[user.id] ?? []).map { node($0, depth + 1) }
        for report in reports[user.id] ?? [] { lines += self.lines(report, depth + 1, &drawn) }
        return lines
    }

    private static func detail(of level: VisibilityLevel) -> Phrase {
        level == .own ? "Level \(level.rawValue): own mail only" : "Level \(level.rawValue): \(level.sentence)"
    }

    private func node(_ user: User, _ depth: Int) -> HierarchyPage.Node {
        HierarchyPage.Node(
            id: user.id.description, person: Person(user.name),
            detail: user.person == nil
                ? Self.detail(of: user.level)
                : "Sync-only, for \(user.person.flatMap { users[$0]?.name } ?? "?")",
            depth: min(depth, HierarchyPage.deepest), isSeat: user.person != nil, hasLeft: !user.isActive,
            isShown: user.id == shown)
    }
}
