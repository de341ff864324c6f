import Glibc

/// Why a response could not be understood.
struct ParseFailure: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// Reads the tokens of one response from its bytes. Copies nothing that is not asked for.
struct Cursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0
    /// Where literals would stand that were too long to be kept, ascending.
    private var oversized: ArraySlice<Int>
    /// How many of those were met.
    private(set) var passedOver = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, oversized: [Int] = []) {
        self.bytes = bytes
        self.oversized = oversized[...]
    }

    /// Octets in all.
    var count: Int { bytes.count }

    @inline(__always) var isAtEnd: Bool { position >= bytes.count }

    /// 0 at the end: NUL is not allowed anywhere else.
    @inline(__always) var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

    @inline(__always) func peek(_ offset: Int) -> UInt8 {
        position + offset < bytes.count ? bytes[position + offset] : 0
    }

    @inline(__always) mutating func skip() { position += 1 }

    @inline(__always) mutating func skipSpaces() {
        while peek == 0x20 { position += 1 }
    }

    mutating func expect(_ byte: UInt8) throws {
        guard peek == byte else {
            throw ParseFailure("expected “\(UnicodeScalar(byte))” at octet \(position)")
        }
        position += 1
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte, !isAtEnd else { return false }
        position += 1
        return true
    }

    /// Whether the bytes at the cursor are those of `range`, which lies before it; then the cursor stands behind them.
    mutating func takeRepeated(_ range: Range<Int>) -> Bool {
        guard let base = bytes.baseAddress, !range.isEmpty, position + range.count <= bytes.count,
            memcmp(base + range.lowerBound, base + position, range.count) == 0
        else { return false }
        position += range.count
        return true
    }

    /// Whether the word at the cursor is `word` (in upper case), whatever its case; then the cursor stands behind it.
    mutating func takeWord(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        let matches = word.withUTF8Buffer { text in
            for index in 0..<count {
                let byte = bytes[position + index]
                let upper = byte &- 97 < 26 ? byte & 0xdf : byte
                if upper != text[index] { return false }
            }
            return true
        }
        guard matches else { return false }
        let next = position + count < bytes.count ? bytes[position + count] : 0x20
        let endsWord = !Self.isAtom[Int(next)] || !Self.isAtom[Int(bytes[position])]
        guard endsWord || next == UInt8(ascii: "[") || next == UInt8(ascii: "<") else { return false }
        position += count
        return true
    }

    /// Bytes of an atom; `[`, `]` and the like are left to the caller.
    private static let isAtom: [Bool] = (0..<256).map { byte in
        byte > 0x20 && byte != 0x7f && !Array("(){\"\\%*[]".utf8).contains(UInt8(byte))
    }

    /// A run up to a blank, a parenthesis or the line end; brackets and backslashes belong to it, as in flags and
    /// section names.
    mutating func word() -> String { String(decoding: wordBytes(), as: UTF8.self) }

    /// As ``word()``, for what need not be UTF-8.
    mutating func wordBytes() -> UnsafeBufferPointer<UInt8> {
        let start = position
        while position < bytes.count, bytes[position] > 0x20, bytes[position] != UInt8(ascii: "("),
            bytes[position] != UInt8(ascii: ")")
        {
            position += 1
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<position])
    }

    /// An unsigned number; too large a one is nil, and passed over.
    mutating func number() throws -> UInt64? {
        guard peek >= 48, peek <= 57 else { throw ParseFailure("expected a number at octet \(position)") }
        var value: UInt64 = 0
        var overflows = false
        while peek >= 48, peek <= 57 {
            let (product, first) = value.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(UInt64(peek - 48))
            overflows = overflows || first || second
            value = sum
            position += 1
        }
        return overflows ? nil : value
    }

    mutating func number32() throws -> UInt32? {
        try number().flatMap { UInt32(exactly: $0) }
    }

    /// A quoted string, a literal, NIL, or an atom in a place where some servers forget the quotes.
    mutating func nstring() throws -> [UInt8]? {
        switch peek {
        case UInt8(ascii: "\""): return try quoted()
        case UInt8(ascii: "{"): return try literal()
        case UInt8(ascii: "~"):
            position += 1
            return try literal()
        default:
            if takeWord("NIL") { return nil }
            let start = position
            while Self.isAtom[Int(peek)], !isAtEnd { position += 1 }
            guard position > start else { throw ParseFailure("expected a string at octet \(position)") }
            return Array(bytes[start..<position])
        }
    }

    mutating func string() throws -> [UInt8] { try nstring() ?? [] }

    private mutating func quoted() throws -> [UInt8] {
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            guard position < bytes.count else { throw ParseFailure("a quoted string does not end") }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") { break }
            if byte == 0x0d || byte == 0x0a { throw ParseFailure("a line ends inside a quoted string") }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
            }
            position += 1
        }
        let raw = bytes[start..<min(position, bytes.count)]
        position += 1
        guard hasEscapes else { return Array(raw) }
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var isEscaped = false
        for byte in raw {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
                continue
            }
            isEscaped = false
            result.append(byte)
        }
        return result
    }

    private mutating func literal() throws -> [UInt8] {
        try expect(UInt8(ascii: "{"))
        guard let length = try number(), length <= UInt64(bytes.count) else {
            throw ParseFailure("a literal is longer than its response")
        }
        _ = take(UInt8(ascii: "+"))
        try expect(UInt8(ascii: "}"))
        _ = take(0x0d)
        try expect(0x0a)
        let end = position + Int(length)
        guard end <= bytes.count else { throw ParseFailure("a literal is longer than its response") }
        while let next = oversized.first, next <= position {
            if next == position { passedOver += 1 }
            oversized.removeFirst()
        }
        defer { position = end }
        return Array(bytes[position..<end])
    }

    /// Passes over one value of any kind: string, atom, list.
    mutating func skipValue(depth: Int = 0) throws {
        guard depth < 200 else { throw ParseFailure("nested too deeply") }
        skipSpaces()
        if take(UInt8(ascii: "(")) {
            while true {
                skipSpaces()
                if take(UInt8(ascii: ")")) { return }
                if isAtEnd { throw ParseFailure("a list does not end") }
                try skipValue(depth: depth + 1)
            }
        }
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "{") || peek == UInt8(ascii: "~") {
            _ = try nstring()
            return
        }
        let start = position
        _ = word()
        if position == start { throw ParseFailure("nothing to pass over at octet \(position)") }
    }

    /// The rest of the line, without its end.
    mutating func rest() -> String {
        var end = bytes.count
        while end > position, bytes[end - 1] == 0x0a || bytes[end - 1] == 0x0d { end -= 1 }
        defer { position = bytes.count }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[min(position, end)..<end]), as: UTF8.self)
    }

    /// Whether only the line end is left.
    var isAtLineEnd: Bool { isAtEnd || peek == 0x0d || peek == 0x0a }

    /// A sequence-set of numbers, `1:4,7,12:*`; `*` stands for `star`. Noughts are passed over where they are allowed.
    mutating func uidSet(star: UInt32, allowsNought: Bool = true) throws -> UIDSet {
        var ranges: [ClosedRange<UInt32>] = []
        repeat {
            let low = try setMember(star)
            var high = low
            if take(UInt8(ascii: ":")) { high = try setMember(star) }
            guard allowsNought || low > 0 && high > 0 else { throw ParseFailure("a UID of nought") }
            if low > 0, high > 0 { ranges.append(min(low, high)...max(low, high)) }
        } while take(UInt8(ascii: ","))
        return UIDSet(ranges: ranges)
    }

    private mutating func setMember(_ star: UInt32) throws -> UInt32 {
        if take(UInt8(ascii: "*")) { return star }
        guard let number = try number32() else {
            throw ParseFailure("a number of more than 32 bits at octet \(position)")
        }
        return number
    }
}
