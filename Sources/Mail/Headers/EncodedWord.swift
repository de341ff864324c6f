/// An encoded word, `=?charset*language?encoding?text?=` (RFC 2047, section 2; RFC 2231, section 5), as real mail has
/// it: with blanks, line breaks or 8-bit bytes inside, or directly beside other text.
struct EncodedWord {
    /// Of the charset with its language, in octets; the longest registered name has 45.
    private static let charsetLimit = 80

    /// In lower case, without the language.
    let charset: [UInt8]
    let isBase64: Bool
    /// The encoded text.
    let text: ArraySlice<UInt8>
    /// Behind the word.
    let end: Int

    /// - Parameter start: where `=?` stands.
    /// - Returns: nil for what is no encoded word. A word that the end of the input cuts off is one, if it has no
    ///   blanks.
    init?(at start: Int, in input: ArraySlice<UInt8>) {
        let question = UInt8(ascii: "?")
        guard start + 1 < input.endIndex, input[start] == UInt8(ascii: "="), input[start + 1] == question else {
            return nil
        }
        var position = start + 2
        while position < input.endIndex, input[position] != question {
            let byte = input[position]
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "="), position - start < Self.charsetLimit else {
                return nil
            }
            position += 1
        }
        guard position > start + 2, position + 2 < input.endIndex, input[position + 2] == question else { return nil }
        switch input[position + 1].asciiLowercased {
        case UInt8(ascii: "b"): isBase64 = true
        case UInt8(ascii: "q"): isBase64 = false
        default: return nil
        }
        charset = input[(start + 2)..<position].prefix { $0 != UInt8(ascii: "*") }.map(\.asciiLowercased)
        let textStart = position + 3
        guard let textEnd = Self.textEnd(from: textStart, in: input, isBase64: isBase64) else { return nil }
        text = input[textStart..<textEnd]
        end = min(textEnd + 2, input.endIndex)
    }

    var decoded: [UInt8] {
        let text = text.filter { $0 != 0x0A && $0 != 0x0D }
        return isBase64 ? Base64.decode(text) : QuotedPrintable.decode(text, isHeader: true)
    }

    /// Where the text ends: at `?=`, or at the end of the input. The next `=?` ends the search, so that reading a field
    /// of unclosed words stays linear.
    private static func textEnd(from start: Int, in input: ArraySlice<UInt8>, isBase64: Bool) -> Int? {
        var hasBlank = false
        var position = start
        while position < input.endIndex {
            let byte = input[position]
            let next = position + 1 < input.endIndex ? input[position + 1] : 0
            if byte == UInt8(ascii: "?"), next == UInt8(ascii: "=") {
                if isBase64 || !isUnencodedQuestionMark(at: position, in: input) { return position }
            } else if byte == UInt8(ascii: "="), next == UInt8(ascii: "?") {
                // `=?=`: padding or a stray `=` in front of the end of the word.
                guard position + 2 < input.endIndex, input[position + 2] == UInt8(ascii: "=") else { return nil }
            } else if byte.isHeaderBlank {
                hasBlank = true
            }
            position += 1
        }
        guard !hasBlank, start < input.endIndex else { return nil }
        return input.last == UInt8(ascii: "?") ? input.endIndex - 1 : input.endIndex
    }

    /// Whether the `?` in `?=41` belongs to the text: some programs encode everything but question marks. It does where
    /// an octet in hexadecimal follows and the word goes on to a later end.
    private static func isUnencodedQuestionMark(at position: Int, in input: ArraySlice<UInt8>) -> Bool {
        guard position + 3 < input.endIndex, isUpperHex(input[position + 2]), isUpperHex(input[position + 3]) else {
            return false
        }
        // An encoded word has at most 75 characters (RFC 2047, section 2).
        for index in (position + 4)..<max(min(position + 75, input.endIndex - 1), position + 4) {
            if input[index].isHeaderBlank { return false }
            if input[index] == UInt8(ascii: "?") { return input[index + 1] == UInt8(ascii: "=") }
            if input[index] == UInt8(ascii: "="), input[index + 1] == UInt8(ascii: "?") { return false }
        }
        return false
    }

    private static func isUpperHex(_ byte: UInt8) -> Bool { byte.isASCIIDigit || (byte >= 0x41 && byte <= 0x46) }
}
