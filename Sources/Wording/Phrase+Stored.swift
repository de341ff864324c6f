extension Phrase {
    /// The phrase as one text, for a column of the database: pattern and arguments apart, so that it can be read in any
    /// language later. A phrase without arguments is just its pattern, and so is every text that was stored before
    /// there were phrases.
    public var stored: String {
        var fields = [pattern]
        if let context { fields.append("x" + Self.escaped(context)) }
        if let plural { fields.append("c\(plural.count)\(Self.separator)o" + Self.escaped(plural.one)) }
        if beginsSentence { fields.append("s") }
        fields += arguments.map(Self.field)
        return fields.joined(separator: String(Self.separator))
    }

    public init(stored text: some StringProtocol) {
        let fields = text.split(separator: Self.separator, omittingEmptySubsequences: false)
        self.init(String(fields.first ?? ""))
        var count: Int?
        for field in fields.dropFirst() {
            let value = Self.unescaped(field.dropFirst())
            switch field.first {
            case "x": context = value
            case "c": count = Int(value)
            case "o": plural = count.map { Plural(count: $0, one: value) }
            case "s": beginsSentence = true
            case "n": arguments.append(.number(Int(value) ?? 0))
            case "d": arguments.append(.tenths(Int(value) ?? 0))
            case "m": arguments.append(.day(Int(value) ?? 0))
            case "p": arguments.append(.phrase(Phrase(stored: value)))
            case "l":
                let parts = value.isEmpty ? [] : value.split(separator: Self.separator)
                arguments.append(.list(parts.map { Phrase(stored: Self.unescaped($0)) }))
            default: arguments.append(.text(value))
            }
        }
    }

    private static let separator: Character = "\u{1F}"
    /// Stands before a letter in place of a separator, or of itself, within a field.
    private static let escape: Character = "\u{1E}"

    private static func field(_ argument: Argument) -> String {
        switch argument {
        case .text(let text): "t" + escaped(text)
        case .number(let number): "n\(number)"
        case .tenths(let number): "d\(number)"
        case .day(let number): "m\(number)"
        case .phrase(let phrase): "p" + escaped(phrase.stored)
        case .list(let phrases): "l" + escaped(phrases.map { escaped($0.stored) }.joined(separator: String(separator)))
        }
    }

    private static func escaped(_ text: String) -> String {
        guard text.contains(where: { $0 == separator || $0 == escape }) else { return text }
        return text.reduce(into: "") { result, character in
            switch character {
            case separator: result += "\(escape)f"
            case escape: result += "\(escape)e"
            default: result.append(character)
            }
        }
    }

    private static func unescaped(_ text: some StringProtocol) -> String {
        guard text.contains(escape) else { return String(text) }
        var result = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                result.append(character == "f" ? separator : escape)
                isEscaped = false
            } else if character == escape {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}

extension Phrase: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(stored: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(stored)
    }
}
