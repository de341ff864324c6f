import CRM
import Foundation

/// When an activity takes place or is due, as a person reads it in their own time zone.
struct ActivityTimeText: Sendable {
    let zone: TimeZone
    let now: Int64
    let today: CalendarDay

    /// - Parameter now: seconds since 1970 UTC.
    init(zone: TimeZone, now: Int64) {
        self.zone = zone
        self.now = now
        today = LocalTime(now, in: zone).day
    }

    /// "Today, 14:00–15:00", "Due tomorrow", "Thu 26 Nov – Fri 27 Nov", "Due Mon 23 Nov 2025, 12:00"
    func short(_ time: ActivityTime, _ kind: ActivityKind) -> String {
        let text = kind.isDue ? "due " + span(time, short, between: "–", " – ") : span(time, short, between: "–", " – ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    /// "Thursday 26 November 2026, 14:00 to 15:00"
    func long(_ time: ActivityTime) -> String { span(time, long, between: " to ", " to ") }

    /// On one of the days that it touches: "14:00–15:00", "from 22:00", "until 01:00", "All day", "Due 12:00".
    func within(_ day: CalendarDay, _ time: ActivityTime, _ kind: ActivityKind) -> String {
        guard case .timed(let start, let end) = time else { return kind.isDue ? "Due" : "All day" }
        let (first, last) = (LocalTime(start, in: zone), LocalTime(end, in: zone))
        if kind.isDue { return "Due " + first.time }
        switch (time.firstDay(in: zone) == day, time.lastDay(in: zone) == day) {
        case (true, true): return first.time + "–" + last.time
        case (true, false): return "from " + first.time
        case (false, true): return "until " + last.time
        case (false, false): return "All day"
        }
    }

    // MARK: Days

    /// "today", "Thu 26 Nov", "Mon 23 Nov 2025"
    func short(_ day: CalendarDay) -> String {
        switch day.rawValue - today.rawValue {
        case 0: return "today"
        case 1: return "tomorrow"
        case -1: return "yesterday"
        default:
            let text = "\(Self.weekday(day).prefix(3)) \(day.day) \(Self.month(day).prefix(3))"
            return day.year == today.year ? text : text + " \(day.year)"
        }
    }

    /// "Thursday 26 November 2026"
    func long(_ day: CalendarDay) -> String { "\(Self.weekday(day)) \(day.day) \(Self.month(day)) \(day.year)" }

    /// "23–29 November 2026", "30 November – 6 December 2026"
    static func week(from monday: CalendarDay) -> String {
        let sunday = monday.adding(6)
        let end = "\(sunday.day) \(month(sunday)) \(sunday.year)"
        if monday.month == sunday.month { return "\(monday.day)–\(end)" }
        let year = monday.year == sunday.year ? "" : " \(monday.year)"
        return "\(monday.day) \(month(monday))\(year) – \(end)"
    }

    static func weekday(_ day: CalendarDay) -> String { weekdays[day.weekday - 1] }

    static func month(_ day: CalendarDay) -> String { CivilDate.months[day.month - 1] }

    private func span(
        _ time: ActivityTime, _ name: (CalendarDay) -> String, between times: String, _ days: String
    ) -> String {
        switch time {
        case .days(let first, let last): return first == last ? name(first) : name(first) + days + name(last)
        case .timed(let start, let end):
            let (first, last) = (LocalTime(start, in: zone), LocalTime(end, in: zone))
            let begin = name(first.day) + ", " + first.time
            if start == end { return begin }
            return first.day == last.day ? begin + times + last.time : begin + days + name(last.day) + ", " + last.time
        }
    }

    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
