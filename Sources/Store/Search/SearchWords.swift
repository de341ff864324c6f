import Foundation

/// The words that somebody searches emails for. An email is found when every one of them stands in its subject, its
/// text, or the names and addresses on it, wherever each; the last may be the beginning of a word. Case and accents do
/// not count. Signs inside a word keep its parts together: "carol@client.example" finds that address.
public struct SearchWords: Hashable, Sendable {
    /// At least one, each with a letter or digit in it.
    let words: [String]
    /// Whether the last one may be only the beginning of a word. One or two letters begin too many to be of use, and
    /// finding them all takes long.
    let lastIsPrefix: Bool
    /// What stands in the last one before its last letters and digits, and those as the index has them. Nil where only
    /// the index knows how.
    let ending: Ending?

    struct Ending: Hashable {
        let before: String
        let beginning: String
    }

    /// More than anybody types; what is beyond is passed over.
    static let limit = 8
    /// In characters.
    static let wordLimit = 80

    /// Nil where there is no letter and no digit, so nothing to search for. No text is an error.
    public init?(_ text: String) {
        words = text.split(whereSeparator: Self.isBetween).map { $0.prefix(Self.wordLimit) }
            .filter { $0.contains(where: Self.isPart) }.prefix(Self.limit).map(String.init)
        guard let last = words.last else { return nil }
        let signs = last.reversed().prefix { !Self.isPart($0) }.count
        let ending = last.dropLast(signs).reversed().prefix(while: Self.isPart).count
        let beginning = last.dropLast(signs).suffix(ending)
        // By bytes: in Chinese or Japanese one sign says as much as three letters.
        lastIsPrefix = beginning.utf8.count >= 3
        self.ending = Self.folded(beginning).map {
            Ending(before: String(last.dropLast(signs + ending)), beginning: $0)
        }
    }

    private static func isBetween(_ character: Character) -> Bool {
        character.isWhitespace || character.unicodeScalars.contains(where: MessageQuery.ownSigns.contains)
    }

    private static func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// As the index has it, in small letters without accents; nil for a word with other letters than those of Latin that
    /// are a plain one with an accent.
    private static func folded(_ word: Substring) -> String? {
        var folded = ""
        for scalar in word.unicodeScalars {
            guard scalar.value < 0x180, let first = String(scalar).decomposedStringWithCanonicalMapping.utf8.first,
                first < 0x80
            else { return nil }
            folded.unicodeScalars.append(Unicode.Scalar(first))
        }
        return folded.lowercased()
    }
}
