import CRM
import Foundation
import Mirror

/// An event as Graph takes it (Microsoft Graph, "event resource type"). It has no attendees: nobody is invited.
struct GraphEvent: Encodable {
    private struct Body: Encodable {
        let contentType = "text"
        let content: String
    }

    private struct Time: Encodable {
        let dateTime: String
        let timeZone: String
    }

    private struct Property: Encodable {
        let id: String
        let value: String
    }

    private let subject: String
    private let body: Body
    private let start, end: Time
    private let isAllDay: Bool
    private let showAs: String
    private let transactionId: String?
    private let singleValueExtendedProperties: [Property]?

    /// A named property of ours in the set that is meant for such (MS-OXPROPS, PS_PUBLIC_STRINGS).
    static let markProperty = "String {00020329-0000-0000-c000-000000000046} Name MailcardMark"

    /// The events with a mark.
    static func filter(mark: String) -> String {
        let (property, value) = (GraphTarget.quoted(markProperty), GraphTarget.quoted(mark))
        return "singleValueExtendedProperties/Any(ep: ep/id eq \(property) and ep/value eq \(value))"
    }

    /// - Parameter mark: nil for an event that has one already; Graph lets no `transactionId` be changed.
    init(_ event: CalendarEvent, mark: String?) {
        // Outlook takes 255 characters.
        subject = String(event.title.prefix(255))
        body = Body(content: event.text)
        switch event.time {
        case .timed(let from, let until):
            // A point in time needs no zone, so no change to summer time moves it; Outlook shows it in the person's.
            (start, end) = (Self.time(from), Self.time(until))
        case .days(let first, let last):
            // Whole days begin and end at midnight of the zone that is named.
            start = Time(dateTime: Self.midnight(first), timeZone: event.timeZone)
            end = Time(dateTime: Self.midnight(last.adding(1)), timeZone: event.timeZone)
        }
        isAllDay = event.time.isAllDay
        showAs = event.isBusy ? "busy" : "free"
        transactionId = mark
        singleValueExtendedProperties = mark.map { [Property(id: Self.markProperty, value: $0)] }
    }

    private static func midnight(_ day: CalendarDay) -> String {
        let (year, month, day) = day.date
        return String(format: "%04d-%02d-%02dT00:00:00", year, month, day)
    }

    private static func time(_ seconds: Int64) -> Time {
        let date = Date(timeIntervalSince1970: Double(seconds))
        // Without the mark of the zone, which stands beside it.
        return Time(dateTime: String(date.formatted(.iso8601).dropLast()), timeZone: "UTC")
    }
}
