import CRM
import Hummingbird
import Store

/// The link with which a person chooses their password. It is shown this once, to be passed on by the administrator.
struct InvitationPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let name: String
    let email: String
    let link: String
    let until: Moment

    static func make(_ visit: Visit) async throws -> Response { try await visit.invite(try await visit.user().id) }
}

extension Visit {
    /// Makes a sign-in link and shows it.
    func invite(_ user: UserID) async throws -> Response {
        let (by, random, now) = (viewer.id, exchange.web.random, exchange.now)
        let made: (User, Secret<String>)
        do {
            made = try await write { tx, organization in
                guard let user = try Users.find(tx, organization, user) else { throw WebError.notFound(.user) }
                let token = try Invitations.make(tx, organization, user.id, random: random, now: now)
                try AuditTrail.record(
                    tx, organization, by: by, .userInvited, ["user": user.id.description, "name": user.name], now: now)
                return (user, token)
            }
        } catch let error as UserError {
            throw WebError.conflict(error.sentence)
        }
        let (invited, token) = made
        return try page(
            InvitationPage(
                layout: layout("Sign-in link", .settings), menu: menu(.users), name: invited.name, email: invited.email,
                link: exchange.origin + PathText.with("/invitation", ["token": token.expose()]),
                until: dates.moment(now + Invitations.lifetime)))
    }
}
