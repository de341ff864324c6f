import CRM
import Hummingbird
import Mail
import Store
import Wording

/// Signing in with address and password.
struct SignInPage: Page {
    static let module = "SignIn"
    let layout: GuestLayout
    let email: String
    let problem: Phrase?
    let next: String?
    let sample: Sample?

    struct Sample: Sendable {
        let director: String
        let administrator: String
        let password: String
    }

    static func show(_ exchange: Exchange) async throws -> Response {
        if exchange.context.viewer != nil { return exchange.redirect("/contacts") }
        return try exchange.page(await SignInPage(exchange, problem: nil))
    }

    static func signIn(_ exchange: Exchange) async throws -> Response {
        let address = EmailAddress(exchange.form["email"].trimmed)?.matchKey ?? ""
        let place = exchange.place
        guard exchange.web.signInLimiter.take(address: address, place: place, now: exchange.now) else {
            let page = await SignInPage(
                exchange,
                problem:
                    "There were too many wrong tries, with this address or from your network. Wait a few minutes, then try again."
            )
            return try exchange.page(page, status: .tooManyRequests)
        }
        let found: User?
        do {
            found = try await Self.user(exchange, address)
        } catch WebError.busy {
            exchange.web.signInLimiter.giveBack(address: address, place: place, now: exchange.now)
            throw WebError.busy
        }
        guard let user = found else {
            let page = await SignInPage(
                exchange,
                problem:
                    "Address and password do not fit together. Check both; an administrator of your organisation can set a new password for you."
            )
            return try exchange.page(page, status: .unprocessableContent)
        }
        exchange.web.signInLimiter.giveBack(address: address, place: place, now: exchange.now)
        let (random, agent, now) = (exchange.web.random, exchange.userAgent, exchange.now)
        let begun = try await exchange.web.database.write { tx in
            try AuditTrail.record(tx, user.organization, by: user.id, .signedIn, now: now)
            return try Sessions.begin(tx, user.organization, user.id, userAgent: agent, random: random, now: now)
        }
        var response = exchange.redirect(PathText.local(exchange.form["next"]) ?? "/contacts")
        response.setCookie(Cookies.session(begun.token, exchange.request))
        return response
    }

    /// The user whose address and password these are.
    private static func user(_ exchange: Exchange, _ address: String) async throws -> User? {
        let (web, now) = (exchange.web, exchange.now)
        let password = Secret(String(exchange.form["password"].prefix(PasswordRules.maximum)))
        let candidates = try await web.database.read { try Users.candidates($0, emailKey: address) }
        if candidates.isEmpty { try await web.passwords.spendTime(on: password) }
        for candidate in candidates {
            let user = candidate.user
            guard try await web.passwords.verify(password, against: candidate.passwordHash) else {
                try await web.database.write {
                    try AuditTrail.record($0, user.organization, by: user.id, .signInRefused, now: now)
                }
                continue
            }
            if web.passwords.isOutdated(candidate.passwordHash) {
                let hash = try await web.passwords.make(password)
                try await web.database.write { try Users.setPasswordHash($0, user.organization, user.id, hash) }
            }
            return user
        }
        return nil
    }

    init(_ exchange: Exchange, problem: Phrase?) async {
        layout = exchange.layout("Sign in")
        email = exchange.form["email"]
        self.problem = problem
        next = PathText.local(exchange.form.optional("next") ?? exchange.query["next"])
        sample =
            exchange.query["sample"].isEmpty
            ? nil
            : Sample(
                director: SampleCompany.directorEmail, administrator: SampleCompany.administratorEmail,
                password: SampleCompany.password)
    }
}
