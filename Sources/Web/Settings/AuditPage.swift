import CRM
import Hummingbird
import Store
import Wording

/// What was done that others may one day ask about, newest first.
struct AuditPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let entries: [Line]
    let older: String?
    let isFirst: Bool
    let hasMore: Bool

    struct Line: Sendable {
        let person: Person?
        let sentence: Phrase
        let at: Moment
    }

    private static let pageSize = 50

    static func show(_ visit: Visit) async throws -> Response {
        let key = visit.query.optional("before").flatMap { AuditTrail.Key($0) }
        let (entries, users) = try await visit.read { tx, organization in
            (
                try AuditTrail.list(tx, organization, before: key, limit: Self.pageSize + 1),
                try Users.list(tx, organization)
            )
        }
        let names = Dictionary(uniqueKeysWithValues: users.map { ($0.id, $0.name) })
        let shown = entries.prefix(Self.pageSize)
        let dates = visit.dates
        return try visit.page(
            AuditPage(
                layout: visit.layout("Audit", .settings), menu: visit.menu(.audit),
                entries: shown.map { entry in
                    let name = entry.user.flatMap { names[$0] }
                    return Line(
                        person: name.map { Person($0) }, sentence: AuditSentence.of(entry), at: dates.moment(entry.at))
                },
                older: entries.count > Self.pageSize
                    ? shown.last.map { PathText.with("/settings/audit", ["before": $0.key.description]) } : nil,
                isFirst: key == nil, hasMore: key != nil || entries.count > Self.pageSize))
    }
}
