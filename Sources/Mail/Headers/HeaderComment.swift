/// A comment (RFC 5322, section 3.2.2): text in parentheses, which may nest.
struct HeaderComment {
    /// Deeper nesting is no comment; no mail of a person has any.
    static let depthLimit = 64

    /// What stands between the outermost parentheses, escapes resolved.
    let content: [UInt8]
    /// Behind the closing parenthesis.
    let end: Int

    /// - Parameter start: where the opening parenthesis stands.
    /// - Returns: nil for one that is not closed.
    init?(at start: Int, in input: ArraySlice<UInt8>) {
        var depth = 0
        var content: [UInt8] = []
        var position = start
        while position < input.endIndex {
            let byte = input[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\\"):
                guard position < input.endIndex else { return nil }
                content.append(input[position])
                position += 1
                continue
            case UInt8(ascii: "("):
                depth += 1
                guard depth <= Self.depthLimit else { return nil }
                if depth == 1 { continue }
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 {
                    self.content = content
                    end = position
                    return
                }
            default: break
            }
            content.append(byte)
        }
        return nil
    }
}
