/// A day of the Gregorian calendar, whatever the time zone.
public struct CalendarDay: RawRepresentable, Hashable, Sendable {
    /// Days since 1 January 1970.
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Nil for what is no date, such as 30 February, or lies before 1970 or after 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1_970...9_999).contains(year), (1...12).contains(month),
            (1...Self.length(of: month, in: year)).contains(day)
        else { return nil }
        // Counted in years that begin in March.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        rawValue = Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }

    public var year: Int { date.year }
    /// From 1.
    public var month: Int { date.month }
    /// Of the month, from 1.
    public var day: Int { date.day }

    public var date: (year: Int, month: Int, day: Int) {
        // Counted in eras of 400 years that begin in March.
        let shifted = Int(rawValue) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// Of ISO 8601: 1 for Monday to 7 for Sunday.
    public var weekday: Int { Int(((rawValue + 3) % 7 + 7) % 7) + 1 }

    /// The Monday on or before this day.
    public var monday: CalendarDay { adding(1 - weekday) }

    public func adding(_ days: Int) -> CalendarDay { CalendarDay(rawValue: rawValue + Int64(days)) }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDay: Comparable {
    public static func < (one: CalendarDay, other: CalendarDay) -> Bool { one.rawValue < other.rawValue }
}

/// As a date field of a form carries it: "2026-11-23".
extension CalendarDay: LosslessStringConvertible {
    public var description: String {
        let date = date
        func padded(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }

    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(FieldRules.isDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
