import CRM
import Hummingbird
import Store
import Wording

/// Adding a contact, or changing one.
struct ContactFormPage: Page {
    static let module = "Contacts"
    let layout: Layout
    let heading: Phrase
    let action: String
    let back: String
    /// Nil for one that is not there yet.
    let deletion: String?
    let merging: String?
    let firstName: Field
    let lastName: Field
    let jobTitle: Field
    let phone: Field
    let notes: Field
    let addresses: [Field]
    let accounts: [Choice]
    let accountProblem: Phrase?
    let owners: [Choice]
    /// A contact who has an address that was entered.
    let holder: Holder?

    struct Holder: Sendable {
        let id: String
        let name: String
    }

    static func new(_ visit: Visit) async throws -> Response {
        var form = ContactForm()
        form.account = AccountID(visit.query["account"])
        form.owner = visit.viewer.id
        if let address = visit.query.optional("address") { form.addresses = [address] }
        return try await answer(visit, form, nil)
    }

    static func create(_ visit: Visit) async throws -> Response {
        let form = ContactForm(visit.form)
        if visit.form.contains("more") { return try await answer(visit, form, nil) }
        do {
            let valid = try form.validated()
            let now = visit.now
            let id = try await visit.write { try Contacts.create($0, $1, valid, now: now) }
            visit.web.engine.addressBookChanged(organization: visit.organization)
            return visit.redirect("/contacts/\(id)", .contactAdded)
        } catch let error as FormProblems {
            return try await answer(visit, form, nil, error)
        } catch let error as ContactError {
            return try await answer(visit, form, nil, refusal: error)
        }
    }

    static func edit(_ visit: Visit) async throws -> Response {
        let contact = try await visit.contact()
        return try await answer(visit, ContactForm(contact), contact)
    }

    static func save(_ visit: Visit) async throws -> Response {
        let contact = try await visit.contact()
        let form = ContactForm(visit.form)
        if visit.form.contains("more") { return try await answer(visit, form, contact) }
        do {
            let valid = try form.validated()
            let now = visit.now
            let isThere = try await visit.write { try Contacts.update($0, $1, contact.id, valid, now: now) }
            guard isThere else { throw WebError.notFound(.contact) }
            visit.web.engine.addressBookChanged(organization: visit.organization)
            return visit.redirect("/contacts/\(contact.id)", .contactSaved)
        } catch let error as FormProblems {
            return try await answer(visit, form, contact, error)
        } catch let error as ContactError {
            return try await answer(visit, form, contact, refusal: error)
        }
    }

    private static func answer(
        _ visit: Visit, _ form: ContactForm, _ contact: Contact?, _ problems: FormProblems = FormProblems(),
        refusal: ContactError? = nil
    ) async throws -> Response {
        let (accounts, users) = try await visit.read { tx, organization in
            (
                try Accounts.choices(tx, organization, including: form.account),
                try Users.colleagues(tx, organization)
            )
        }
        let page = ContactFormPage(visit, form, contact, problems, refusal, accounts, users)
        let isRefused = refusal != nil || !problems.problems.isEmpty
        return try visit.page(page, status: isRefused ? .unprocessableContent : .ok)
    }

    private init(
        _ visit: Visit, _ form: ContactForm, _ contact: Contact?, _ problems: FormProblems, _ refusal: ContactError?,
        _ accounts: [Accounts.Named], _ users: [User]
    ) {
        let title: Phrase = contact.map { "Edit \($0.name)" } ?? "New contact"
        layout = visit.layout(title, .contacts)
        heading = title
        action = contact.map { "/contacts/\($0.id)/edit" } ?? "/contacts"
        deletion = contact.map { "/contacts/\($0.id)/delete" }
        merging = contact.map { "/contacts/\($0.id)/merge" }
        back = contact.map { "/contacts/\($0.id)" } ?? "/contacts"
        firstName = Field("first-name", form.firstName, problems[.firstName])
        lastName = Field("last-name", form.lastName, problems[.lastName])
        jobTitle = Field("title", form.title, problems[.title])
        phone = Field("phone", form.phone, problems[.phone])
        notes = Field("notes", form.notes, problems[.notes])
        let shown = form.addresses + [""]
        addresses = shown.enumerated().map { index, address in
            Field("address", address, problems[.emailAddress(index)] ?? refusal?.problem(of: address))
        }
        self.accounts =
            [Choice("", "No account", isChosen: form.account == nil)]
            + accounts.map { Choice($0.id.description, .verbatim($0.name), isChosen: $0.id == form.account) }
        accountProblem = refusal == .noSuchAccount ? refusal?.sentence : nil
        owners =
            [Choice("", "Nobody", isChosen: form.owner == nil)]
            + users.map { Choice($0.id.description, .verbatim($0.name), isChosen: $0.id == form.owner) }
        holder = refusal?.holder
    }
}

extension ContactForm {
    init(_ fields: FormFields) {
        self.init()
        firstName = fields["first-name"]
        lastName = fields["last-name"]
        title = fields["title"]
        phone = fields["phone"]
        notes = fields["notes"]
        account = AccountID(fields["account"])
        owner = UserID(fields["owner"])
        addresses = fields.all("address").filter { !$0.trimmed.isEmpty }
    }
}

extension ContactError {
    fileprivate func problem(of entered: String) -> Phrase? {
        guard case .addressTaken(let address, _, _) = self, address == entered.trimmed else { return nil }
        return sentence
    }

    fileprivate var holder: ContactFormPage.Holder? {
        guard case .addressTaken(_, let contact, let name) = self else { return nil }
        return ContactFormPage.Holder(id: contact.description, name: name)
    }
}

extension Visit {
    /// The contact that the path names.
    func contact() async throws -> Contact {
        let id: ContactID = try id("contact")
        guard let contact = try await read({ try Contacts.find($0, $1, id) }) else {
            throw WebError.notFound(.contact)
        }
        return contact
    }
}
