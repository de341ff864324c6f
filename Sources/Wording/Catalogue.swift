import Foundation

/// The texts of one language, by their English.
///
/// English itself needs none: there the key is the text.
public struct Catalogue: Sendable {
    public let language: Language
    public let entries: [String: Entry]
    private let numerals: Numerals
    private let missing: (@Sendable (_ key: String) -> Void)?

    /// A text, or one for each form beside a number.
    public enum Entry: Sendable, Hashable, Decodable {
        case text(String)
        case plural(one: String, other: String)

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
                return
            }
            let forms = try container.decode([String: String].self)
            guard forms.count == 2, let one = forms["one"], let other = forms["other"] else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "A text with a number has the forms one and other.")
            }
            self = .plural(one: one, other: other)
        }

        var texts: [String] {
            switch self {
            case .text(let text): [text]
            case .plural(let one, let other): [one, other]
            }
        }

        fileprivate func mapped(_ change: (String) -> String) -> Entry {
            switch self {
            case .text(let text): .text(change(text))
            case .plural(let one, let other): .plural(one: change(one), other: change(other))
            }
        }

        func text(_ form: PluralForm) -> String {
            switch self {
            case .text(let text): text
            case .plural(let one, let other): form == .one ? one : other
            }
        }
    }

    public static let english = Catalogue(.english, [:])

    /// - Parameter missing: told of each text that the catalogue does not have; it is shown in English then.
    public init(
        _ language: Language, _ entries: [String: Entry], missing: (@Sendable (_ key: String) -> Void)? = nil
    ) {
        self.language = language
        self.missing = missing
        self.entries = entries.mapValues { $0.mapped { Typography.applied(to: $0, in: language) } }
        numerals = Numerals(language)
    }

    /// - Parameter json: an object whose members are texts by their English, or objects with the forms of one.
    /// - Throws: `DecodingError`.
    public init(
        _ language: Language, json: Data, missing: (@Sendable (_ key: String) -> Void)? = nil
    ) throws {
        self.init(language, try JSONDecoder().decode([String: Entry].self, from: json), missing: missing)
    }

    /// Under which a text with a context stands, where the catalogue tells it apart.
    public static func key(_ text: String, context: String?) -> String {
        context.map { "\($0)|\(text)" } ?? text
    }

    /// The text of a template: an entry of its own for this template, or else the common one.
    public func text(_ key: String, context: String) -> String {
        if language == .english { return key }
        guard let entry = entries[Self.key(key, context: context)] ?? entries[key] else {
            missing?(key)
            return key
        }
        return entry.text(.other)
    }

    // MARK: Phrases

    public func text(_ phrase: Phrase) -> String {
        let text = filled(pattern(of: phrase), phrase.arguments)
        return phrase.beginsSentence ? text.prefix(1).uppercased() + text.dropFirst() : text
    }

    private func pattern(of phrase: Phrase) -> String {
        let form = phrase.plural.map { PluralForm($0.count, in: language) } ?? .other
        if language == .english { return form == .one ? phrase.plural?.one ?? phrase.pattern : phrase.pattern }
        if let entry = entries[Self.key(phrase.pattern, context: phrase.context)] { return entry.text(form) }
        if phrase.pattern.hasWords { missing?(Self.key(phrase.pattern, context: phrase.context)) }
        return phrase.pattern
    }

    private func filled(_ pattern: String, _ arguments: [Phrase.Argument]) -> String {
        var text = ""
        var rest = pattern[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
            let behind = rest.utf8.index(after: open)
            guard let close = rest[behind...].utf8.firstIndex(of: UInt8(ascii: "}")),
                let number = Int(rest[behind..<close]), arguments.indices.contains(number - 1)
            else {
                text += rest[...open]
                rest = rest[behind...]
                continue
            }
            text += rest[..<open]
            let argument = written(arguments[number - 1])
            if language == .french { Typography.elide(&text, before: argument) }
            text += argument
            rest = rest[rest.utf8.index(after: close)...]
        }
        return text + rest
    }

    private func written(_ argument: Phrase.Argument) -> String {
        switch argument {
        case .text(let text): return text
        case .number(let number): return numerals.grouped(number)
        case .tenths(let number): return numerals.tenths(number)
        case .day(let day): return language == .french && day == 1 ? "1er" : String(day)
        case .phrase(let phrase): return text(phrase)
        case .list(let phrases):
            let words = phrases.map(text)
            guard let last = words.last, words.count > 1 else { return words.first ?? "" }
            let and = language == .french ? " et " : " and "
            return words.dropLast().joined(separator: ", ") + and + last
        }
    }
}

extension String {
    /// Whether there is anything to translate besides marks: a letter outside of braces.
    var hasWords: Bool {
        var depth = 0
        for scalar in unicodeScalars {
            if scalar == "{" { depth += 1 } else if scalar == "}" { depth -= 1 }
            if depth == 0 && scalar.properties.isAlphabetic { return true }
        }
        return false
    }
}
