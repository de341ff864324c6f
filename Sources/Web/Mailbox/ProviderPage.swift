import CRM
import Hummingbird
import Mirror
import Store
import SyncEngine
import Wording

/// The page of one provider, or of one's own servers: password, and servers where they have to be named.
struct ProviderPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let name: String
    let isCustom: Bool
    let action: String
    let addressPath: String
    let otherPath: String
    let fields: ServerFields
    /// Why the mailbox was not connected.
    let refusal: Phrase?

    static func path(_ visit: Visit, _ provider: ProviderChoice, address: String) -> String {
        PathText.with(visit.seat.base + "/connect/with/\(provider.id)", ["address": address])
    }

    static func show(_ visit: Visit) async throws -> Response {
        let provider = try visit.provider()
        let address = visit.query["address"]
        if address.isEmpty { return visit.redirect(visit.seat.base + "/connect") }
        if try await visit.mailbox() != nil { return visit.redirect(visit.seat.base) }
        if visit.web.engine.signsPeopleIn(at: provider.id) {
            return try await ProviderSignInPage.show(visit, provider, address: address, isAgain: false)
        }
        let fields = ServerFields(ServerForm(address: address, provider), provider)
        return try visit.page(ProviderPage(visit, provider, fields))
    }

    static func connect(_ visit: Visit) async throws -> Response {
        let provider = try visit.provider()
        let form = ServerForm(visit.form)
        let password = visit.form["password"]
        do {
            let settings = try form.validated(password: password)
            let draft = MailboxDraft(
                settings: settings, password: Secret(password), provider: ProviderCatalogue.engineName)
            let mailbox = try await visit.web.engine.connect(
                draft, organization: visit.organization, user: visit.seat.user)
            try await visit.audit(.mailboxConnected, mailbox, settings.address)
            return visit.redirect(visit.seat.base, .mailboxConnected)
        } catch let problems as ServerForm.Problems {
            return try visit.page(
                ProviderPage(visit, provider, ServerFields(form, provider, problems)), status: .unprocessableContent)
        } catch let refusal as ConnectionRefusal {
            let fields = ServerFields(form, provider, trial: refusal.trial)
            return try visit.page(
                ProviderPage(visit, provider, fields, refusal: refusal.sentence), status: .unprocessableContent)
        }
    }

    private init(
        _ visit: Visit, _ provider: ProviderChoice, _ fields: ServerFields, refusal: Phrase? = nil
    ) {
        layout = visit.layout(provider.isCustom ? "Custom IMAP settings" : "Log in to \(provider.name)", .settings)
        menu = visit.menu(.mailbox)
        name = provider.name
        isCustom = provider.isCustom
        action = visit.seat.base + "/connect/with/\(provider.id)"
        addressPath = PathText.with(visit.seat.base + "/connect", ["address": fields.address])
        otherPath = PathText.with(visit.seat.base + "/connect/providers", ["address": fields.address])
        self.fields = fields
        self.refusal = refusal
    }
}

extension ConnectionRefusal {
    /// What the servers said, where they were asked.
    var trial: ConnectionTrial? {
        if case .servers(let trial) = self { trial } else { nil }
    }
}

extension Visit {
    /// The provider that the path names.
    func provider() throws -> ProviderChoice {
        guard let provider = ProviderCatalogue.find(exchange.context.parameters.get("provider") ?? "") else {
            throw WebError.notFound(.page)
        }
        return provider
    }

    func audit(_ action: AuditTrail.Action, _ mailbox: MailboxID, _ address: String) async throws {
        let (viewer, now) = (viewer.id, exchange.now)
        try await write {
            try AuditTrail.record(
                $0, $1, by: viewer, action, ["mailbox": mailbox.description, "address": address], now: now)
        }
    }
}
