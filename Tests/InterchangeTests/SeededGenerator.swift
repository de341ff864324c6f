/// Repeatable random numbers (xorshift64*), for tests that print their seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_f491_4f6c_dd1d
    }

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
