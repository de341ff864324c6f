import CRM
import Database
import Foundation
import Store

extension Visit {
    /// The viewer's; UTC stands in for one that this system does not know.
    var zone: TimeZone { TimeZone(identifier: viewer.user.timeZone) ?? .gmt }

    var activityTimes: ActivityTimeText { ActivityTimeText(zone: zone, now: exchange.now) }

    /// The page of this site that a link or a form names to come back to; the list of tasks without one.
    func back(_ fields: FormFields) -> String { PathText.local(fields["back"]) ?? "/tasks" }

    /// Changes the activity that the path names.
    ///
    /// - Throws: ``WebError`` where there is none, or the viewer may not change it.
    @discardableResult
    func changeActivity<T: Sendable>(
        _ body: @escaping @Sendable (any Transaction, OrganizationID, Activity) throws -> T
    ) async throws -> T {
        let (id, user): (ActivityID, User) = (try id("activity"), viewer.user)
        return try await write { tx, organization in
            guard let activity = try Activities.find(tx, organization, id) else { throw WebError.notFound(.activity) }
            guard user.mayChange(activity) else { throw WebError.colleaguesActivity }
            return try body(tx, organization, activity)
        }
    }

    /// The activity that the path names.
    ///
    /// - Throws: ``WebError`` where there is none, or the viewer may not change it.
    func changeableActivity() async throws -> Activity {
        let id: ActivityID = try id("activity")
        guard let activity = try await read({ try Activities.find($0, $1, id) }) else {
            throw WebError.notFound(.activity)
        }
        guard viewer.user.mayChange(activity) else { throw WebError.colleaguesActivity }
        return activity
    }
}
