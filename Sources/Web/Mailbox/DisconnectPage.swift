import CRM
import Hummingbird
import Mirror
import Store
import SyncEngine
import Wording

/// Asks before a mailbox is disconnected.
struct DisconnectPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let address: String
    /// What Mailcard made in the calendar; nil where that is nothing.
    let events: Phrase?
    let problem: Phrase?

    static func show(_ visit: Visit) async throws -> Response { try await show(visit, problem: nil) }

    private static func show(_ visit: Visit, problem: Phrase?) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        let count = try await visit.read { tx, organization in
            guard let choice = try MailboxCalendars.choice(tx, organization, mailbox.id) else { return 0 }
            return try CalendarEvents.count(tx, organization, choice.holder)
        }
        let page = DisconnectPage(
            layout: visit.layout("Disconnect your mailbox?", .settings), menu: visit.menu(.mailbox),
            address: mailbox.address,
            events: count == 0
                ? nil
                : .counting(
                    count, one: "Also remove the \(count: count) event that Mailcard made in your calendar",
                    other: "Also remove the \(count: count) events that Mailcard made in your calendar"),
            problem: problem)
        return try visit.page(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    static func disconnect(_ visit: Visit) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        if visit.form.isChecked("events") {
            do {
                let left = try await visit.web.engine.removeEvents(of: mailbox.id, organization: visit.organization)
                if left > 0 {
                    return try await show(
                        visit,
                        problem:
                            "Not all events could be removed yet. Try again in a minute, or disconnect and leave them.")
                }
            } catch let error as SourceError {
                return try await show(visit, problem: error.sentence)
            }
        }
        try await visit.web.engine.disconnect(mailbox.id, organization: visit.organization)
        try await visit.audit(.mailboxDisconnected, mailbox.id, mailbox.address)
        return visit.redirect(visit.seat.base, .mailboxDisconnected)
    }
}
