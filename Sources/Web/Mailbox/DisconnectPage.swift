import CRM
import Hummingbird
import Store

/// Asks before a mailbox is disconnected.
struct DisconnectPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let address: String

    static func show(_ visit: Visit) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        return try visit.page(
            DisconnectPage(
                layout: visit.layout("Disconnect your mailbox?", .settings), menu: visit.menu(.mailbox),
                address: mailbox.address))
    }

    static func disconnect(_ visit: Visit) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        try await visit.web.engine.disconnect(mailbox.id, organization: visit.organization)
        try await visit.audit(.mailboxDisconnected, mailbox.id, mailbox.address)
        return visit.redirect(visit.seat.base, .mailboxDisconnected)
    }
}
