import Foundation
import Store
import Wording

/// The days that a card is narrowed to, as a person enters them in their own time zone; both belong to it.
struct EmailPeriod: Sendable {
    let from: Field
    let until: Field
    /// When the first day begins, in seconds since 1970 UTC; nil without one, or where what was entered is no date.
    let begin: Int64?
    /// When the last day is over.
    let end: Int64?

    /// - Parameter zone: a name of the IANA time zone database; UTC stands in for one that this system does not know.
    init(_ query: FormFields, zone name: String) {
        let zone = TimeZone(identifier: name) ?? .gmt
        let (first, last) = (query["from"].trimmed, query["until"].trimmed)
        let begin = DayText.begin(first, in: zone)
        let end = DayText.begin(last, in: zone, later: 1)
        let order: Phrase? =
            if let begin, let end, end <= begin { "The last day is before the first, so no email fits." } else { nil }
        from = Field("from", first, Self.problem(first, begin))
        until = Field("until", last, Self.problem(last, end) ?? order)
        self.begin = begin
        self.end = end
    }

    private static func problem(_ text: String, _ time: Int64?) -> Phrase? {
        if text.isEmpty || time != nil { return nil }
        return "“\(text.prefix(30))” is not a date, so it narrows nothing. Write it like 2026-11-23."
    }

    /// What a link to the same period carries: only what is a date.
    var firstDay: String? { begin == nil ? nil : from.value }
    var lastDay: String? { end == nil ? nil : until.value }

    var isNarrowed: Bool { begin != nil || end != nil }
    var hasProblem: Bool { from.problem != nil || until.problem != nil }
}
