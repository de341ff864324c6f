/// Puts text together line by line as cards show it, and stops at a limit.
struct PlainTextBuilder {
    /// Blank lines in a row that are kept.
    private static let blankLineLimit = 2

    private let limit: Int
    private var output: [UInt8] = []
    /// Line ends since the last line with text; they are written when more text follows.
    private var pendingLines = 0
    /// Where the present line begins.
    private var lineStart = 0
    /// Where the text before the present part ends; blank lines at the part's beginning do not count.
    private var partStart = 0
    private(set) var isFull = false

    init(limit: Int) { self.limit = limit }

    var remaining: Int { limit - output.count }

    /// A blank line between parts.
    mutating func beginPart() {
        guard !output.isEmpty else { return }
        endLine()
        pendingLines = 2
        partStart = output.count
    }

    /// - Parameter utf8: valid UTF-8.
    mutating func append(_ utf8: [UInt8]) {
        output.reserveCapacity(min(limit, output.count + utf8.count + 4))
        utf8.withUnsafeBufferPointer { input in
            Self.special.withUnsafeBufferPointer { special in append(input, special) }
        }
    }

    mutating func finish() -> (text: String, isTruncated: Bool) {
        endLine()
        return (String(decoding: output, as: UTF8.self), isFull)
    }

    // MARK: Scanning

    /// Control characters, and the first bytes of the characters beyond ASCII that are looked at.
    private static let special: [Bool] = (0...255).map {
        $0 < 0x20 && $0 != 0x09 || [0x7F, 0xC2, 0xE2, 0xEF].contains($0)
    }

    private mutating func append(_ input: UnsafeBufferPointer<UInt8>, _ special: UnsafeBufferPointer<Bool>) {
        var index = 0
        while index < input.count, !isFull {
            let start = index
            while index < input.count, !special[Int(input[index])] { index += 1 }
            if index > start { write(UnsafeBufferPointer(rebasing: input[start..<index])) }
            guard index < input.count else { break }
            index += appendSpecial(UnsafeBufferPointer(rebasing: input[index...]))
        }
    }

    /// - Returns: the bytes that were read.
    private mutating func appendSpecial(_ input: UnsafeBufferPointer<UInt8>) -> Int {
        let second = input.count > 1 ? input[1] : 0
        let third = input.count > 2 ? input[2] : 0
        switch (input[0], second, third) {
        case (0x0A, _, _), (0x0B, _, _), (0x0C, _, _):
            endLine()
            return 1
        case (0x0D, _, _):
            var length = 1
            while length < input.count, input[length] == 0x0D { length += 1 }
            if length < input.count, input[length] == 0x0A { length += 1 } else { length = 1 }
            endLine()
            return length
        case (0..<0x20, _, _), (0x7F, _, _): return 1
        // U+0080 to U+009F.
        case (0xC2, 0x80..<0xA0, _): return 2
        case (0xC2, _, _):
            write(UnsafeBufferPointer(rebasing: input[..<2]))
            return 2
        // Line and paragraph separator.
        case (0xE2, 0x80, 0xA8...0xA9):
            endLine()
            return 3
        // U+202A to U+202E, U+2066 to U+2069: embeddings, overrides and isolates; U+FEFF.
        case (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA6...0xA9), (0xEF, 0xBB, 0xBF): return 3
        default:
            write(UnsafeBufferPointer(rebasing: input[..<min(3, input.count)]))
            return 3
        }
    }

    // MARK: Lines

    private mutating func endLine() {
        trimBlanks()
        // A line that turned out blank counts with those before it.
        while output.count == lineStart, output.last == 0x0A {
            output.removeLast()
            lineStart -= 1
            pendingLines += 1
        }
        pendingLines = output.isEmpty ? 0 : output.count == partStart ? 2 : pendingLines + 1
        lineStart = output.count
    }

    private mutating func trimBlanks() {
        while output.count > lineStart {
            let last = output[output.count - 1]
            if last == 0x20 || last == 0x09 {
                output.removeLast()
            } else if last == 0xA0, output.count - lineStart >= 2, output[output.count - 2] == 0xC2 {
                output.removeLast(2)
            } else {
                break
            }
        }
    }

    private mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
        if pendingLines > 0 { writePendingLines() }
        let room = limit - output.count
        guard text.count > room else {
            output.append(contentsOf: text)
            return
        }
        isFull = true
        var end = max(room, 0)
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        output.append(contentsOf: text[..<end])
    }

    private mutating func writePendingLines() {
        let lines = min(pendingLines, Self.blankLineLimit + 1)
        pendingLines = 0
        output.append(contentsOf: repeatElement(0x0A, count: min(lines, max(0, limit - output.count))))
        lineStart = output.count
    }
}
