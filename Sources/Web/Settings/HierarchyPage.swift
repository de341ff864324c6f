import CRM
import Database
import Hummingbird
import Store
import Wording

/// The tree of superiors, and for one of its people whose mail they see and why. Where a level gives more mailboxes than
/// one viewer sees, an administrator chooses which.
struct HierarchyPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let placed: [Node]
    let outside: [Node]
    let hasOutside: Bool
    let sight: Sight?
    let problem: Phrase?

    /// A person in the tree, or a seat of theirs.
    struct Node: Sendable {
        let id: String
        let person: Person
        let detail: Phrase
        /// How far to the right it is drawn, from 0 to ``deepest``.
        let depth: Int
        let isSeat: Bool
        let hasLeft: Bool
        let isShown: Bool
    }

    /// Deeper ones are drawn as deep as this.
    static let deepest = 8

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.hierarchyPage(of: UserID(visit.query["user"]))
    }

    /// Whose mailboxes a viewer is to see.
    static func choose(_ visit: Visit) async throws -> Response {
        let viewer: UserID = try visit.id("user")
        let chosen = Set(visit.form.all("owner").compactMap { UserID($0) })
        let (by, now) = (visit.viewer.id, visit.now)
        do {
            try await visit.write { tx, organization in
                let choice = try VisibilityChoice(tx, organization, viewer: viewer, chosen: chosen)
                try VisibilityChoices.replace(tx, organization, viewer: viewer, by: choice.owners, now: now)
                try AuditTrail.record(
                    tx, organization, by: by, .visibilityChosen,
                    ["user": viewer.description, "name": choice.viewerName, "value": choice.names], now: now)
            }
        } catch let error as VisibilityChoice.TooMany {
            return try await visit.hierarchyPage(of: viewer, problem: error.sentence, chosen: chosen)
        }
        return visit.redirect(PathText.with("/settings/hierarchy", ["user": viewer.description]), .visibilityChosen)
    }

    fileprivate init(
        _ visit: Visit, _ tx: any Transaction, _ organization: OrganizationID, of viewer: UserID?, problem: Phrase?,
        chosen: Set<UserID>?
    ) throws {
        let users = try Users.list(tx, organization)
        layout = visit.layout("Hierarchy", .settings)
        menu = visit.menu(.hierarchy)
        let tree = HierarchyTree(users, shown: viewer)
        placed = tree.placed
        outside = tree.outside
        hasOutside = !tree.outside.isEmpty
        if let viewer {
            guard let user = users.first(where: { $0.id == viewer && $0.person == nil }) else {
                throw WebError.notFound(.user)
            }
            let visible = try VisibleMailboxes.of(tx, organization, viewer: viewer, among: users)
            sight = Sight(user, visible, chosen: chosen)
        } else {
            sight = nil
        }
        self.problem = problem
    }
}

extension Visit {
    fileprivate func hierarchyPage(
        of viewer: UserID?, problem: Phrase? = nil, chosen: Set<UserID>? = nil
    ) async throws -> Response {
        let page = try await read { try HierarchyPage(self, $0, $1, of: viewer, problem: problem, chosen: chosen) }
        return try self.page(page, status: problem == nil ? .ok : .unprocessableContent)
    }
}
