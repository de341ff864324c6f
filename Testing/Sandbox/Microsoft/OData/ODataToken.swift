import Foundation

/// The words of a filter (OData ABNF, section 4).
enum ODataToken: Hashable, Sendable {
    case word(String)
    case literal(JSONValue)
    case open
    case close
    case comma
    case colon

    static func all(_ text: String) throws(GraphError) -> [ODataToken] {
        var tokens: [ODataToken] = []
        var rest = Substring(text)
        while let character = rest.first {
            switch character {
            case " ": rest.removeFirst()
            case "(":
                tokens.append(.open)
                rest.removeFirst()
            case ")":
                tokens.append(.close)
                rest.removeFirst()
            case ",":
                tokens.append(.comma)
                rest.removeFirst()
            case ":":
                tokens.append(.colon)
                rest.removeFirst()
            case "'":
                var value = ""
                rest.removeFirst()
                while true {
                    guard let end = rest.firstIndex(of: "'") else {
                        throw .badRequest("BadRequest", "There is an unterminated string literal in '\(text)'.")
                    }
                    value += rest[..<end]
                    rest = rest[rest.index(after: end)...]
                    guard rest.first == "'" else { break }
                    value.append("'")
                    rest.removeFirst()
                }
                tokens.append(.literal(.string(value)))
            default:
                var word = rest.prefix { !" (),'".contains($0) }
                // A lambda's variable ends at its colon; the colons of a time belong to it.
                if let first = word.first, first.isLetter, let colon = word.firstIndex(of: ":") {
                    word = word[..<colon]
                }
                rest = rest[word.endIndex...]
                tokens.append(literal(String(word)))
            }
        }
        return tokens
    }

    private static func literal(_ word: String) -> ODataToken {
        switch word {
        case "true": .literal(true)
        case "false": .literal(false)
        case "null": .literal(.null)
        default:
            if let number = Int(word) {
                .literal(.integer(number))
            } else if let first = word.first, first.isNumber {
                .literal(.string(word))
            } else {
                .word(word)
            }
        }
    }
}
