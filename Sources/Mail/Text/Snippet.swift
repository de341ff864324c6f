/// Collects words up to a number of characters.
struct Snippet {
    private let limit: Int
    private var words: [UInt8] = []
    private var needsSpace = false

    init(limit: Int) { self.limit = max(limit, 1) }

    /// Enough for any text of `limit` characters that is no pile of accents.
    var isFull: Bool { words.count > limit * 16 }

    mutating func append(_ line: ArraySlice<UInt8>) {
        var index = line.startIndex
        while index < line.endIndex, !isFull {
            let length = Self.blank(line, at: index)
            if length > 0 {
                needsSpace = true
                index += length
            } else {
                if needsSpace, !words.isEmpty { words.append(0x20) }
                needsSpace = false
                words.append(line[index])
                index += 1
            }
        }
        needsSpace = true
    }

    /// Bytes of the blank at the position: ASCII's, or a no-break space.
    private static func blank(_ line: ArraySlice<UInt8>, at index: Int) -> Int {
        if line[index] <= 0x20 { return 1 }
        return line[index] == 0xC2 && index + 1 < line.endIndex && line[index + 1] == 0xA0 ? 2 : 0
    }

    /// `nil` if there were no words.
    func finish() -> String? {
        guard words.contains(where: { $0 >= 0x80 || $0.isASCIILetter || $0.isASCIIDigit }) else { return nil }
        let text = String(decoding: words, as: UTF8.self)
        guard let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex), end < text.endIndex
        else {
            return text
        }
        var cut = text.prefix(limit - 1)
        // Back to a word's end, unless that takes away much, as in languages without blanks.
        if let space = cut.lastIndex(of: " "), cut.distance(from: space, to: cut.endIndex) <= limit / 6 {
            cut = cut[..<space]
        }
        while cut.last == " " { cut.removeLast() }
        return cut + "…"
    }
}
