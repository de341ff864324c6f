import Store

/// Tokens that tie a form to the page it came from, for people who are not signed in.
enum GuestToken {
    /// In characters: 128 bits in hexadecimal.
    static let length = 32

    static func make(_ random: any RandomSource) -> String {
        random.bytes(length / 2).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// In a time that does not tell where they differ. Nothing equals an empty token.
    static func areEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard !one.isEmpty, one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
