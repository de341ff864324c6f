public import Foundation

extension Mailbox {
    public func calendar(_ id: MailboxCalendar.ID) -> MailboxCalendar? { calendars.first { $0.id == id } }

    public var defaultCalendar: MailboxCalendar {
        guard let calendar = calendars.first(where: \.isDefault) else {
            preconditionFailure("A mailbox is made with a default calendar, which is never deleted.")
        }
        return calendar
    }

    @discardableResult
    public mutating func createCalendar(
        _ name: String, canEdit: Bool = true, owner: MailboxAddress? = nil
    ) -> MailboxCalendar.ID {
        var calendar = MailboxCalendar(id: .init(rawValue: nextNumber()), name: name, isDefault: false)
        calendar.canEdit = canEdit
        calendar.owner = owner
        calendars.append(calendar)
        return calendar.id
    }

    /// Takes the calendar away, with its events. The default calendar stays.
    public mutating func deleteCalendar(_ id: MailboxCalendar.ID) {
        guard calendar(id)?.isDefault == false else { return }
        for event in events.values.filter({ $0.calendar == id }).map(\.id).sorted() { deleteEvent(event) }
        calendars.removeAll { $0.id == id }
    }

    /// The events of a calendar, in the order of their beginning.
    public func events(in calendar: MailboxCalendar.ID) -> [MailboxEvent] {
        events.values.filter { $0.calendar == calendar }.sorted {
            ($0.content.start, $0.id) < ($1.content.start, $1.id)
        }
    }

    @discardableResult
    public mutating func createEvent(
        _ content: MailboxEvent.Content, in calendar: MailboxCalendar.ID, transaction: String? = nil,
        properties: [String: String] = [:], at time: Date
    ) -> MailboxEvent.ID {
        let event = MailboxEvent(
            id: .init(rawValue: nextNumber()), calendar: calendar, content: content, created: time, modified: time,
            transaction: transaction, properties: properties)
        events[event.id] = event
        note(.event(event.id), from: nil, to: calendar.rawValue)
        return event.id
    }

    public mutating func changeEvent(
        _ id: MailboxEvent.ID, to content: MailboxEvent.Content, properties: [String: String]? = nil, at time: Date
    ) throws(SandboxError) {
        guard var event = events[id] else { throw .noEvent("\(id.rawValue)") }
        event.content = content
        if let properties { event.properties = properties }
        event.version += 1
        event.modified = time
        events[id] = event
        note(.event(id), from: event.calendar.rawValue, to: event.calendar.rawValue)
    }

    /// Takes the event out of its calendar. One that is not there changes nothing.
    public mutating func deleteEvent(_ id: MailboxEvent.ID) {
        guard let event = events.removeValue(forKey: id) else { return }
        note(.event(id), from: event.calendar.rawValue, to: nil)
    }
}
