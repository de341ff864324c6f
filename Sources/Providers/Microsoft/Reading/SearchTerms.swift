import Foundation
import Mail
import Mirror

/// Questions in Graph's words: KQL for `$search`, OData for `$filter`.
enum SearchTerms {
    /// Messages with one of the addresses in From, To or Cc; nil where one cannot be put into words.
    static func participants(_ addresses: [EmailAddress]) -> String? {
        var words: [String] = []
        for address in addresses {
            for spelling in Set([address.description, address.matchKey]) {
                guard spelling.allSatisfy({ $0.isLetter || $0.isNumber || "@.-_+'&/=".contains($0) }) else {
                    return nil
                }
                words.append("participants:\(spelling)")
            }
        }
        return words.isEmpty ? nil : "\"\(words.sorted().joined(separator: " OR "))\""
    }

    /// - Parameter since: seconds since 1970 UTC.
    static func received(since: Int64) -> String { "receivedDateTime ge \(GraphTime.text(since))" }

    /// Queries to try in turn until one finds something.
    static func locating(_ query: MessageQuery) -> [[(name: String, value: String)]] {
        switch query {
        case .messageID(let id):
            // As the field has it, with brackets, and as some senders write it, without.
            return ["<\(id)>", id].map { [("$filter", "internetMessageId eq \(GraphTarget.quoted($0))")] }
        case .subject(let words, let day):
            // Graph looks for words in the index, which lags behind, or for the very text on a day.
            guard let day else {
                let plain = words.map { $0.isLetter || $0.isNumber ? String($0) : " " }.joined()
                    .split(separator: " ").joined(separator: " ")
                return plain.isEmpty ? [] : [[("$search", "\"subject:\(plain)\"")]]
            }
            let from = day - day % 86_400 - 86_400
            return [
                [
                    (
                        "$filter",
                        "receivedDateTime ge \(GraphTime.text(from)) and receivedDateTime lt \(GraphTime.text(from + 3 * 86_400))"
                            + " and contains(subject,\(GraphTarget.quoted(words)))"
                    )
                ]
            ]
        }
    }
}

/// Times as OData writes them (RFC 3339, in UTC).
enum GraphTime {
    static func text(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
