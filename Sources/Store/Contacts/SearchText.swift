import Database
import Foundation

/// How names and addresses are folded for sorting and searching, so that "Müller" is found by "muller" and stands
/// beside it in both databases alike.
enum SearchText {
    /// Without accents and case.
    static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        return text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
            .lowercased()
    }

    /// A key whose bytes sort as the parts do, one after another. U+0001 sorts below all that people type.
    static func sortKey(_ parts: String...) -> String {
        parts.map(folded).joined(separator: "\u{1}")
    }

    /// What a row is found by: each word behind a blank, so that one pattern finds the beginnings of words. Of an
    /// address the beginnings after every sign count too.
    static func text(names: [String], addresses: [String] = []) -> String {
        var words: [Substring] = []
        let names = names.map(folded)
        for name in names {
            words += name.split(whereSeparator: \.isWhitespace)
            words += name.split { !$0.isLetter && !$0.isNumber }
        }
        let addresses = addresses.map(folded)
        for address in addresses {
            words.append(address[...])
            for index in address.indices where !address[index].isLetter && !address[index].isNumber {
                words.append(address[address.index(after: index)...])
            }
        }
        var seen: Set<Substring> = []
        return words.filter { !$0.isEmpty && seen.insert($0).inserted }.map { " " + $0 }.joined()
    }

    /// The words of what someone searches for; at most 8, which is more than any name has.
    static func queryWords(_ query: String) -> [String] {
        folded(query).split(whereSeparator: \.isWhitespace).prefix(8).map(String.init)
    }

    /// The pattern that finds a word of a query at the beginning of a word of ``text(names:addresses:)``.
    static func pattern(_ word: String) -> Value { .text(Dialect.containing(" " + word)) }
}
