/// A quoted string (RFC 5322, section 3.2.4).
struct QuotedString {
    /// Without the quotes, escapes resolved, line breaks of folding left out.
    let content: [UInt8]
    /// Behind the closing quote.
    let end: Int

    /// - Parameter start: where the opening quote stands.
    /// - Returns: nil for one that is not closed.
    init?(at start: Int, in input: ArraySlice<UInt8>) {
        var content: [UInt8] = []
        var position = start + 1
        while position < input.endIndex {
            let byte = input[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                self.content = content
                end = position
                return
            case UInt8(ascii: "\\"):
                guard position < input.endIndex else { return nil }
                content.append(input[position])
                position += 1
            case 0x0A, 0x0D: break
            default: content.append(byte)
            }
        }
        return nil
    }
}
