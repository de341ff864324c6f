/// A day and time on the wall, computed without the system's calendar so that it is the same on every machine.
struct CivilDate {
    let year: Int, month: Int, day: Int
    /// 0 is Sunday.
    let weekday: Int
    let hour: Int, minute: Int, second: Int
    let zoneMinutes: Int

    /// - Parameter seconds: since 1970 UTC.
    init(_ seconds: Int64, in language: Language) {
        let month = Self.fields(of: seconds.quotient(by: 86_400)).month
        self.init(seconds, zoneMinutes: language.zoneMinutes(month: month))
    }

    init(_ seconds: Int64, zoneMinutes: Int) {
        let local = seconds + Int64(zoneMinutes) * 60
        let days = local.quotient(by: 86_400)
        (year, month, day) = Self.fields(of: days)
        let time = Int(local - days * 86_400)
        (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
        weekday = Int(((days + 4) % 7 + 7) % 7)
        self.zoneMinutes = zoneMinutes
    }

    /// Days since 1970 → year, month, day (Gregorian, proleptic), counted in eras of 400 years that begin in March.
    private static func fields(of days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted.quotient(by: 146_097)
        let dayOfEra = Int(shifted - era * 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The Date field (RFC 5322, section 3.3).
    var headerText: String {
        let zone = abs(zoneMinutes)
        return """
            \(Self.weekdays[weekday].prefix(3)), \(day) \(Self.months[month - 1].prefix(3)) \(year) \(clock):\(two(second)) \
            \(zoneMinutes < 0 ? "-" : "+")\(two(zone / 60))\(two(zone % 60))
            """
    }

    var clock: String { "\(two(hour)):\(two(minute))" }
    var compact: String { "\(year)\(two(month))\(two(day))" }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let frenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"]
    private static let frenchMonths = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]
    private static let germanDays = ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"]
    private static let germanMonths = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ]
    private static let japaneseDays = ["日", "月", "火", "水", "木", "金", "土"]
    private static let russianMonths = [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
        "декабря",
    ]

    func weekdayName(_ language: Language) -> String {
        switch language {
        case .english: Self.weekdays[weekday]
        case .french: Self.frenchDays[weekday]
        case .german: Self.germanDays[weekday]
        case .japanese: Self.japaneseDays[weekday] + "曜日"
        case .russian: ["воскресенье", "понедельник", "вторник", "среду", "четверг", "пятницу", "субботу"][weekday]
        }
    }

    /// Day and month as one writes them in a letter.
    func dayAndMonth(_ language: Language) -> String {
        switch language {
        case .english: "\(day) \(Self.months[month - 1])"
        case .french: "\(day == 1 ? "1er" : "\(day)") \(Self.frenchMonths[month - 1])"
        case .german: "\(day). \(Self.germanMonths[month - 1])"
        case .japanese: "\(month)月\(day)日"
        case .russian: "\(day) \(Self.russianMonths[month - 1])"
        }
    }

    func monthName(_ language: Language) -> String {
        switch language {
        case .english: Self.months[month - 1]
        case .french: Self.frenchMonths[month - 1]
        case .german: Self.germanMonths[month - 1]
        case .japanese: "\(month)月"
        case .russian: Self.russianMonths[month - 1]
        }
    }
}

extension Int64 {
    /// Division that rounds down, also below nought.
    fileprivate func quotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
