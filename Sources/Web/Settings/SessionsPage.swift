import CRM
import Hummingbird
import Store
import Wording

/// Where a person is signed in.
struct SessionsPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let sessions: [Line]

    struct Line: Sendable {
        let id: String
        let browser: Phrase
        let lastSeen: Moment
        let begun: Moment
        let isThis: Bool
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (viewer, now) = (visit.viewer, visit.now)
        let sessions = try await visit.read { try Sessions.list($0, $1, viewer.id, now: now) }
        let dates = visit.dates
        let lines = sessions.map { session in
            Line(
                id: session.id.description, browser: BrowserName.of(session.userAgent),
                lastSeen: dates.moment(session.lastSeenAt), begun: dates.moment(session.createdAt),
                isThis: session.id == viewer.session.id)
        }
        return try visit.page(
            SessionsPage(layout: visit.layout("Sessions", .settings), menu: visit.menu(.sessions), sessions: lines))
    }

    static func end(_ visit: Visit) async throws -> Response {
        let session: SessionID = try visit.id("session")
        let viewer = visit.viewer
        try await visit.write { try Sessions.end($0, $1, viewer.id, session) }
        await visit.sessionsEnded()
        return session == viewer.session.id
            ? visit.redirect("/sign-in", .signedOut) : visit.redirect("/settings/sessions", .sessionEnded)
    }
}
