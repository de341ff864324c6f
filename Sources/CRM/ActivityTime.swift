import Foundation

/// When an activity takes place, or is due.
public enum ActivityTime: Hashable, Sendable {
    /// In seconds since 1970 UTC. What is due at a time has both the same.
    case timed(start: Int64, end: Int64)
    /// Whole days, both included; the same days in every time zone.
    case days(first: CalendarDay, last: CalendarDay)

    public var isAllDay: Bool { if case .days = self { true } else { false } }

    /// The first day that it touches, in a time zone.
    public func firstDay(in zone: TimeZone) -> CalendarDay {
        switch self {
        case .timed(let start, _): LocalTime(start, in: zone).day
        case .days(let first, _): first
        }
    }

    /// The last day that it touches. What ends at midnight does not touch the day that begins then.
    public func lastDay(in zone: TimeZone) -> CalendarDay {
        switch self {
        case .timed(let start, let end): LocalTime(max(start, end - 1), in: zone).day
        case .days(_, let last): last
        }
    }

    /// Whether it is over, seen from a time zone, in which a day ends at its own midnight.
    ///
    /// - Parameter now: seconds since 1970 UTC.
    public func isOver(at now: Int64, in zone: TimeZone) -> Bool {
        switch self {
        case .timed(_, let end): end <= now
        case .days(_, let last): last < LocalTime(now, in: zone).day
        }
    }
}
