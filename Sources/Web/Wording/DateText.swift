import CRM
import Foundation
import Wording

/// Dates as a person reads them, in their own time zone.
struct DateText: Sendable {
    private let zone: TimeZone
    private let today: CivilDate

    /// - Parameter zone: a name of the IANA time zone database; UTC stands in for one that this system does not know.
    /// - Parameter now: seconds since 1970 UTC.
    init(zone name: String, now: Int64) {
        let zone = TimeZone(identifier: name) ?? .gmt
        self.zone = zone
        today = CivilDate(seconds: now, zone)
    }

    /// Short for what is near: "14:05", "23 Nov, 14:05", "23 Nov 2025".
    func short(_ seconds: Int64) -> Phrase {
        let date = CivilDate(seconds: seconds, zone)
        if date.days == today.days { return .verbatim(date.time) }
        let month = DateWords.shortMonth(date.month)
        if date.year == today.year { return "\(day: date.day) \(month), \(date.time)" }
        return "\(day: date.day) \(month) \(date.year)"
    }

    /// "23 November 2026"
    func day(_ seconds: Int64) -> Phrase {
        let date = CivilDate(seconds: seconds, zone)
        return "\(day: date.day) \(DateWords.month(date.month)) \(date.year)"
    }

    /// "23 November 2026, 14:05"
    func long(_ seconds: Int64) -> Phrase {
        let date = CivilDate(seconds: seconds, zone)
        return "\(day: date.day) \(DateWords.month(date.month)) \(date.year), \(date.time)"
    }

    /// "today at 14:05", "yesterday at 14:05", else long.
    func relative(_ seconds: Int64) -> Phrase {
        let date = CivilDate(seconds: seconds, zone)
        switch today.days - date.days {
        case 0: return "today at \(date.time)"
        case 1: return "yesterday at \(date.time)"
        default: return "on \(long(seconds))"
        }
    }

    /// For machines, in UTC (RFC 3339).
    static func machine(_ seconds: Int64) -> String {
        let date = CivilDate(seconds: seconds, .gmt)
        return "\(date.padded(date.year, 4))-\(date.padded(date.month))-\(date.padded(date.day))T\(date.time)Z"
    }

    func moment(_ seconds: Int64) -> Moment {
        Moment(short: short(seconds), day: day(seconds), long: long(seconds), machine: Self.machine(seconds))
    }
}

/// A point in time in the forms that a page needs.
struct Moment: Sendable {
    let short: Phrase
    let day: Phrase
    let long: Phrase
    let machine: String
}

/// A date of the Gregorian calendar with its time of day.
struct CivilDate: Sendable {
    let days: Int64
    let year: Int
    let month: Int
    let day: Int
    let minuteOfDay: Int

    init(seconds: Int64, _ zone: TimeZone) {
        // What lies beyond has no place in a calendar.
        let clamped = min(max(seconds, -60_000_000_000), 250_000_000_000)
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(clamped)))
        let local = clamped + Int64(offset)
        days = Int64((Double(local) / 86_400).rounded(.down))
        minuteOfDay = Int((local - days * 86_400) / 60)
        (year, month, day) = CalendarDay(rawValue: days).date
    }

    var time: String { padded(minuteOfDay / 60) + ":" + padded(minuteOfDay % 60) }

    func padded(_ number: Int, _ width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
