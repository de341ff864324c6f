import CRM
import Hummingbird
import Store
import Wording

/// Choosing the password of one's seat with a sign-in link.
struct AcceptInvitationPage: Page {
    static let module = "SignIn"
    let layout: GuestLayout
    let token: String
    /// Nil where the link cannot be used.
    let invited: Invited?

    struct Invited: Sendable {
        let name: String
        let email: String
        let organization: String
        let password: Field
        let minimum: Int
    }

    static func show(_ exchange: Exchange) async throws -> Response {
        try await answer(exchange, exchange.query["token"])
    }

    static func accept(_ exchange: Exchange) async throws -> Response {
        let token = exchange.form["token"]
        let now = exchange.now
        // Hashing costs much, so it is not done for anyone who has no link.
        guard try await exchange.web.database.read({ try Invitations.find($0, token: token, now: now) }) != nil else {
            return try await answer(exchange, token)
        }
        let password = Secret(exchange.form["password"])
        if let sentence = PasswordRules.problem(password) {
            return try await answer(exchange, token, problem: sentence)
        }
        let hash = try await exchange.web.passwords.make(password)
        let (random, agent) = (exchange.web.random, exchange.userAgent)
        let begun = try await exchange.web.database.write { tx -> Sessions.Begun? in
            guard let user = try Invitations.use(tx, token: token, passwordHash: hash, now: now) else { return nil }
            try AuditTrail.record(tx, user.organization, by: user.id, .invitationUsed, now: now)
            return try Sessions.begin(tx, user.organization, user.id, userAgent: agent, random: random, now: now)
        }
        guard let begun else { return try await answer(exchange, token) }
        await exchange.web.feed.committed()
        var response = exchange.redirect("/settings/mailbox")
        response.setCookie(Cookies.session(begun.token, exchange.request))
        return response
    }

    private static func answer(
        _ exchange: Exchange, _ token: String, problem: Phrase? = nil
    ) async throws -> Response {
        let now = exchange.now
        let found = try await exchange.web.database.read { tx -> (User, String)? in
            guard let user = try Invitations.find(tx, token: token, now: now) else { return nil }
            return (user, try Organizations.find(tx, user.organization)?.name ?? "")
        }
        let page = AcceptInvitationPage(
            layout: exchange.layout("Choose a password"), token: token,
            invited: found.map { user, organization in
                Invited(
                    name: user.name, email: user.email, organization: organization,
                    password: Field("password", "", problem), minimum: PasswordRules.minimum)
            })
        return try exchange.page(
            page, status: found == nil ? .notFound : problem == nil ? .ok : .unprocessableContent)
    }
}
