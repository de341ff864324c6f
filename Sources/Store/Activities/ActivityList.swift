import CRM
import Database

/// Queries for lists of activities.
public enum ActivityList {
    /// Those that are not done, the earliest first.
    ///
    /// - Parameter key: the page before's ``ActivityPage/next``.
    public static func open(
        _ tx: any Transaction, _ organization: OrganizationID, _ scope: ActivityScope, after key: ActivityKey? = nil,
        limit: Int
    ) throws -> ActivityPage {
        let rows = Rows(scope, tx.dialect, bind: "$5")
        return try page(
            tx, organization, limit: limit,
            """
            \(rows.select) WHERE \(rows.condition) AND t.done_at IS NULL AND (t.starts_at, t.id) > ($2, $3)
            ORDER BY t.starts_at, t.id LIMIT $4
            """,
            [.integer(key?.time ?? .min), .integer(key?.activity.rawValue ?? 0), .integer(limit + 1)] + rows.binds
        ) { ActivityKey(time: $0.start, activity: $0.id) }
    }

    /// Those that are done, the last first.
    public static func done(
        _ tx: any Transaction, _ organization: OrganizationID, _ scope: ActivityScope, after key: ActivityKey? = nil,
        limit: Int
    ) throws -> ActivityPage {
        let rows = Rows(scope, tx.dialect, bind: "$5")
        return try page(
            tx, organization, limit: limit,
            """
            \(rows.select) WHERE \(rows.condition) AND t.done_at IS NOT NULL AND (t.done_at, t.id) < ($2, $3)
            ORDER BY t.done_at DESC, t.id DESC LIMIT $4
            """,
            [.integer(key?.time ?? .max), .integer(key?.activity.rawValue ?? .max), .integer(limit + 1)] + rows.binds
        ) { ActivityKey(time: $0.doneAt ?? 0, activity: $0.id) }
    }

    /// Those that touch some days, open or done, the earliest first.
    ///
    /// - Parameters:
    ///   - from: when the first of the days begins in the viewer's zone, in seconds since 1970 UTC; `until` is when the
    ///     last is over.
    ///   - limit: more than this are left out.
    public static func during(
        _ tx: any Transaction, _ organization: OrganizationID, _ scope: ActivityScope, from: Int64, until: Int64,
        days: ClosedRange<CalendarDay>, limit: Int
    ) throws -> [ListedActivity] {
        let rows = Rows(scope, tx.dialect, bind: "$9")
        let (first, last) = (
            days.lowerBound.rawValue * ActivityRows.day, (days.upperBound.rawValue + 1) * ActivityRows.day
        )
        // No activity is longer, so none that began before touches the days; a day more for clocks that change.
        let earliest = min(from, first) - Int64(ActivityForm.lengthLimit + 1) * ActivityRows.day
        return try page(
            tx, organization, limit: limit,
            """
            \(rows.select) WHERE \(rows.condition) AND t.starts_at >= $2 AND t.starts_at < $3 AND (
                (t.is_all_day = 0 AND t.starts_at < $6 AND (t.ends_at > $5 OR t.starts_at >= $5))
                OR (t.is_all_day = 1 AND t.starts_at < $8 AND t.ends_at > $7))
            ORDER BY t.starts_at, t.id LIMIT $4
            """,
            [
                .integer(earliest), .integer(max(until, last)), .integer(limit + 1), .integer(from), .integer(until),
                .integer(first), .integer(last),
            ] + rows.binds
        ) { ActivityKey(time: $0.start, activity: $0.id) }.activities
    }

    // MARK: -

    /// Where the activities of a scope are read from. $1 is the organisation, `bind` what ``binds`` holds.
    private struct Rows {
        let scope: ActivityScope
        let bind: String
        let select: String

