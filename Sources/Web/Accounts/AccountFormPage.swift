import CRM
import Hummingbird
import Store
import Wording

/// Adding an account, or changing one.
struct AccountFormPage: Page {
    static let module = "Accounts"
    let layout: Layout
    let heading: Phrase
    let action: String
    let back: String
    /// Nil for one that is not there yet.
    let deletion: String?
    let name: Field
    let domain: Field
    let phone: Field
    let address: Field
    let city: Field
    let country: Field
    let industry: Field
    let notes: Field
    let owners: [Choice]

    static func new(_ visit: Visit) async throws -> Response {
        var form = AccountForm()
        form.owner = visit.viewer.id
        return try await answer(visit, form, nil)
    }

    static func create(_ visit: Visit) async throws -> Response {
        let form = AccountForm(visit.form)
        do {
            let valid = try form.validated()
            let now = visit.now
            let id = try await visit.write { try Accounts.create($0, $1, valid, now: now) }
            await visit.web.feed.publish(Change(organization: visit.organization, account: id))
            return visit.redirect("/accounts/\(id)", .accountAdded)
        } catch let error as FormProblems {
            return try await answer(visit, form, nil, error)
        }
    }

    static func edit(_ visit: Visit) async throws -> Response {
        let account = try await visit.account()
        return try await answer(visit, AccountForm(account), account)
    }

    static func save(_ visit: Visit) async throws -> Response {
        let account = try await visit.account()
        let form = AccountForm(visit.form)
        do {
            let valid = try form.validated()
            let now = visit.now
            let isThere = try await visit.write { try Accounts.update($0, $1, account.id, valid, now: now) }
            guard isThere else { throw WebError.notFound(.account) }
            await visit.web.feed.publish(Change(organization: visit.organization, account: account.id))
            return visit.redirect("/accounts/\(account.id)", .accountSaved)
        } catch let error as FormProblems {
            return try await answer(visit, form, account, error)
        }
    }

    private static func answer(
        _ visit: Visit, _ form: AccountForm, _ account: Account?, _ problems: FormProblems = FormProblems()
    ) async throws -> Response {
        let users = try await visit.read { try Users.colleagues($0, $1) }
        let page = AccountFormPage(visit, form, account, problems, users)
        return try visit.page(page, status: problems.problems.isEmpty ? .ok : .unprocessableContent)
    }

    private init(
        _ visit: Visit, _ form: AccountForm, _ account: Account?, _ problems: FormProblems, _ users: [User]
    ) {
        let title: Phrase = account.map { "Edit \($0.name)" } ?? "New account"
        layout = visit.layout(title, .accounts)
        heading = title
        action = account.map { "/accounts/\($0.id)/edit" } ?? "/accounts"
        deletion = account.map { "/accounts/\($0.id)/delete" }
        back = account.map { "/accounts/\($0.id)" } ?? "/accounts"
        name = Field("name", form.name, problems[.name])
        domain = Field("domain", form.domain, problems[.domain])
        phone = Field("phone", form.phone, problems[.phone])
        address = Field("address", form.address, problems[.postalAddress])
        city = Field("city", form.city, problems[.city])
        country = Field("country", form.country, problems[.country])
        industry = Field("industry", form.industry, problems[.industry])
        notes = Field("notes", form.notes, problems[.notes])
        owners =
            [Choice("", "Nobody", isChosen: form.owner == nil)]
            + users.map { Choice($0.id.description, .verbatim($0.name), isChosen: $0.id == form.owner) }
    }
}

extension AccountForm {
    init(_ fields: FormFields) {
        self.init()
        name = fields["name"]
        domain = fields["domain"]
        phone = fields["phone"]
        address = fields["address"]
        city = fields["city"]
        country = fields["country"]
        industry = fields["industry"]
        notes = fields["notes"]
        owner = UserID(fields["owner"])
    }
}
