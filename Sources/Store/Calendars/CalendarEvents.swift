import CRM
import Database
import Mirror

/// What is known of the events that were made for activities in their owners' calendars.
public enum CalendarEvents {
    /// Whose calendar, at which account.
    public struct Holder: Hashable, Sendable {
        public let owner: UserID
        /// As ``MailboxRow/account`` has it.
        public let account: String

        public init(owner: UserID, account: String) {
            self.owner = owner
            self.account = account
        }
    }

    public static func find(
        _ tx: any Transaction, _ organization: OrganizationID, _ holder: Holder, _ activity: ActivityID
    ) throws -> EventRecord? {
        try tx.first(
            """
            SELECT mark, calendar, state, remote_id, asked_at FROM calendar_events
            WHERE organization_id = $1 AND owner_id = $2 AND account = $3 AND activity_id = $4
            """, key(organization, holder, activity), as: record)
    }

    /// Stores what is known; nil forgets it.
    public static func set(
        _ tx: any Transaction, _ organization: OrganizationID, _ holder: Holder, _ activity: ActivityID,
        _ record: EventRecord?
    ) throws {
        guard let record else {
            try tx.execute(
                """
                DELETE FROM calendar_events
                WHERE organization_id = $1 AND owner_id = $2 AND account = $3 AND activity_id = $4
                """, key(organization, holder, activity))
            return
        }
        let (state, id, askedAt): (String, Value, Value) =
            switch record.state {
            case .planned: ("planned", .null, .null)
            case .asked(let time): ("asked", .null, .integer(time))
            case .standing(let id): ("standing", .text(id), .null)
            case .leaving(let id): ("leaving", .text(id), .null)
            case .deletedByPerson: ("deleted", .null, .null)
            }
        try tx.execute(
            """
            INSERT INTO calendar_events
                (organization_id, owner_id, account, activity_id, mark, calendar, state, remote_id, asked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (organization_id, owner_id, account, activity_id) DO UPDATE SET mark = excluded.mark,
                calendar = excluded.calendar, state = excluded.state, remote_id = excluded.remote_id,
                asked_at = excluded.asked_at
            """,
            key(organization, holder, activity) + [
                .text(record.mark), .text(record.calendar), .text(state), id, askedAt,
            ])
    }

    /// How many activities have an event there, or may have one.
    public static func count(_ tx: any Transaction, _ organization: OrganizationID, _ holder: Holder) throws -> Int {
        Int(
            try tx.integer(
                """
                SELECT count(*) FROM calendar_events
                WHERE organization_id = $1 AND owner_id = $2 AND account = $3 AND state <> 'deleted'
                """, [.id(organization), .id(holder.owner), .text(holder.account)]))
    }

    static func activities(
        _ tx: any Transaction, _ organization: OrganizationID, _ holder: Holder
    ) throws -> [ActivityID] {
        try tx.rows(
            """
            SELECT activity_id FROM calendar_events WHERE organization_id = $1 AND owner_id = $2 AND account = $3
            """, [.id(organization), .id(holder.owner), .text(holder.account)]
        ) { try $0.id(0) }
    }

    private static func key(
        _ organization: OrganizationID, _ holder: Holder, _ activity: ActivityID
    ) -> [Value] {
        [.id(organization), .id(holder.owner), .text(holder.account), .id(activity)]
    }

    private static func record(_ row: Row) throws -> EventRecord {
        let text = try row.text(2)
        let state: EventRecord.State
        switch (text, try row.optionalText(3), try row.optionalInteger(4)) {
        case ("planned", _, _): state = .planned
        case ("asked", _, let time?): state = .asked(at: time)
        case ("standing", let id?, _): state = .standing(id)
        case ("leaving", let id?, _): state = .leaving(id)
        case ("deleted", _, _): state = .deletedByPerson
        default: throw DatabaseError.misuse("calendar event \(text)")
        }
        return EventRecord(mark: try row.text(0), calendar: try row.text(1), state: state)
    }
}