        init(_ scope: ActivityScope, _ dialect: Dialect, bind: String) {
            self.scope = scope
            self.bind = bind
            let ordered = dialect.joinInOrder
            let source =
                switch scope {
                case .everyone, .owner: "activities t"
                case .contact:
                    """
                    activity_contacts x \(ordered) activities t
                    ON t.organization_id = x.organization_id AND t.id = x.activity_id
                    """
                case .account:
                    """
                    (SELECT o.id AS activity_id FROM activities o
                    WHERE o.organization_id = $1 AND o.account_id = \(bind)
                    UNION SELECT y.activity_id FROM contacts c \(ordered) activity_contacts y
                    ON y.organization_id = c.organization_id AND y.contact_id = c.id
                    WHERE c.organization_id = $1 AND c.account_id = \(bind)) x
                    \(ordered) activities t ON t.id = x.activity_id
                    """
                }
            select = """
                SELECT t.id, t.kind, t.title, t.is_all_day, t.starts_at, t.ends_at, t.account_id, p.name, t.owner_id,
                    u.name, t.done_at, t.shows_in_calendar, t.created_by
                FROM \(source)
                \(ordered) users u ON u.organization_id = t.organization_id AND u.id = t.owner_id
                LEFT JOIN accounts p ON p.organization_id = t.organization_id AND p.id = t.account_id
                """
        }

        var condition: String {
            switch scope {
            case .everyone: "t.organization_id = $1"
            case .owner: "t.organization_id = $1 AND t.owner_id = \(bind)"
            case .contact: "x.organization_id = $1 AND x.contact_id = \(bind)"
            case .account: "t.organization_id = $1"
            }
        }

        var binds: [Value] {
            switch scope {
            case .everyone: []
            case .owner(let owner): [.id(owner)]
            case .contact(let contact): [.id(contact)]
            case .account(let account): [.id(account)]
            }
        }
    }

    private struct Place {
        let id: ActivityID
        let start: Int64
        let doneAt: Int64?
    }

    private static func page(
        _ tx: any Transaction, _ organization: OrganizationID, limit: Int, _ sql: String, _ binds: [Value],
        key: (Place) -> ActivityKey
    ) throws -> ActivityPage {
        var places: [Place] = []
        var listed = try tx.rows(sql, [.id(organization)] + binds) { row in
            places.append(
                Place(id: try row.id(0), start: try row.integer(4), doneAt: try row.optionalInteger(10)))
            return ListedActivity(
                id: try row.id(0), kind: try ActivityRows.kind(row.text(1)), title: try row.text(2),
                time: try ActivityRows.time(row, at: 3), account: try row.optionalID(6),
                accountName: try row.optionalText(7), owner: try row.id(8), ownerName: try row.text(9),
                doneAt: try row.optionalInteger(10), showsInCalendar: try row.bool(11),
                planner: try row.optionalID(12))
        }
        let hasMore = listed.count > limit
        if hasMore { listed.removeLast(listed.count - limit) }
        let names = try contacts(tx, organization, of: listed.map(\.id))
        for index in listed.indices { listed[index].contacts = names[listed[index].id] ?? [] }
        return ActivityPage(activities: listed, next: hasMore && limit > 0 ? key(places[limit - 1]) : nil)
    }

    private static func contacts(
        _ tx: any Transaction, _ organization: OrganizationID, of activities: [ActivityID]
    ) throws -> [ActivityID: [ListedActivity.Named]] {
        var order: [(activity: ActivityID, contact: ContactID)] = []
        try tx.query(
            """
            SELECT x.activity_id, x.contact_id FROM activity_contacts x
            WHERE x.organization_id = $1 AND x.activity_id \(tx.dialect.inIntegers("$2"))
            ORDER BY x.activity_id, x.position, x.contact_id
            """, [.id(organization), .ids(activities)]
        ) { order.append((try $0.id(0), try $0.id(1))) }
        let names = try ContactList.names(tx, organization, Set(order.map(\.contact)))
        var listed: [ActivityID: [ListedActivity.Named]] = [:]
        for (activity, contact) in order {
            guard let name = names[contact] else { continue }
            listed[activity, default: []].append(ListedActivity.Named(id: contact, name: name))
        }
        return listed
    }
}
