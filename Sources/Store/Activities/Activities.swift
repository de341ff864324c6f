import CRM
import Database
import Wording

/// Queries on activities, the meetings and tasks of an organisation's people. Everyone in the organisation may read
/// them; who may change one, the caller asks `User.mayChange(_:)`. Each change is told to open pages, and put
/// into the ``CalendarOutbox`` where the activity is to appear in a calendar.
public enum Activities {
    /// - Parameter planner: who plans it, for themselves or for a colleague.
    /// - Throws: ``ActivityError``.
    public static func create(
        _ tx: any Transaction, _ organization: OrganizationID, _ activity: ValidActivity, by planner: UserID? = nil,
        now: Int64
    ) throws -> ActivityID {
        try requireWhatItNames(tx, organization, activity)
        let id = ActivityID(
            try tx.insertReturningID(
                """
                INSERT INTO activities (organization_id, kind, title, account_id, notes, owner_id, shows_in_calendar,
                    is_all_day, starts_at, ends_at, created_at, updated_at, created_by)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12) RETURNING id
                """, [.id(organization)] + fields(activity) + [.integer(now), .id(planner)]))
        try ActivityRows.replaceContacts(tx, organization, id, with: activity.contacts)
        try changed(tx, organization, from: nil, to: try find(tx, organization, id), now: now)
        return id
    }

    /// Changes an activity. Where nothing is other than before, nothing is told to anyone.
    ///
    /// - Returns: false when there is no such activity.
    /// - Throws: ``ActivityError``.
    @discardableResult
    public static func update(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ActivityID, _ activity: ValidActivity, now: Int64
    ) throws -> Bool {
        guard let before = try find(tx, organization, id) else { return false }
        if activity.isSame(as: before) { return true }
        try requireWhatItNames(tx, organization, activity)
        try changing(tx, organization, before, now: now) {
            try tx.execute(
                """
                UPDATE activities SET kind = $2, title = $3, account_id = $4, notes = $5, owner_id = $6,
                    shows_in_calendar = $7, is_all_day = $8, starts_at = $9, ends_at = $10, updated_at = $11
                WHERE organization_id = $1 AND id = $12
                """, [.id(organization)] + fields(activity) + [.integer(now), .id(id)])
            try ActivityRows.replaceContacts(tx, organization, id, with: activity.contacts)
        }
        return true
    }

    /// Marks an activity as done, or as open again.
    ///
    /// - Returns: false when there is no such activity.
    @discardableResult
    public static func setDone(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ActivityID, _ isDone: Bool, now: Int64
    ) throws -> Bool {
        guard let before = try find(tx, organization, id) else { return false }
        if before.isDone == isDone { return true }
        try changing(tx, organization, before, now: now) {
            try tx.execute(
                "UPDATE activities SET done_at = $3, updated_at = $4 WHERE organization_id = $1 AND id = $2",
                [.id(organization), .id(id), isDone ? .integer(now) : .null, .integer(now)])
        }
        return true
    }

    public static func delete(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ActivityID, now: Int64
    ) throws {
        guard let before = try find(tx, organization, id) else { return }
        try changing(tx, organization, before, now: now) {
            try ActivityRows.replaceContacts(tx, organization, id, with: [])
            try tx.execute(
                "DELETE FROM activities WHERE organization_id = $1 AND id = $2", [.id(organization), .id(id)])
        }
    }

    public static func find(
        _ tx: any Transaction, _ organization: OrganizationID, _ activity: ActivityID
    ) throws -> Activity? {
        try ActivityRows.find(tx, organization, activity)
    }

    // MARK: -

    /// Makes a change of an activity, and tells of it.
    static func changing(
        _ tx: any Transaction, _ organization: OrganizationID, _ before: Activity, now: Int64,
        _ change: () throws -> Void
    ) throws {
        try change()
        try changed(tx, organization, from: before, to: try find(tx, organization, before.id), now: now)
    }

    private static func fields(_ activity: ValidActivity) -> [Value] {
        [
            .text(activity.kind.rawValue), .text(activity.title), .id(activity.account), .text(activity.notes),
            .id(activity.owner), .bool(activity.showsInCalendar),
        ] + ActivityRows.columns(activity.time)
    }

    private static func changed(
        _ tx: any Transaction, _ organization: OrganizationID, from before: Activity?, to after: Activity?, now: Int64
    ) throws {
        try CalendarOutbox.record(tx, organization, from: before, to: after, now: now)
        try ActivityChanges.tell(tx, organization, from: before, to: after, now: now)
    }

    private static func requireWhatItNames(
        _ tx: any Transaction, _ organization: OrganizationID, _ activity: ValidActivity
    ) throws {
        let contacts = try ContactList.names(tx, organization, activity.contacts)
        if contacts.count < activity.contacts.count { throw ActivityError.noSuchContact }
        if let account = activity.account, try Accounts.find(tx, organization, account) == nil {
            throw ActivityError.noSuchAccount
        }
        if try Users.find(tx, organization, activity.owner) == nil { throw ActivityError.noSuchOwner }
    }
}

extension ValidActivity {
    fileprivate func isSame(as activity: Activity) -> Bool {
        kind == activity.kind && title == activity.title && time == activity.time && contacts == activity.contacts
            && account == activity.account && notes == activity.notes && owner == activity.owner
            && showsInCalendar == activity.showsInCalendar
    }
}

/// Why an activity cannot be saved. Nothing of it was.
public enum ActivityError: Error, Hashable, Sendable {
    case noSuchContact
    case noSuchAccount
    case noSuchOwner

    public var sentence: Phrase {
        switch self {
        case .noSuchContact: "One of the chosen contacts no longer exists and was taken off the list. Save again."
        case .noSuchAccount: "The chosen account no longer exists. Choose another, or none."
        case .noSuchOwner: "The chosen person has no seat here. Choose somebody else."
        }
    }
}
