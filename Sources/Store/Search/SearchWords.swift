/// The words that somebody searches emails for. An email is found when every one of them stands in its subject, its
/// text, or the names and addresses on it, wherever each; the last may be the beginning of a word. Case and accents do
/// not count. Signs inside a word keep its parts together: "carol@client.example" finds that address.
public struct SearchWords: Hashable, Sendable {
    /// At least one, each with a letter or digit in it.
    let words: [String]
    /// Whether the last one may be only the beginning of a word. One or two letters begin too many to be of use, and
    /// finding them all takes long.
    let lastIsPrefix: Bool

    /// More than anybody types; what is beyond is passed over.
    static let limit = 8
    /// In characters.
    static let wordLimit = 80

    /// Nil where there is no letter and no digit, so nothing to search for. No text is an error.
    public init?(_ text: String) {
        words = text.split(whereSeparator: \.isWhitespace).map { $0.prefix(Self.wordLimit) }
            .filter { $0.contains(where: Self.isPart) }.prefix(Self.limit).map(String.init)
        guard let last = words.last else { return nil }
        let ending = last.reversed().drop { !Self.isPart($0) }.prefix(while: Self.isPart)
        // By bytes: in Chinese or Japanese one sign says as much as three letters.
        lastIsPrefix = String(ending).utf8.count >= 3
    }

    private static func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
