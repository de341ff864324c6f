import CRM
import Hummingbird
import Mirror
import Store
import SyncEngine
import Wording

/// Which of the person's calendars their meetings and tasks appear in.
struct CalendarPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let address: String
    let isUsed: Bool
    let calendars: [Choice]
    let hasCalendars: Bool
    /// Why the calendars cannot be shown, or the choice was not taken.
    let problem: Phrase?

    static func show(_ visit: Visit) async throws -> Response { try await show(visit, problem: nil) }

    private static func show(_ visit: Visit, problem: Phrase?) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        let choice = try await visit.read { try MailboxCalendars.choice($0, $1, mailbox.id) }
        guard let choice else { return visit.redirect(visit.seat.base) }
        var calendars: [RemoteCalendar] = []
        var problem = problem
        do {
            calendars = try await visit.web.engine.calendars(of: mailbox.id, organization: visit.organization) ?? []
            if calendars.isEmpty {
                problem =
                    problem
                    ?? "This account has no calendar that may be written to. Choose none, or make one there first."
            }
        } catch let error as SourceError {
            problem = problem ?? error.sentence
        }
        let chosen = choice.calendar?.id
        let page = CalendarPage(
            layout: visit.layout("Calendar", .settings), menu: visit.menu(.mailbox), address: mailbox.address,
            // Somebody who comes from signing in has not chosen yet, and most want it.
            isUsed: choice.calendar != nil || visit.query["notice"] == Notice.mailboxConnected.rawValue,
            calendars: calendars.map { Choice($0.id, .verbatim($0.name), isChosen: $0.id == chosen) },
            hasCalendars: !calendars.isEmpty, problem: problem)
        return try visit.page(
            page, status: problem == nil || visit.request.method == .get ? .ok : .unprocessableContent)
    }

    static func save(_ visit: Visit) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        let calendar = visit.form.isChecked("use") ? visit.form["calendar"] : nil
        do {
            let isTaken = try await visit.web.engine.choose(
                calendar: calendar, of: mailbox.id, organization: visit.organization)
            if isTaken { return visit.redirect(visit.seat.base, .calendarSaved) }
            return try await show(visit, problem: "This calendar may not be written to any more. Choose another one.")
        } catch let error as SourceError {
            return try await show(visit, problem: error.sentence)
        }
    }
}
