import Glibc

/// The lines of a message, found as they are asked for.
struct MIMELines {
    let bytes: [UInt8]
    /// A line feed, which a carriage return may precede; a carriage return alone in messages that have no line feed.
    private let terminator: UInt8

    struct Line {
        /// Without the line end.
        var content: Range<Int>
        /// Where the next line begins.
        var next: Int
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let hasLineFeed = bytes.firstIndex(of: 0x0A) != nil
        terminator = hasLineFeed ? 0x0A : 0x0D
    }

    @inline(__always)
    func line(at start: Int, limit: Int) -> Line {
        guard let end = next(terminator, from: start, limit: limit) else {
            return Line(content: start..<limit, next: limit)
        }
        let hasReturn = terminator == 0x0A && end > start && bytes[end - 1] == 0x0D
        return Line(content: start..<(hasReturn ? end - 1 : end), next: end + 1)
    }

    private func next(_ byte: UInt8, from start: Int, limit: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard start < limit, let base = bytes.baseAddress,
                let found = memchr(base + start, Int32(byte), limit - start)
            else {
                return nil
            }
            return UnsafeRawPointer(found) - base
        }
    }

    /// The position without the line end that stands before it.
    func trimmingLineEnd(_ position: Int, from start: Int) -> Int {
        guard position > start, bytes[position - 1] == terminator else { return position }
        let end = position - 1
        return terminator == 0x0A && end > start && bytes[end - 1] == 0x0D ? end - 1 : end
    }

    /// Whether the bytes are the name, given in lower case, in any case.
    func equals(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { name in
            name.indices.allSatisfy { bytes[range.lowerBound + $0].asciiLowercased == name[$0] }
        }
    }
}
