import CRM
import Foundation
import Wording

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
    func short(_ time: ActivityTime, _ kind: ActivityKind) -> Phrase {
        let span = span(time, short)
        return kind.isDue ? "Due \(span)" : span.asSentence
    }

    /// "Thursday 26 November 2026, 14:00 to 15:00"
    func long(_ time: ActivityTime) -> Phrase {
        switch time {
        case .days(let first, let last):
            return first == last ? long(first) : "\(long(first)) to \(long(last))"
        case .timed(let start, let end):
            let (first, last) = (LocalTime(start, in: zone), LocalTime(end, in: zone))
            if start == end { return "\(long(first.day)), \(first.time)" }
            return first.day == last.day
                ? "\(long(first.day)), \(first.time) to \(last.time)"
                : "\(long(first.day)), \(first.time) to \(long(last.day)), \(last.time)"
        }
    }

    /// On one of the days that it touches: "14:00–15:00", "from 22:00", "until 01:00", "All day", "Due 12:00".
    func within(_ day: CalendarDay, _ time: ActivityTime, _ kind: ActivityKind) -> Phrase {
        guard case .timed(let start, let end) = time else { return kind.isDue ? "Due" : "All day" }
        let (first, last) = (LocalTime(start, in: zone), LocalTime(end, in: zone))
        if kind.isDue { return "Due \(first.time)" }
        switch (time.firstDay(in: zone) == day, time.lastDay(in: zone) == day) {
        case (true, true): return "\(first.time)–\(last.time)"
        case (true, false): return "from \(first.time)"
        case (false, true): return "until \(last.time)"
        case (false, false): return "All day"
        }
    }

    // MARK: Days

    /// "today", "Thu 26 Nov", "Mon 23 Nov 2025"
    func short(_ day: CalendarDay) -> Phrase {
        switch day.rawValue - today.rawValue {
        case 0: return "today"
        case 1: return "tomorrow"
        case -1: return "yesterday"
        default:
            let (weekday, month) = (DateWords.shortWeekday(day.weekday), DateWords.shortMonth(day.month))
            return day.year == today.year
                ? "\(weekday) \(day: day.day) \(month)" : "\(weekday) \(day: day.day) \(month) \(day.year)"
        }
    }

    /// "Thursday 26 November 2026"
    func long(_ day: CalendarDay) -> Phrase {
        "\(DateWords.weekday(day.weekday)) \(day: day.day) \(DateWords.month(day.month)) \(day.year)"
    }

    /// "23–29 November 2026", "30 November – 6 December 2026"
    static func week(from monday: CalendarDay) -> Phrase {
        let sunday = monday.adding(6)
        let (month, lastMonth) = (DateWords.month(monday.month), DateWords.month(sunday.month))
        if monday.month == sunday.month {
            return "\(day: monday.day)–\(day: sunday.day) \(lastMonth) \(sunday.year)"
        }
        return monday.year == sunday.year
            ? "\(day: monday.day) \(month) – \(day: sunday.day) \(lastMonth) \(sunday.year)"
            : "\(day: monday.day) \(month) \(monday.year) – \(day: sunday.day) \(lastMonth) \(sunday.year)"
    }

    private func span(_ time: ActivityTime, _ name: (CalendarDay) -> Phrase) -> Phrase {
        switch time {
        case .days(let first, let last): return first == last ? name(first) : "\(name(first)) – \(name(last))"
        case .timed(let start, let end):
            let (first, last) = (LocalTime(start, in: zone), LocalTime(end, in: zone))
            if start == end { return "\(name(first.day)), \(first.time)" }
            return first.day == last.day
                ? "\(name(first.day)), \(first.time)–\(last.time)"
                : "\(name(first.day)), \(first.time) – \(name(last.day)), \(last.time)"
        }
    }
}
