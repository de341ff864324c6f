/// The date and time of a Date field (RFC 5322, sections 3.3 and 4.3).
public struct MailDate: Hashable, Sendable {
    /// Since 1970-01-01 00:00 UTC; negative before.
    public let seconds: Int64
    /// The writer's distance from UTC, positive in the east; 0 where the zone is missing or unknown.
    public let offsetMinutes: Int

    /// In octets; what follows is not read. A date has some 40, and Received fields, whose date stands at the end, some
    /// hundreds.
    static let limit = 4096

    public init(seconds: Int64, offsetMinutes: Int) {
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// Reads the forms that mail has: RFC 5322 with the obsolete two-digit years and named zones, missing seconds,
    /// weekday or comma, the order of asctime, ISO 8601, hours with AM and PM.
    ///
    /// nil where day, month, year and time are not all there, are impossible, or could be read in two ways such as
    /// `03/04/2020`. Years 1900 to 9999. A wrong weekday is no error.
    public static func parse(_ bytes: [UInt8]) -> MailDate? {
        let bytes = bytes.prefix(limit)
        let semicolon = UInt8(ascii: ";")
        // A Received field has its date behind the last semicolon.
        guard let last = bytes.lastIndex(of: semicolon) else { return MailDateFields(MailDateToken.tokens(bytes)).date }
        return MailDateFields(MailDateToken.tokens(bytes[(last + 1)...])).date
            ?? MailDateFields(MailDateToken.tokens(bytes.prefix { $0 != semicolon })).date
    }

    /// - Parameter month: 1 to 12.
    /// - Returns: nil where there is no such day or time.
    init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, offsetMinutes: Int) {
        guard (1900...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(year, month),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let days = Self.daysSince1970(year, month, day)
        let ofDay = hour * 3600 + minute * 60 + second
        seconds = Int64(days * 86_400 + ofDay - offsetMinutes * 60)
        self.offsetMinutes = offsetMinutes
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Proleptic Gregorian; years counted from March so that the leap day comes last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let daysBefore1970 = 719_468
        return 365 * year + year / 4 - year / 100 + year / 400 + (153 * monthFromMarch + 2) / 5 + day - 1
            - daysBefore1970
    }
}
