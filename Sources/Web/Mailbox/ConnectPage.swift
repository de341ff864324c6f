import CRM
import Hummingbird
import Mail
import Store
import SyncEngine
import Wording

/// The first step of connecting a mailbox: its address.
struct ConnectPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let address: Field

    static func show(_ visit: Visit) async throws -> Response {
        if try await visit.mailbox() != nil { return visit.redirect(visit.seat.base) }
        return try visit.page(ConnectPage(visit, visit.query.optional("address") ?? visit.seat.address, nil))
    }

    static func choose(_ visit: Visit) async throws -> Response {
        let entered = visit.form["address"].trimmed
        do {
            try await visit.web.engine.precheck(entered, organization: visit.organization, user: visit.seat.user)
        } catch let refusal as ConnectionRefusal {
            return try visit.page(ConnectPage(visit, entered, refusal.sentence), status: .unprocessableContent)
        }
        let domain = EmailAddress(entered)?.domainKey ?? ""
        if let provider = ProviderCatalogue.provider(forDomain: domain) {
            return visit.redirect(ProviderPage.path(visit, provider, address: entered))
        }
        return visit.redirect(
            PathText.with(visit.seat.base + "/connect/providers", ["address": entered, "unknown": domain]))
    }

    private init(_ visit: Visit, _ address: String, _ problem: Phrase?) {
        layout = visit.layout("Connect your mailbox", .settings)
        menu = visit.menu(.mailbox)
        self.address = Field("address", address, problem)
    }
}

extension Visit {
    /// The mailbox of the seat that the page is about.
    func mailbox() async throws -> MailboxRow? {
        let user = seat.user
        return try await read { try Mailboxes.ofUser($0, $1, user) }
    }
}
