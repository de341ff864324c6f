import Glibc

/// Cuts the bytes of a connection into responses: a line, and with it the literals that it announces (RFC 9051, section
/// 4.3). Nothing is understood here but line ends and literal lengths.
struct ResponseFramer {
    /// A whole response. Literals stand in it as they came, `{n}CRLF` and n octets.
    struct Frame {
        var bytes: [UInt8]
        /// Where literals would stand that were too long: of those nothing is here, and their announcements say `{0}`.
        var oversized: [Int]
    }

    /// A line without literals is never longer than this in octets, unless to exhaust the reader: an ESEARCH answer for
    /// a mailbox of a million scattered messages has some 8 MB.
    static let lineLimit = 16 << 20
    /// Literals longer than this are passed over, in octets. Texts are fetched in pieces far smaller.
    let literalLimit: Int
    /// All literals of one response together, in octets; what a response may take in all is a line more.
    static let responseLimit = 64 << 20

    private var pending: [UInt8] = []
    private var oversized: [Int] = []
    /// Where the line that is being read begins: behind the last literal.
    private var lineStart = 0
    /// Octets of a literal that are still to come, and whether they are kept.
    private var literalRest = 0
    private var keepsLiteral = true

    init(literalLimit: Int = 32 << 20) { self.literalLimit = literalLimit }

    /// The connection cannot be continued.
    enum Failure: Error {
        case lineTooLong
        case responseTooLong
    }

    mutating func read(_ buffer: UnsafeRawBufferPointer, frame: (borrowing Frame) -> Void) throws(Failure) {
        var position = 0
        while position < buffer.count {
            if literalRest > 0 {
                let count = min(literalRest, buffer.count - position)
                if keepsLiteral { pending.append(contentsOf: buffer[position..<(position + count)]) }
                literalRest -= count
                position += count
                lineStart = pending.count
                continue
            }
            let rest = UnsafeRawBufferPointer(rebasing: buffer[position...])
            guard let start = rest.baseAddress, let found = memchr(start, 0x0a, rest.count) else {
                pending.append(contentsOf: rest)
                if pending.count - lineStart > Self.lineLimit { throw .lineTooLong }
                return
            }
            let length = UnsafeRawPointer(found) - start + 1
            pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[..<length]))
            position += length
            if let length = announcedLiteral() {
                if pending.count > Self.responseLimit + Self.lineLimit { throw .responseTooLong }
                literalRest = length
                keepsLiteral = length <= literalLimit && pending.count + length <= Self.responseLimit
                if !keepsLiteral { replaceAnnouncement() }
                lineStart = pending.count
                continue
            }
            frame(Frame(bytes: pending, oversized: oversized))
            pending.removeAll(keepingCapacity: pending.capacity < 1 << 20)
            lineStart = 0
            oversized = []
        }
    }

    /// Whether an incomplete response is waiting.
    var isInside: Bool { !pending.isEmpty || literalRest > 0 }

    /// Octets of the incomplete response that are kept.
    var heldOctets: Int { pending.count }

    /// The length at the end of the line just completed: `{n}`, `{n+}` or `~{n}`.
    private func announcedLiteral() -> Int? {
        // A literal that ends in `{3}` announces nothing.
        let start = lineStart
        var index = pending.count - 2
        guard index >= start else { return nil }
        if pending[index] == 0x0d { index -= 1 }
        guard index > start, pending[index] == UInt8(ascii: "}") else { return nil }
        index -= 1
        if pending[index] == UInt8(ascii: "+") { index -= 1 }
        var length = 0
        var factor = 1
        var digits = 0
        while index >= start, pending[index] >= 48, pending[index] <= 57, digits < 12 {
            length += Int(pending[index] - 48) * factor
            factor *= 10
            digits += 1
            index -= 1
        }
        guard digits > 0, index >= start, pending[index] == UInt8(ascii: "{") else { return nil }
        return length
    }

    private mutating func replaceAnnouncement() {
        while let last = pending.popLast(), last != UInt8(ascii: "{") {}
        pending += Array("{0}\r\n".utf8)
        oversized.append(pending.count)
    }
}
