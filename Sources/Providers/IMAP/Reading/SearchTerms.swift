import Mail

/// SEARCH criteria (RFC 9051, section 6.4.4), with `?` for each string.
struct SearchTerms {
    let criteria: String
    let strings: [[UInt8]]

    /// Messages with one of the addresses in From, To, Cc or Bcc.
    init(anyOf addresses: [EmailAddress]) {
        var terms: [String] = []
        var strings: [[UInt8]] = []
        for address in addresses {
            // Both spellings of an internationalised domain occur.
            for spelling in Set([address.matchKey, "\(address.localPart)@\(address.domain)".lowercased()]).sorted() {
                for field in ["FROM", "TO", "CC", "BCC"] {
                    terms.append("\(field) ?")
                    strings.append(Array(spelling.utf8))
                }
            }
        }
        criteria = terms.dropFirst().reduce(terms.first ?? "ALL") { "OR \($1) \($0)" }
        // OR x y: the term that was added last stands first.
        self.strings = strings.reversedByTerm
    }

    init(messageID: String) {
        criteria = "HEADER MESSAGE-ID ?"
        strings = [Array(messageID.utf8)]
    }

    /// - Parameter day: seconds since 1970 UTC. A day either side is taken in: servers count days in their own zone.
    init(subject: String, day: Int64?) {
        var criteria = "SUBJECT ?"
        if let day { criteria += " SINCE \(Self.date(day - 86_400)) BEFORE \(Self.date(day + 2 * 86_400))" }
        self.criteria = criteria
        strings = [Array(subject.utf8)]
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func date(_ seconds: Int64) -> String {
        // Civil from days (proleptic Gregorian calendar).
        let days = Int((Double(seconds) / 86_400).rounded(.down)) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return
            "\(dayOfYear - (153 * shifted + 2) / 5 + 1)-\(months[month - 1])-\(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))"
    }
}

extension [[UInt8]] {
    fileprivate var reversedByTerm: [[UInt8]] { reversed() }
}
