/// Takes a value and its parameters apart, leaving them encoded.
struct ParameterScanner {
    private let input: ArraySlice<UInt8>
    private var position: Int
    /// Once a comment is found to be open to the end, no later parenthesis is looked at: that keeps the work linear.
    private var commentsCount = true

    init(_ input: ArraySlice<UInt8>) {
        self.input = input
        position = input.startIndex
    }

    /// What stands in front of the parameters, without blanks and comments.
    mutating func readValue() -> [UInt8] {
        var value: [UInt8] = []
        while position < input.endIndex {
            let byte = input[position]
            if byte.isHeaderBlank || byte == UInt8(ascii: ",") {
                position += 1
            } else if byte == UInt8(ascii: "("), skipComment() {
                continue
            } else if byte == UInt8(ascii: ";") || beginsParameter(at: position) {
                return value
            } else {
                let end = wordEnd(from: position)
                value += input[position..<end]
                position = end
            }
        }
        return value
    }

    mutating func readParameters(limit: Int) -> [([UInt8], [UInt8])] {
        var parameters: [([UInt8], [UInt8])] = []
        while parameters.count < limit {
            skipSeparators()
            guard position < input.endIndex else { break }
            let name = readName()
            skipBlanks()
            guard position < input.endIndex, input[position] == UInt8(ascii: "=") else { continue }
            position += 1
            skipBlanks()
            if position < input.endIndex, input[position] == UInt8(ascii: "\"") {
                let value = readQuoted()
                if !name.isEmpty { parameters.append((name, value)) }
            } else {
                let value = readUnquoted()
                if !name.isEmpty, !value.isEmpty { parameters.append((name, value)) }
            }
        }
        return parameters
    }

    private mutating func skipBlanks() {
        while position < input.endIndex {
            if input[position].isHeaderBlank {
                position += 1
            } else if input[position] != UInt8(ascii: "(") || !skipComment() {
                return
            }
        }
    }

    private mutating func skipSeparators() {
        while position < input.endIndex {
            skipBlanks()
            guard position < input.endIndex,
                input[position] == UInt8(ascii: ";") || input[position] == UInt8(ascii: ",")
            else {
                return
            }
            position += 1
        }
    }

    private mutating func skipComment() -> Bool {
        guard commentsCount else { return false }
        guard let comment = HeaderComment(at: position, in: input) else {
            commentsCount = false
            return false
        }
        position = comment.end
        return true
    }

    /// Up to a blank, `=` or `;`; at least one byte is passed over.
    private mutating func readName() -> [UInt8] {
        let start = position
        while position < input.endIndex, !input[position].isHeaderBlank, input[position] != UInt8(ascii: "="),
            input[position] != UInt8(ascii: ";")
        {
            position += 1
        }
        return input[start..<position].map(\.asciiLowercased)
    }

    private func wordEnd(from start: Int) -> Int {
        var end = start + 1
        while end < input.endIndex, !input[end].isHeaderBlank, !Self.endsWord(input[end]) {
            end += 1
        }
        return end
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "(")
    }

    /// Whether a name and `=` stand here.
    private func beginsParameter(at start: Int) -> Bool {
        var end = start
        // Names are short; longer runs are content.
        while end < input.endIndex, end - start < 64, isNameByte(input[end]) { end += 1 }
        return end > start && end < input.endIndex && input[end] == UInt8(ascii: "=")
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*")
            || byte == UInt8(ascii: "_")
    }

    /// A quoted value; one that is not closed reaches to the end.
    private mutating func readQuoted() -> [UInt8] {
        var value: [UInt8] = []
        position += 1
        while position < input.endIndex {
            let byte = input[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return value
            case UInt8(ascii: "\\"):
                guard position < input.endIndex else { break }
                // `C:\Users\name` is not escaped, whatever the standard says.
                let next = input[position]
                if next.isASCIILetter || next.isASCIIDigit { value.append(byte) }
                value.append(next)
                position += 1
            case 0x0A, 0x0D: break
            default: value.append(byte)
            }
        }
        return value
    }

    /// Up to a semicolon, or to a blank in front of another parameter. Parentheses at the end are a comment, others are
    /// content (`report (1).pdf`).
    private mutating func readUnquoted() -> [UInt8] {
        let start = position
        var value: [UInt8] = []
        while position < input.endIndex, input[position] != UInt8(ascii: ";") {
            let byte = input[position]
            if byte == UInt8(ascii: "("), commentsCount {
                let open = position
                if skipComment() {
                    let close = position
                    skipTrailingBlanks()
                    if position == input.endIndex || input[position] == UInt8(ascii: ";") { break }
                    value += input[open..<close]
                    position = close
                    continue
                }
            }
            if position > start, input[position - 1].isHeaderBlank, beginsParameter(at: position) { break }
            if byte != 0x0A, byte != 0x0D { value.append(byte) }
            position += 1
        }
        return Array(value[...].trimmingHeaderBlanks)
    }

    private mutating func skipTrailingBlanks() {
        while position < input.endIndex, input[position].isHeaderBlank { position += 1 }
    }
}
