import Foundation

/// `calendars`, `calendar`, `events`, `calendarView`.
struct CalendarDesk: Sendable {
    let context: GraphContext

    /// What a page holds where the client does not say (List events).
    private static let standardPage = 10

    /// - Parameter path: its first word in small letters.
    func answer(_ path: [String], in mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        try context.needs("Calendars.Read")
        switch path[0] {
        case "calendars":
            guard path.count > 1 else { return try calendars(in: &mailbox) }
            let id = try context.number(path[1], .calendar)
            guard let calendar = mailbox.calendar(.init(rawValue: id.number)) else { throw .itemNotFound }
            return try answer(for: calendar, Array(path.dropFirst(2)), in: &mailbox)
        case "calendar": return try answer(for: mailbox.defaultCalendar, Array(path.dropFirst()), in: &mailbox)
        case "events" where path.count > 1: return try EventDesk(context: context).answer(path[1], in: &mailbox)
        default: return try answer(for: mailbox.defaultCalendar, path, in: &mailbox)
        }
    }

    private func answer(
        for calendar: MailboxCalendar, _ path: [String], in mailbox: inout Mailbox
    ) throws(GraphError) -> SandboxAnswer {
        switch (path.first?.lowercased(), context.request.method) {
        case (nil, "GET"):
            var body = try CalendarRepresentation(calendar: calendar, context: context).json()
            body["@odata.context"] = context.context("calendars/$entity")
            return .json(body)
        case (nil, "DELETE"):
            try context.needs("Calendars.ReadWrite")
            guard !calendar.isDefault else { throw .accessDenied }
            mailbox.deleteCalendar(calendar.id)
            return .empty(204)
        case ("events", _) where path.count == 2: return try EventDesk(context: context).answer(path[1], in: &mailbox)
        case ("events", "POST"): return try EventDesk(context: context).create(in: calendar, &mailbox)
        case ("events", "GET"): return try list(mailbox.events(in: calendar.id), of: calendar, in: mailbox)
        case ("calendarview", "GET"): return try list(try view(of: calendar, in: mailbox), of: calendar, in: mailbox)
        case (let word?, _): throw .noSegment(word)
        default: throw .methodNotAllowed
        }
    }

    private func calendars(in mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        switch context.request.method {
        case "GET":
            var found: [JSONValue] = []
            for calendar in mailbox.calendars {
                found.append(try CalendarRepresentation(calendar: calendar, context: context).json())
            }
            return try GraphPage(context: context, name: "calendars", standard: Self.standardPage).answer(found)
        case "POST":
            try context.needs("Calendars.ReadWrite")
            guard let name = try context.json()["name"]?.string, !name.isEmpty else {
                throw .badRequest("ErrorInvalidRequest", "The calendar needs a name.")
            }
            guard !mailbox.calendars.contains(where: { $0.name == name }) else {
                throw GraphError(
                    status: 409, code: "ErrorFolderExists", message: "A folder with the specified name already exists.")
            }
            let id = mailbox.createCalendar(name)
            guard let calendar = mailbox.calendar(id) else { throw .itemNotFound }
            var body = try CalendarRepresentation(calendar: calendar, context: context).json()
            body["@odata.context"] = context.context("calendars/$entity")
            return .json(body, status: 201)
        default: throw .methodNotAllowed
        }
    }

    private func view(of calendar: MailboxCalendar, in mailbox: Mailbox) throws(GraphError) -> [MailboxEvent] {
        guard let start = context.query["startdatetime"].flatMap({ GraphTime.date(local: $0, in: .gmt) }),
            let end = context.query["enddatetime"].flatMap({ GraphTime.date(local: $0, in: .gmt) })
        else {
            throw .badRequest(
                "ErrorInvalidParameter",
                "This request requires a time window specified by the query string parameters StartDateTime and "
                    + "EndDateTime."
            )
        }
        return mailbox.events(in: calendar.id).filter { $0.content.start < end && $0.content.end > start }
    }

    private func list(
        _ events: [MailboxEvent], of calendar: MailboxCalendar, in mailbox: Mailbox
    ) throws(GraphError) -> SandboxAnswer {
        var found: [EventRepresentation] = []
        let filter = try context.query["filter"].map { text throws(GraphError) in try ODataFilter(text) }
        for event in events {
            let item = EventRepresentation(event: event, mailbox: mailbox, context: context)
            if try filter?.matches({ item.property($0) }) ?? true { found.append(item) }
        }
        let name = calendar.isDefault ? "events" : "calendars('\(context.id(of: calendar.id))')/events"
        return try GraphPage(context: context, name: name, standard: Self.standardPage).answer(count: found.count) {
            range throws(GraphError) in
            var items: [JSONValue] = []
            for item in found[range] { items.append(try item.json()) }
            return items
        }
    }
}
