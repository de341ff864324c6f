import CRM
import Hummingbird
import Store
import Wording

/// The people of the organisation.
struct UserListPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let users: [Line]

    struct Line: Sendable {
        let id: String
        let path: String
        let isSeat: Bool
        let person: Person
        let email: String
        let title: String?
        let isAdministrator: Bool
        let isActive: Bool
        let mailbox: String?
        let place: Phrase
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (users, mailboxes) = try await visit.read { tx, organization in
            (try Users.list(tx, organization), try Mailboxes.list(tx, organization))
        }
        let names = Dictionary(uniqueKeysWithValues: users.map { ($0.id, $0.name) })
        let addresses = Dictionary(mailboxes.map { ($0.user, $0.address) }) { first, _ in first }
        let lines = users.map { user in
            return Line(
                id: user.id.description,
                path: user.person == nil ? "/settings/users/\(user.id)" : "/settings/seats/\(user.id)",
                isSeat: user.person != nil, person: Person(user.name), email: user.email, title: user.title.nonEmpty,
                isAdministrator: user.isAdministrator, isActive: user.isActive, mailbox: addresses[user.id],
                place: Self.place(of: user, names))
        }
        return try visit.page(
            UserListPage(layout: visit.layout("Users", .settings), menu: visit.menu(.users), users: lines))
    }

    private static func place(of user: User, _ names: [UserID: String]) -> Phrase {
        if let person = user.person { return "For \(names[person] ?? "?")" }
        return switch user.place {
        case .outside: "Outside the hierarchy"
        case .top: "At the top"
        case .below(let superior): "Below \(names[superior] ?? "?")"
        }
    }
}
