/// The habits of print that a language has beyond its words.
enum Typography {
    /// A text of a catalogue, in which only ordinary blanks and apostrophes need stand.
    ///
    /// French puts a blank that never breaks before double signs and within guillemets, a narrow one before ; ! ? and
    /// the percent sign (Imprimerie nationale, "Lexique des règles typographiques").
    static func applied(to text: String, in language: Language) -> String {
        guard language == .french else { return text }
        var result = ""
        var previous: Character?
        for character in text {
            switch character {
            case "'": result.append("’")
            case ":" where previous == " ", "»" where previous == " ":
                result.removeLast()
                result.append("\u{A0}\(character)")
            case ";" where previous == " ", "!" where previous == " ", "?" where previous == " ",
                "%" where previous == " ":
                result.removeLast()
                result.append("\u{202F}\(character)")
            case " " where previous == "«": result.append("\u{A0}")
            default: result.append(character)
            }
            previous = character
        }
        return result
    }

    /// "la boîte mail de " before "Anna" becomes "la boîte mail d’"; so does "que ".
    static func elide(_ text: inout String, before word: String) {
        guard text.hasSuffix("de ") || text.hasSuffix("De ") || text.hasSuffix("que "),
            let first = word.first, isVowel(first), startsWord(text)
        else { return }
        text.removeLast(2)
        text.append("’")
    }

    private static func startsWord(_ text: String) -> Bool {
        let before = text.dropLast(text.hasSuffix("que ") ? 4 : 3).last
        return before.map { !$0.isLetter } ?? true
    }

    /// An h is taken to be sounded, as it is in most names from abroad; so is a y.
    private static func isVowel(_ letter: Character) -> Bool {
        "aeiouàâäéèêëîïôöùûüœæ".contains(letter.lowercased())
    }
}
