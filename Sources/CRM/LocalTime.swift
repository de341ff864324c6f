import Foundation

/// A day and a time on it, as a clock on the wall shows them.
public struct LocalTime: Hashable, Sendable {
    public let day: CalendarDay
    /// From 0 to 1439.
    public let minute: Int

    /// - Precondition: the minute is one of a day.
    public init(day: CalendarDay, minute: Int) {
        precondition((0..<1_440).contains(minute))
        self.day = day
        self.minute = minute
    }

    /// What the clocks of a time zone show.
    ///
    /// - Parameter seconds: since 1970 UTC.
    public init(_ seconds: Int64, in zone: TimeZone) {
        let local = seconds + Self.offset(of: zone, at: seconds)
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        self.init(day: CalendarDay(rawValue: day), minute: Int((local - day * 86_400) / 60))
    }

    /// In seconds since 1970 UTC. Of a time that comes twice, since the clocks are put back, the first; nil for one
    /// that is left out, since they are put forward.
    public func seconds(in zone: TimeZone) -> Int64? {
        let local = day.rawValue * 86_400 + Int64(minute) * 60
        // A zone changes its offset at most once within two days, so one of those two holds.
        let offsets = [local - 86_400, local + 86_400].map { Self.offset(of: zone, at: $0) }
        for offset in offsets.sorted(by: >) where Self.offset(of: zone, at: local - offset) == offset {
            return local - offset
        }
        return nil
    }

    /// "14:05"
    public var time: String {
        let parts = [minute / 60, minute % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return parts.joined(separator: ":")
    }

    /// The minute of the day that a time field of a form carries: "14:05", "9:30", "14:05:00"; nil for what is no time.
    public static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3,
            parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(FieldRules.isDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60,
            parts.count == 2 || (Int(parts[2]) ?? 60) < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// When a day begins in a time zone, in seconds since 1970 UTC: the first point in time that belongs to it.
    public static func begin(of day: CalendarDay, in zone: TimeZone) -> Int64 {
        let midnight = LocalTime(day: day, minute: 0)
        if let seconds = midnight.seconds(in: zone) { return seconds }
        // The clocks are put forward at midnight: the day begins with the new time.
        let local = day.rawValue * 86_400
        return local - offset(of: zone, at: local - 86_400)
    }

    private static func offset(of zone: TimeZone, at seconds: Int64) -> Int64 {
        // What lies beyond has no place in a calendar.
        let clamped = min(max(seconds, -60_000_000_000), 250_000_000_000)
        return Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(clamped))))
    }
}
