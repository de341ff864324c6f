import Foundation

/// A day as a date field of a form carries it: "2026-11-23".
enum DayText {
    /// Noon of that day in UTC, in seconds since 1970; nil for what is no date.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1_970...9_999).contains(year), (1...12).contains(month), (1...length(of: month, in: year)).contains(day)
        else { return nil }
        // Days since 1970, counted in years that begin in March.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return Int64(days) * 86_400 + 43_200
    }

    /// When a day begins in a time zone, in seconds since 1970 UTC; nil for what is no date.
    ///
    /// - Parameter later: of so many days after the one that is written.
    static func begin(_ text: String, in zone: TimeZone, later: Int64 = 0) -> Int64? {
        guard let noon = seconds(text) else { return nil }
        let day = CivilDate(seconds: noon + later * 86_400, .gmt)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        // By way of noon, since there are zones in which a midnight is skipped or comes twice.
        let parts = DateComponents(year: day.year, month: day.month, day: day.day, hour: 12)
        return calendar.date(from: parts).map { Int64(calendar.startOfDay(for: $0).timeIntervalSince1970) }
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
