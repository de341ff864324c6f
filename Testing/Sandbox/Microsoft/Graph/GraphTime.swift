import Foundation

/// Times as Graph writes them.
enum GraphTime {
    /// Edm.DateTimeOffset in UTC: `2026-11-28T01:41:41Z`.
    static func string(_ date: Date) -> String { date.formatted(.iso8601) }

    /// Edm.DateTimeOffset, with or without a fraction of a second, which may have up to seven digits.
    static func date(_ text: String) -> Date? {
        if let date = try? Date(text, strategy: .iso8601) { return date }
        guard let point = text.firstIndex(of: ".") else { return nil }
        let digits = text[text.index(after: point)...].prefix { $0.isNumber }
        let whole = text[..<point] + text[digits.endIndex...]
        guard !digits.isEmpty, let date = try? Date(String(whole), strategy: .iso8601), let part = Double("0.\(digits)")
        else {
            return nil
        }
        return date.addingTimeInterval(part)
    }

    /// The `dateTime` of a dateTimeTimeZone: local time with seven digits and no zone.
    static func local(_ date: Date, in zone: TimeZone) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))T"
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)).0000000"
    }

    /// Reads a `dateTime`: a local time, or one with an offset of its own, which then decides.
    static func date(local text: String, in zone: TimeZone) -> Date? {
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count >= 3 else { return nil }
        if text.count > 10, text.hasSuffix("Z") || text.dropFirst(10).contains("+") || text.dropFirst(10).contains("-")
        {
            return date(text)
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        func part(_ index: Int) -> Int { numbers.count > index ? numbers[index] : 0 }
        let parts = DateComponents(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: part(3), minute: part(4), second: part(5))
        guard parts.isValidDate(in: calendar) else { return nil }
        return calendar.date(from: parts)
    }
}
