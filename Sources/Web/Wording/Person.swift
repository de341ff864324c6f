import Wording

/// Somebody as a coloured circle with initials and a name.
struct Person: Sendable {
    let name: Phrase
    let initials: String
    /// A number from 0 to 7, for the colour; always the same for the same name.
    let tone: Int

    init(_ name: String) { self.init(.verbatim(name)) }

    init(_ phrase: Phrase) {
        self.name = phrase
        let name = phrase.english
        let words = name.split { !$0.isLetter && !$0.isNumber }
        let letters = [words.first, words.count > 1 && !name.contains("@") ? words.last : nil].compactMap { $0?.first }
        initials = letters.isEmpty ? "?" : String(letters).uppercased()
        var hash: UInt32 = 2_166_136_261
        for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        tone = Int((hash >> 16) % 8)
    }
}
