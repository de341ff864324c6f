import Hummingbird
import Store

/// Marking an activity as done, and as open again.
enum ActivityActions {
    static func done(_ visit: Visit) async throws -> Response { try await set(true, .activityDone, visit) }

    static func reopen(_ visit: Visit) async throws -> Response { try await set(false, .activityReopened, visit) }

    private static func set(_ isDone: Bool, _ notice: Notice, _ visit: Visit) async throws -> Response {
        let now = visit.now
        try await visit.changeActivity { tx, organization, activity in
            _ = try Activities.setDone(tx, organization, activity.id, isDone, now: now)
        }
        return visit.redirect(visit.back(visit.form), notice)
    }
}
