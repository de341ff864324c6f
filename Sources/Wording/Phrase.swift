/// Words for a person, not yet in a language: the English text with marks for what is put in ("{1} of {2} read"), and
/// what is put in. The English text is the key of the catalogues.
///
/// Written as a literal: `"There is no server named “\(host)”."`. What is interpolated stands as it is, whatever the
/// language, except another phrase, and numbers that say how they are written (``StringInterpolation``).
public struct Phrase: Hashable, Sendable {
    /// What is put in at a mark.
    public enum Argument: Hashable, Sendable {
        /// A name, an address, a server's own words.
        case text(String)
        /// Grouped by thousands.
        case number(Int)
        /// Of a number with one decimal.
        case tenths(Int)
        /// The day of a month.
        case day(Int)
        case phrase(Phrase)
        /// "a, b and c"
        case list([Phrase])
    }

    /// The English text; of a phrase with a number, that for several.
    public var pattern: String
    public var arguments: [Argument]
    /// Tells apart equal English texts that another language says differently.
    public var context: String?
    /// The number that decides about singular and plural, and the English text for one.
    public var plural: Plural?
    /// Whether it begins a sentence, with a capital letter.
    public var beginsSentence = false

    public struct Plural: Hashable, Sendable {
        public let count: Int
        public let one: String
    }

    public init(_ pattern: String, arguments: [Argument] = [], context: String? = nil) {
        self.pattern = pattern
        self.arguments = arguments
        self.context = context
    }

    /// A text that is the same in every language.
    public static func verbatim(_ text: some StringProtocol) -> Phrase {
        text.isEmpty ? Phrase("") : Phrase("{1}", arguments: [.text(String(text))])
    }

    /// A literal that a catalogue has under a context of its own.
    public static func inContext(_ context: String, _ phrase: Phrase) -> Phrase {
        var phrase = phrase
        phrase.context = context
        return phrase
    }

    /// The one or the other, by a number; in languages with other rules, what their catalogue says.
    ///
    /// Both put in the same, or the first nothing.
    public static func counting(_ count: Int, one: Phrase, other: Phrase) -> Phrase {
        var phrase = other
        phrase.plural = Plural(count: count, one: one.pattern)
        return phrase
    }

    /// Several with "and" before the last.
    public static func list(_ phrases: [Phrase]) -> Phrase {
        phrases.count == 1 ? phrases[0] : Phrase("{1}", arguments: [.list(phrases)])
    }

    /// Several sentences behind each other.
    public static func sentences(_ phrases: [Phrase]) -> Phrase { several(phrases, separator: " ") }

    /// Several with a mark between them; empty ones are passed over.
    public static func several(_ phrases: [Phrase], separator: String = ", ") -> Phrase {
        let parts = phrases.filter { !$0.isEmpty }
        if parts.count == 1 { return parts[0] }
        return Phrase(
            parts.indices.map { "{\($0 + 1)}" }.joined(separator: separator), arguments: parts.map(Argument.phrase))
    }

    public var isEmpty: Bool { pattern.isEmpty }

    public var asSentence: Phrase {
        var phrase = self
        phrase.beginsSentence = true
        return phrase
    }

    /// For logs and the command line.
    public var english: String { Catalogue.english.text(self) }
}

extension Phrase: CustomStringConvertible {
    public var description: String { english }
}
