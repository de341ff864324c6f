import Wording

/// The names of days and months. In French all of them begin small and the short ones end in a full stop, where they
/// are short (Unicode CLDR).
enum DateWords {
    /// - Parameter number: from 1, January.
    static func month(_ number: Int) -> Phrase { months[number - 1] }
    static func shortMonth(_ number: Int) -> Phrase { shortMonths[number - 1] }
    /// - Parameter number: from 1, Monday.
    static func weekday(_ number: Int) -> Phrase { weekdays[number - 1] }
    static func shortWeekday(_ number: Int) -> Phrase { shortWeekdays[number - 1] }

    private static let months: [Phrase] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let shortMonths: [Phrase] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays: [Phrase] = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let shortWeekdays: [Phrase] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
