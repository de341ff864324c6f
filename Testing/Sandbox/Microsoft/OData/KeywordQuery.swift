import Foundation

/// A `$search` on messages, in the Keyword Query Language: `"participants:anna@example.org"`, `"from:x OR to:y"`,
/// `"offer"`.
///
/// Words without a property are looked for in sender, subject and body. How the real service breaks words and addresses
/// apart is only partly documented; here a value matches a word from its beginning.
struct KeywordQuery: Hashable, Sendable {
    private struct Term: Hashable, Sendable {
        var property: String
        var value: String
        var isNegative: Bool
    }

    /// Any of these, each all of its terms.
    private var alternatives: [[Term]] = [[]]

    init(_ search: String) throws(GraphError) {
        // Each clause in double quotes; several clauses may stand joined by AND and OR.
        let text = search.replacingOccurrences(of: "\\\"", with: "\u{1}").replacingOccurrences(of: "\"", with: " ")
            .replacingOccurrences(of: "\u{1}", with: "\"").replacingOccurrences(of: "(", with: " ")
            .replacingOccurrences(of: ")", with: " ")
        var isNegative = false
        for word in Self.words(text) {
            switch word {
            case "OR": alternatives.append([])
            case "AND": break
            case "NOT": isNegative = true
            default:
                let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
                let known = parts.count == 2 && Self.properties.contains(parts[0].lowercased())
                if parts.count == 2, !known {
                    throw .badRequest("SearchSyntaxError", "Syntax error: character ':' is not valid at '\(word)'.")
                }
                let value = (parts.last ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "\""))
                alternatives[alternatives.count - 1].append(
                    Term(
                        property: known ? parts[0].lowercased() : "", value: value.lowercased(), isNegative: isNegative)
                )
                isNegative = false
            }
        }
        guard alternatives.allSatisfy({ !$0.isEmpty }) else {
            throw .badRequest("SearchSyntaxError", "Syntax error in the search '\(search)'.")
        }
    }

    private static let properties: Set<String> = [
        "attachment", "bcc", "body", "cc", "from", "hasattachments", "participants", "recipients", "subject", "to",
    ]

    /// Words, of which one in double quotes may hold spaces.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var (word, isQuoted) = ("", false)
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == " ", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }

    func matches(_ letter: MailboxLetter) -> Bool {
        alternatives.contains { terms in terms.allSatisfy { matches($0, letter) != $0.isNegative } }
    }

    private func matches(_ term: Term, _ letter: MailboxLetter) -> Bool {
        let from = people([letter.from, letter.sender].compactMap { $0 })
        let (to, cc, bcc) = (people(letter.to), people(letter.cc), people(letter.bcc))
        let texts: [String]
        switch term.property {
        case "from": texts = from
        case "to": texts = to
        case "cc": texts = cc
        case "bcc": texts = bcc
        case "recipients": texts = to + cc + bcc
        case "participants": texts = from + to + cc + bcc
        case "subject": texts = [letter.subject]
        case "body": texts = [letter.readableText]
        case "attachment": texts = letter.attachments.map(\.name)
        case "hasattachments": return letter.attachments.isEmpty != (term.value == "true")
        default: texts = from + [letter.subject, letter.readableText]
        }
        return texts.contains { Self.holds($0.lowercased(), term.value) }
    }

    private func people(_ people: [MailboxAddress]) -> [String] { people.flatMap { [$0.address, $0.name] } }

    /// Whether a word of the text begins with the value.
    private static func holds(_ text: String, _ value: String) -> Bool {
        var rest = text[...]
        while let range = rest.range(of: value) {
            let isStart = range.lowerBound == text.startIndex
            if isStart { return true }
            let before = text[text.index(before: range.lowerBound)]
            if !before.isLetter, !before.isNumber { return true }
            rest = text[text.index(after: range.lowerBound)...]
        }
        return false
    }
}
