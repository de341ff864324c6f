/// A piece of a date as it is written.
enum MailDateToken: Equatable {
    /// With how many digits it was written.
    case number(Int, digits: Int)
    /// Letters, in lower case.
    case word(String)
    case mark(UInt8)

    /// More than any date has.
    private static let countLimit = 40

    /// The pieces without blanks and comments.
    static func tokens(_ input: ArraySlice<UInt8>) -> [MailDateToken] {
        var tokens: [MailDateToken] = []
        var position = input.startIndex
        var commentsCount = true
        while position < input.endIndex, tokens.count < countLimit {
            let start = position
            let byte = input[position]
            if byte == UInt8(ascii: "("), commentsCount {
                if let comment = HeaderComment(at: position, in: input) {
                    position = comment.end
                    continue
                }
                commentsCount = false
            }
            position += 1
            if byte.isASCIIDigit {
                while position < input.endIndex, input[position].isASCIIDigit { position += 1 }
                let digits = input[start..<position]
                // Longer numbers are no part of a date.
                let value = digits.count > 9 ? Int.max : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
                tokens.append(.number(value, digits: digits.count))
            } else if byte.isASCIILetter {
                while position < input.endIndex, input[position].isASCIILetter { position += 1 }
                tokens.append(
                    .word(String(decoding: input[start..<position].prefix(12).map(\.asciiLowercased), as: UTF8.self)))
            } else if byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "(") {
                tokens.append(.mark(byte))
            }
        }
        return tokens
    }
}
