import CRM
import Wording

/// The calendars of one person at one provider, written to and never read: nothing of them reaches the CRM but whether an
/// event that Mailcard made is still there.
///
/// Failures are ``SourceError``, or a ``CalendarFault`` where it is the calendar's or the event's own.
public protocol CalendarTarget: Sendable {
    /// Those that the person may write to, the person's own first.
    func calendars() async throws -> [RemoteCalendar]

    /// Makes an event under a mark, without attendees, so that nobody is invited.
    ///
    /// The provider makes one event only however often the same mark is sent, and in whatever order that arrives.
    func create(_ event: CalendarEvent, mark: String, in calendar: String) async throws -> String

    /// The event that was made under a mark; nil where the calendar has none.
    func find(mark: String, in calendar: String) async throws -> String?

    /// - Returns: false where the event is not there any more.
    func update(_ id: String, to event: CalendarEvent) async throws -> Bool

    /// - Returns: false where the event was not there any more.
    func remove(_ id: String) async throws -> Bool
}

/// A calendar of a person.
public struct RemoteCalendar: Codable, Hashable, Sendable {
    /// As the provider calls it; opaque.
    public let id: String
    public let name: String

    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// An event as it is to stand in a calendar.
public struct CalendarEvent: Hashable, Sendable {
    public var title: String
    /// Plain text, line ends `\n`.
    public var text: String
    public var time: ActivityTime
    /// The IANA name of the zone in which its owner lives: whole days are days there.
    public var timeZone: String
    /// Whether its owner is busy meanwhile.
    public var isBusy: Bool

    public init(title: String, text: String, time: ActivityTime, timeZone: String, isBusy: Bool) {
        self.title = title
        self.text = text
        self.time = time
        self.timeZone = timeZone
        self.isBusy = isBusy
    }
}

/// What is wrong with a calendar or an event alone.
public enum CalendarFault: Error, Hashable, Sendable {
    /// The calendar was deleted, or may not be written to any more.
    case calendarMissing
    /// The provider does not take the event, whenever it is sent.
    case eventRefused(Phrase)
}
