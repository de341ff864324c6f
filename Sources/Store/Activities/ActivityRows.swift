import CRM
import Database

/// How activities lie in their tables.
enum ActivityRows {
    static let day: Int64 = 86_400

    static func find(
        _ tx: any Transaction, _ organization: OrganizationID, _ activity: ActivityID
    ) throws -> Activity? {
        try tx.first(
            """
            SELECT id, kind, title, is_all_day, starts_at, ends_at, account_id, notes, owner_id, done_at,
                shows_in_calendar, created_at, updated_at, created_by
            FROM activities WHERE organization_id = $1 AND id = $2
            """, [.id(organization), .id(activity)]
        ) { row in
            Activity(
                id: try row.id(0), kind: try kind(row.text(1)), title: try row.text(2), time: try time(row, at: 3),
                contacts: try contacts(tx, organization, activity), account: try row.optionalID(6),
                notes: try row.text(7), owner: try row.id(8), doneAt: try row.optionalInteger(9),
                showsInCalendar: try row.bool(10), createdAt: try row.integer(11), updatedAt: try row.integer(12),
                planner: try row.optionalID(13))
        }
    }

    private static func contacts(
        _ tx: any Transaction, _ organization: OrganizationID, _ activity: ActivityID
    ) throws -> [ContactID] {
        try tx.rows(
            """
            SELECT contact_id FROM activity_contacts WHERE organization_id = $1 AND activity_id = $2
            ORDER BY position, contact_id
            """, [.id(organization), .id(activity)]
        ) { try $0.id(0) }
    }

    static func replaceContacts(
        _ tx: any Transaction, _ organization: OrganizationID, _ activity: ActivityID, with contacts: [ContactID]
    ) throws {
        try tx.execute(
            "DELETE FROM activity_contacts WHERE organization_id = $1 AND activity_id = $2",
            [.id(organization), .id(activity)])
        for (position, contact) in contacts.enumerated() {
            try tx.execute(
                """
                INSERT INTO activity_contacts (organization_id, activity_id, contact_id, position)
                VALUES ($1, $2, $3, $4)
                """, [.id(organization), .id(activity), .id(contact), .integer(position)])
        }
    }

    // MARK: Columns

    static func kind(_ text: String) throws -> ActivityKind {
        guard let kind = ActivityKind(rawValue: text) else { throw DatabaseError.misuse("activity kind \(text)") }
        return kind
    }

    /// From the columns is_all_day, starts_at and ends_at, which follow one another.
    static func time(_ row: Row, at index: Int) throws -> ActivityTime {
        let (start, end) = (try row.integer(index + 1), try row.integer(index + 2))
        guard try row.bool(index) else { return .timed(start: start, end: end) }
        return .days(first: CalendarDay(rawValue: start / day), last: CalendarDay(rawValue: end / day - 1))
    }

    /// is_all_day, starts_at, ends_at.
    static func columns(_ time: ActivityTime) -> [Value] {
        switch time {
        case .timed(let start, let end): [.bool(false), .integer(start), .integer(end)]
        case .days(let first, let last):
            [.bool(true), .integer(first.rawValue * day), .integer((last.rawValue + 1) * day)]
        }
    }
}
