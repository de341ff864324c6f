import CRM
import Hummingbird
import Store

/// The first start: the organisation and its first administrator, or the sample company. Nothing else is open before.
struct SetupPage: Page {
    static let module = "Setup"
    let layout: GuestLayout
    let organizationName: Field
    let name: Field
    let email: Field
    let password: Field
    let sampleName: String

    static func show(_ exchange: Exchange) async throws -> Response {
        if try await isDone(exchange) { return exchange.redirect("/") }
        return try exchange.page(SetupPage(exchange, FormProblems()))
    }

    static func create(_ exchange: Exchange) async throws -> Response {
        if try await isDone(exchange) { throw WebError.conflict(SetupError.alreadyDone.sentence) }
        var form = SetupForm()
        form.organizationName = exchange.form["organization"]
        form.administrator.name = exchange.form["name"]
        form.administrator.email = exchange.form["email"]
        form.administrator.password = exchange.form.optional("password").map { Secret($0) }
        let valid: ValidSetup
        do {
            valid = try form.validated()
        } catch {
            return try exchange.page(SetupPage(exchange, error), status: .unprocessableContent)
        }
        guard let password = valid.administrator.password else { throw WebError.formNotOurs }
        let hash = try await exchange.web.passwords.make(password)
        let zone = TimeZones.known(exchange.form["time-zone"]) ?? TimeZones.standard
        let (random, agent, now) = (exchange.web.random, exchange.userAgent, exchange.now)
        let language = exchange.language.rawValue
        do {
            let begun = try await exchange.web.database.write { tx in
                let (organization, administrator) = try Setup.run(
                    tx, valid, passwordHash: hash, locale: language, timeZone: zone, now: now)
                return try Sessions.begin(tx, organization, administrator, userAgent: agent, random: random, now: now)
            }
            var response = exchange.redirect("/settings/mailbox")
            response.setCookie(Cookies.session(begun.token, exchange.request))
            return response
        } catch let error as SetupError {
            throw WebError.conflict(error.sentence)
        }
    }

    static func loadSample(_ exchange: Exchange) async throws -> Response {
        // Before the password is hashed, which costs much and which anyone could ask for.
        if try await isDone(exchange) { throw WebError.conflict(SetupError.alreadyDone.sentence) }
        let hash = try await exchange.web.passwords.make(Secret(SampleCompany.password))
        let now = exchange.now
        do {
            try await exchange.web.database.write { _ = try SampleCompany.load($0, passwordHash: hash, now: now) }
        } catch let error as SetupError {
            throw WebError.conflict(error.sentence)
        }
        return exchange.redirect("/sign-in?sample=1")
    }

    private static func isDone(_ exchange: Exchange) async throws -> Bool {
        try await !exchange.web.database.read { try Setup.isNeeded($0) }
    }

    init(_ exchange: Exchange, _ problems: FormProblems) {
        layout = exchange.layout("Welcome")
        let form = exchange.form
        organizationName = Field("organization", form["organization"], problems[.organizationName])
        name = Field("name", form["name"], problems[.name])
        email = Field("email", form["email"], problems[.email])
        password = Field("password", "", problems[.password])
        sampleName = SampleCompany.name
    }
}
