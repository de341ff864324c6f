import Generators

extension SeededRandom {
    /// A text of pieces that are troublesome in files.
    mutating func text() -> String {
        let pieces = [
            "a", "Zoë", " ", "\"", "'", ",", ";", "\t", "\r\n", "\n", "\r", "=", "+", "-", "@", "sep=;", "\\", "\\n",
            ":",
            "é", "日本", "👩‍👩‍👧", "\u{FEFF}", "BEGIN:VCARD", "END:VCARD", "''=", "<b>", String(repeating: "x", count: 80),
        ]
        return (0..<Int.random(in: 0...5, using: &self)).map { _ in pieces.randomElement(using: &self)! }.joined()
    }
}
