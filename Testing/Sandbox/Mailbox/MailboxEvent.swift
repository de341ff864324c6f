public import Foundation

/// An event of a calendar, once (the sandbox knows no series).
public struct MailboxEvent: Hashable, Sendable {
    public struct ID: Hashable, Sendable, RawRepresentable, Comparable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }

        public static func < (one: ID, other: ID) -> Bool { one.rawValue < other.rawValue }
    }

    /// What a person sees of it.
    public struct Content: Hashable, Sendable {
        public var title = ""
        public var text: String?
        public var html: String?
        /// The instants, or for an all-day event midnight in UTC of its first day and of the day after its last.
        public var start: Date
        public var end: Date
        public var isAllDay = false
        /// The zone that it was written in, as the writer named it.
        public var startZone: String
        public var endZone: String
        public var location = ""
        public var attendees: [MailboxAddress] = []
        public var showAs = "busy"
        public var sensitivity = "normal"
        public var importance = "normal"
        public var isReminderOn = true
        /// Minutes.
        public var reminder = 15
        public var categories: [String] = []

        public init(start: Date, end: Date, startZone: String = "UTC", endZone: String = "UTC") {
            self.start = start
            self.end = end
            self.startZone = startZone
            self.endZone = endZone
        }
    }

    public let id: ID
    public internal(set) var calendar: MailboxCalendar.ID
    public internal(set) var content: Content
    public internal(set) var created: Date
    public internal(set) var modified: Date
    public internal(set) var version = 1
    /// The name under which a client made it, so that a repeated request does not make it twice.
    public internal(set) var transaction: String?
    /// Properties that programs keep on it and a person does not see.
    public internal(set) var properties: [String: String]
}
