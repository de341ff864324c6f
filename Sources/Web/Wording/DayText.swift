import CRM
import Foundation

/// A day as a date field of a form carries it: "2026-11-23".
enum DayText {
    /// Noon of that day in UTC, in seconds since 1970; nil for what is no date.
    static func seconds(_ text: String) -> Int64? { CalendarDay(text).map { $0.rawValue * 86_400 + 43_200 } }

    /// When a day begins in a time zone, in seconds since 1970 UTC; nil for what is no date.
    ///
    /// - Parameter later: of so many days after the one that is written.
    static func begin(_ text: String, in zone: TimeZone, later: Int = 0) -> Int64? {
        CalendarDay(text).map { LocalTime.begin(of: $0.adding(later), in: zone) }
    }
}
