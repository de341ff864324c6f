import CRM
import Database

/// What is still to be done in the calendars of activities' owners. It is written in the transaction that changes an
/// activity, so that neither is without the other, and read by whoever writes to calendars.
///
/// Of each activity and owner there is at most one entry, the last state: an activity that is edited twice before
/// anyone reads is written once. An entry stays until it is finished, so what is done for it must be able to happen
/// again.
public enum CalendarOutbox {
    /// The texts are those in the store.
    public enum Action: String, Sendable, Hashable {
        /// The event is to be as the activity is now.
        case put
        /// The same, but the activity itself was not edited: an event that its owner has deleted is not made again.
        case refresh
        /// The event is to be gone.
        case remove
    }

    public struct Entry: Sendable, Hashable {
        /// Rises with every change, and is never used again.
        public let generation: Int64
        public let activity: ActivityID
        public let action: Action
        /// When the activity changed, in seconds since 1970 UTC.
        public let at: Int64
    }

    /// What waits for one owner, in the order in which it came, behind a generation.
    public static func waiting(
        _ tx: any Transaction, _ organization: OrganizationID, owner: UserID, after generation: Int64 = 0, limit: Int
    ) throws -> [Entry] {
        try tx.rows(
            """
            SELECT generation, activity_id, action, at FROM calendar_outbox
            WHERE organization_id = $1 AND owner_id = $2 AND generation > $3 ORDER BY generation LIMIT $4
            """, [.id(organization), .id(owner), .integer(generation), .integer(limit)]
        ) { row in
            guard let action = Action(rawValue: try row.text(2)) else {
                throw DatabaseError.misuse("calendar action \(try row.text(2))")
            }
            return Entry(
                generation: try row.integer(0), activity: try row.id(1), action: action, at: try row.integer(3))
        }
    }

    /// How many activities wait for an owner's calendar.
    public static func count(_ tx: any Transaction, _ organization: OrganizationID, owner: UserID) throws -> Int {
        Int(
            try tx.integer(
                "SELECT count(*) FROM calendar_outbox WHERE organization_id = $1 AND owner_id = $2",
                [.id(organization), .id(owner)]))
    }

    /// Takes an entry out that was done.
    ///
    /// - Returns: false where the activity changed meanwhile: its newer entry still waits.
    @discardableResult
    public static func finish(
        _ tx: any Transaction, _ organization: OrganizationID, _ entry: Entry
    ) throws -> Bool {
        try tx.execute(
            "DELETE FROM calendar_outbox WHERE organization_id = $1 AND generation = $2",
            [.id(organization), .integer(entry.generation)]) == 1
    }

    /// Notes what a change of an activity means to calendars: nothing while it is not to appear in one.
    ///
    /// - Parameters:
    ///   - before: nil for one that was just created.
    ///   - after: nil for one that was deleted.
    static func record(
        _ tx: any Transaction, _ organization: OrganizationID, from before: Activity?, to after: Activity?, now: Int64
    ) throws {
        let shown = before.flatMap { $0.showsInCalendar ? $0 : nil }
        let shows = after.flatMap { $0.showsInCalendar ? $0 : nil }
        if let shown, shown.owner != shows?.owner {
            try add(tx, organization, shown.owner, shown.id, .remove, now)
        }
        if let shows { try add(tx, organization, shows.owner, shows.id, .put, now) }
    }

    /// Notes that events are to be looked at although their activities were not edited. What waits to be put stays so, under
    /// a new generation: whoever is writing it at this moment may have read the old names.
    static func refresh(
        _ tx: any Transaction, _ organization: OrganizationID, _ owner: UserID, _ activities: [ActivityID], now: Int64
    ) throws {
        for activity in activities {
            let waiting = try tx.first(
                """
                SELECT action FROM calendar_outbox
                WHERE organization_id = $1 AND owner_id = $2 AND activity_id = $3
                """, [.id(organization), .id(owner), .id(activity)]
            ) { Action(rawValue: try $0.text(0)) }
            try add(tx, organization, owner, activity, (waiting ?? nil) ?? .refresh, now)
        }
    }

    private static func add(
        _ tx: any Transaction, _ organization: OrganizationID, _ owner: UserID, _ activity: ActivityID,
        _ action: Action, _ now: Int64
    ) throws {
        let key: [Value] = [.id(organization), .id(owner), .id(activity)]
        try tx.execute(
            "DELETE FROM calendar_outbox WHERE organization_id = $1 AND owner_id = $2 AND activity_id = $3", key)
        try tx.execute(
            """
            INSERT INTO calendar_outbox (organization_id, owner_id, activity_id, action, at) VALUES ($1, $2, $3, $4, $5)
            """, key + [.text(action.rawValue), .integer(now)])
    }
}
