import CRM
import Hummingbird
import Store
import Wording

/// Changing one's own password. All other sessions end with it.
struct PasswordPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let email: String
    let currentProblem: Phrase?
    let newProblem: Phrase?
    let minimum: Int

    static func show(_ visit: Visit) async throws -> Response {
        try visit.page(PasswordPage(visit))
    }

    static func change(_ visit: Visit) async throws -> Response {
        let (user, session, now) = (visit.viewer.user, visit.viewer.session.id, visit.now)
        let limiter = visit.web.signInLimiter
        let place = visit.place
        guard limiter.take(address: "user \(user.id)", place: place, now: now) else { throw WebError.tooManyRequests }
        let stored = try await visit.read { try Users.passwordHash($0, $1, user.id) }
        let current = Secret(String(visit.form["current"].prefix(PasswordRules.maximum)))
        let isRight: Bool
        do {
            isRight = if let stored { try await visit.web.passwords.verify(current, against: stored) } else { false }
        } catch WebError.busy {
            limiter.giveBack(address: "user \(user.id)", place: place, now: now)
            throw WebError.busy
        }
        guard isRight else {
            return try visit.page(
                PasswordPage(visit, current: "This is not your current password."), status: .unprocessableContent)
        }
        limiter.giveBack(address: "user \(user.id)", place: place, now: now)
        let new = Secret(visit.form["new"])
        if let sentence = PasswordRules.problem(new) {
            return try visit.page(PasswordPage(visit, new: sentence), status: .unprocessableContent)
        }
        let hash = try await visit.web.passwords.make(new)
        try await visit.write { tx, organization in
            try Users.setPasswordHash(tx, organization, user.id, hash)
            try Sessions.endAll(tx, organization, user.id, except: session)
            try Invitations.revoke(tx, organization, user.id)
            try AuditTrail.record(tx, organization, by: user.id, .passwordChanged, now: now)
        }
        await visit.sessionsEnded()
        return visit.redirect("/settings/password", .passwordChanged)
    }

    private init(_ visit: Visit, current: Phrase? = nil, new: Phrase? = nil) {
        layout = visit.layout("Password", .settings)
        menu = visit.menu(.password)
        email = visit.viewer.user.email
        currentProblem = current
        newProblem = new
        minimum = PasswordRules.minimum
    }
}
