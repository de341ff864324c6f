/// The calendars of one person at a provider, to write to. Nothing is read but what was written from here: there is no way to
/// learn of anybody else's events.
///
/// Every failure is a ``SourceError``. Each request may have had its effect although no answer came, so that it is made
/// again; all of them can be.
public protocol CalendarTarget: Sendable {
    /// Those that the person may write to.
    func calendars() async throws -> [RemoteCalendar]

    /// Makes an event, without inviting anyone. Where an earlier request with the same mark was carried out, its event is
    /// brought to the same state and no second one is made.
    func create(_ event: CalendarEvent, mark: EventMark, in calendar: RemoteCalendar.ID) async throws -> RemoteEventID

    /// - Returns: false where there is no such event any more.
    func update(_ id: RemoteEventID, to event: CalendarEvent, in calendar: RemoteCalendar.ID) async throws -> Bool

    /// The events that carry one of the marks; none of anybody else's.
    func find(_ mark: EventMark, in calendar: RemoteCalendar.ID) async throws -> [RemoteEventID]

    /// Removes an event; nothing where there is none.
    func remove(_ id: RemoteEventID, in calendar: RemoteCalendar.ID) async throws
}

/// A calendar as the provider lists it.
public struct RemoteCalendar: Hashable, Sendable, Identifiable, Codable {
    public let id: String
    public let name: String
    /// The one that the person's own events go into.
    public let isDefault: Bool

    public init(id: String, name: String, isDefault: Bool) {
        self.id = id
        self.name = name
        self.isDefault = isDefault
    }
}

/// The provider's name for an event. Case-sensitive and opaque.
public struct RemoteEventID: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// What an event that was made from here is known by, at the provider too. Lower-case letters, digits and hyphens, at most 64;
/// never given to a second event.
public struct EventMark: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// An event as it is to stand in a calendar. It has no attendees, so that nobody is ever invited.
public struct CalendarEvent: Hashable, Sendable {
    public let title: String
    /// Plain text.
    public let notes: String
    public let time: CalendarEventTime
    /// An IANA name, such as Europe/Berlin: the zone in which its owner lives, and in which calendars show it.
    public let zone: String

    public init(title: String, notes: String, time: CalendarEventTime, zone: String) {
        self.title = title
        self.notes = notes
        self.time = time
        self.zone = zone
    }
}

public enum CalendarEventTime: Hashable, Sendable {
    /// In seconds since 1970 UTC. The end is not before the start.
    case moments(start: Int64, end: Int64)
    /// Whole days, the last included; days since 1970-01-01, wherever one is.
    case days(first: Int, last: Int)
}
