import CRM
import Hummingbird
import Mirror
import Store
import SyncEngine
import Wording

/// Signing in to a connected mailbox again: after its password changed, or its servers.
struct MailboxSignInPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    /// Why it is asked for; nil when the person came by themselves.
    let reason: Phrase?
    let fields: ServerFields
    let refusal: Phrase?

    static func show(_ visit: Visit) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        if visit.web.engine.signsPeopleIn(at: mailbox.provider),
            let provider = ProviderCatalogue.find(mailbox.provider)
        {
            return try await ProviderSignInPage.show(
                visit, provider, address: mailbox.address, isAgain: true, reason: mailbox.status.askedOfPerson)
        }
        let provider = ProviderCatalogue.provider(of: mailbox.settings)
        let fields = ServerFields(ServerForm(mailbox.settings), provider)
        return try visit.page(MailboxSignInPage(visit, mailbox, fields))
    }

    static func signIn(_ visit: Visit) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        let provider = ProviderCatalogue.provider(of: mailbox.settings)
        var form = ServerForm(visit.form)
        form.address = mailbox.address
        let password = visit.form["password"]
        do {
            let settings = try form.validated(password: password)
            let draft = MailboxDraft(settings: settings, password: Secret(password), provider: mailbox.provider)
            try await visit.web.engine.signInAgain(draft, mailbox: mailbox.id, organization: visit.organization)
            try await visit.audit(.mailboxSignedInAgain, mailbox.id, mailbox.address)
            return visit.redirect(visit.seat.base, .mailboxSignedIn)
        } catch let problems as ServerForm.Problems {
            let page = MailboxSignInPage(visit, mailbox, ServerFields(form, provider, problems))
            return try visit.page(page, status: .unprocessableContent)
        } catch let refusal as ConnectionRefusal {
            let fields = ServerFields(form, provider, trial: refusal.trial)
            let page = MailboxSignInPage(visit, mailbox, fields, refusal: refusal.sentence)
            return try visit.page(page, status: .unprocessableContent)
        }
    }

    private init(_ visit: Visit, _ mailbox: MailboxRow, _ fields: ServerFields, refusal: Phrase? = nil) {
        layout = visit.layout("Sign in again", .settings)
        menu = visit.menu(.mailbox)
        reason = mailbox.status.askedOfPerson
        self.fields = fields
        self.refusal = refusal
    }
}

extension MailboxStatus {
    /// Why somebody has to look after the mailbox.
    var askedOfPerson: Phrase? {
        switch self {
        case .signInNeeded(let reason), .misconfigured(let reason): reason
        default: nil
        }
    }
}
