import CRM
import Hummingbird
import Store

/// Asks before an activity is deleted.
struct ActivityDeletePage: Page {
    static let module = "Activities"
    let layout: Layout
    let id: String
    let title: String
    let showsInCalendar: Bool
    let back: String
    /// The page of the activity.
    let path: String

    static func show(_ visit: Visit) async throws -> Response {
        let activity = try await visit.changeableActivity()
        let back = visit.back(visit.query)
        return try visit.page(
            ActivityDeletePage(
                layout: visit.layout("Delete \(activity.title)?", .tasks), id: activity.id.description,
                title: activity.title, showsInCalendar: activity.showsInCalendar, back: back,
                path: PathText.with("/activities/\(activity.id)", ["back": back])))
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let now = visit.now
        try await visit.changeActivity { tx, organization, activity in
            try Activities.delete(tx, organization, activity.id, now: now)
        }
        return visit.redirect(visit.back(visit.form), .activityDeleted)
    }
}
