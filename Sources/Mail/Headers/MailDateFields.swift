/// What the pieces of a date mean.
struct MailDateFields {
    private var month: Int?
    /// The numbers that are neither time nor zone, with their digits and the mark in front of each.
    private var numbers: [(value: Int, digits: Int, mark: UInt8?)] = []
    /// How many of them stand in front of the name of the month.
    private var numbersBeforeMonth = 0
    private var time: (hour: Int, minute: Int, second: Int)?
    private var isAfternoon: Bool?
    private var zone: Int?

    init(_ tokens: [MailDateToken]) {
        var index = 0
        var mark: UInt8?
        while index < tokens.count {
            switch tokens[index] {
            case .number(let value, let digits):
                if time == nil, let length = readTime(tokens[index...]) {
                    index += length
                    mark = nil
                    continue
                }
                if time != nil, zone == nil, let sign = mark, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                    index += readOffset(sign, tokens[index...])
                    mark = nil
                    continue
                }
                numbers.append((value, digits, mark))
                mark = nil
            case .word(let word):
                read(word)
                mark = nil
            case .mark(let byte): mark = byte
            }
            index += 1
        }
    }

    var date: MailDate? {
        guard let time, let (year, month, day) = calendarDay, let hour = Self.hour(time.hour, isAfternoon) else {
            return nil
        }
        return MailDate(
            year: year, month: month, day: day, hour: hour, minute: time.minute, second: time.second,
            offsetMinutes: zone ?? 0)
    }

    private mutating func read(_ word: String) {
        if let month = Self.month(word), self.month == nil {
            self.month = month
            numbersBeforeMonth = numbers.count
        } else if time != nil, word == "am" || word == "pm" {
            isAfternoon = word == "pm"
        } else if time != nil, zone == nil, let offset = MailDateZone.offset(word) {
            // `GMT+0200`: the figure that may follow is the zone.
            zone = word == "gmt" || word == "utc" || word == "ut" ? nil : offset
        }
    }

    /// Hours and minutes with colons, or hours, minutes and seconds with dots, as some Italian and Finnish programs
    /// write.
    /// - Returns: how many pieces that takes; nil for no time.
    private mutating func readTime(_ tokens: ArraySlice<MailDateToken>) -> Int? {
        let start = tokens.startIndex
        guard tokens.count >= 3, case .number(let hour, let hourDigits) = tokens[start], hourDigits <= 2,
            case .mark(let separator) = tokens[start + 1],
            case .number(let minute, let minuteDigits) = tokens[start + 2],
            minuteDigits <= 2
        else { return nil }
        var second: Int?
        var length = 3
        if tokens.count >= 5, tokens[start + 3] == .mark(separator),
            case .number(let value, let digits) = tokens[start + 4],
            digits <= 2
        {
            second = value
            length = 5
        }
        switch separator {
        case UInt8(ascii: ":"): break
        case UInt8(ascii: "."):
            // `01.07.2003` is a day, `01.07.03` may be one.
            guard second != nil, numbers.count >= 2 else { return nil }
        default: return nil
        }
        time = (hour, minute, second ?? 0)
        // Fractions of a second.
        if length == 5, tokens.count >= 7,
            tokens[start + 5] == .mark(UInt8(ascii: ".")) || tokens[start + 5] == .mark(UInt8(ascii: ":")),
            case .number = tokens[start + 6]
        {
            length = 7
        }
        return length
    }

    /// - Returns: how many pieces the offset takes; one that is out of range is passed over, and counts as UTC.
    private mutating func readOffset(_ sign: UInt8, _ tokens: ArraySlice<MailDateToken>) -> Int {
        let start = tokens.startIndex
        guard case .number(let value, let digits) = tokens[start] else { return 1 }
        if digits <= 2, tokens.count >= 3, tokens[start + 1] == .mark(UInt8(ascii: ":")),
            case .number(let minutes, digits: 2) = tokens[start + 2]
        {
            zone = MailDateZone.offset(sign: sign, value: value * 100 + minutes, digits: 4) ?? 0
            return 3
        }
        zone = MailDateZone.offset(sign: sign, value: value, digits: digits) ?? 0
        return 1
    }

    private var calendarDay: (year: Int, month: Int, day: Int)? {
        guard numbers.count >= 2 else { return nil }
        if let month {
            let (first, second) = (numbers[0], numbers[1])
            // `2003 Jul 1`, `2003-Jul-01`; otherwise the day comes before the year, on whichever side of the month.
            if first.digits >= 3, second.digits <= 2 {
                return (Self.year(first.value, first.digits), month, second.value)
            }
            return (Self.year(second.value, second.digits), month, first.value)
        }
        guard numbers.count >= 3 else { return nil }
        let (first, second, third) = (numbers[0], numbers[1], numbers[2])
        if first.digits == 4 { return (first.value, second.value, third.value) }
        guard first.digits <= 2, second.digits <= 2, third.digits == 2 || third.digits == 4 else { return nil }
        let year = Self.year(third.value, third.digits)
        if second.mark == UInt8(ascii: "/") {
            // Day first or month first: only a number above 12 tells.
            if first.value > 12 || first.value == second.value { return (year, second.value, first.value) }
            return second.value > 12 ? (year, first.value, second.value) : nil
        }
        return (year, second.value, first.value)
    }

    /// RFC 5322, section 4.3; and the years that programs wrote after 1999 who printed "19" in front of the years since
    /// 1900.
    private static func year(_ value: Int, _ digits: Int) -> Int {
        switch digits {
        case 1, 2: value < 50 ? 2000 + value : 1900 + value
        case 3: 1900 + value
        case 5 where (19_100...19_199).contains(value): 1900 + value - 19_000
        default: value
        }
    }

    private static func hour(_ hour: Int, _ isAfternoon: Bool?) -> Int? {
        guard let isAfternoon, hour <= 12 else { return hour }
        guard hour >= 1 else { return isAfternoon ? nil : 0 }
        return hour % 12 + (isAfternoon ? 12 : 0)
    }

    private static func month(_ word: String) -> Int? {
        guard let index = months.firstIndex(where: { word.hasPrefix($0.prefix(3)) }) else { return nil }
        return word.utf8.count == 3 || months[index].hasPrefix(word) ? index + 1 : nil
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
