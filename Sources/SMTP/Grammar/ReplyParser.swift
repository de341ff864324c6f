/// Cuts what the server sends into replies, however the octets are split on the way.
///
/// Lines may end with a bare LF. Memory is bounded by the two limits, and the work is linear in what comes.
public struct ReplyParser: Sendable {
    /// In octets, line end included. RFC 5321, section 4.5.3.1.5, allows servers 512, RFC 4954 12,288 for challenges
    /// that no mechanism of ours has; real replies stay below 1,000.
    public static let maximumLineLength = 4096
    /// The longest EHLO answers of real servers have some 30 lines.
    public static let maximumLineCount = 100

    private var input: [UInt8] = []
    private var start = 0
    private var searched = 0
    private var code: Int?
    private var lines: [String] = []

    public init() {}

    /// Nothing has come that ``next()`` has not returned.
    public var isEmpty: Bool { start == input.count && lines.isEmpty }

    public mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0 {
            input.removeSubrange(..<start)
            searched -= start
            start = 0
        }
        input.append(contentsOf: bytes)
    }

    /// The next whole reply; nil until more has come. After an error the connection is of no use any more.
    public mutating func next() throws(ProtocolViolation) -> SMTPReply? {
        while let line = try nextLine() {
            guard let (code, isLast, text) = ReplyParser.parse(line) else {
                throw .notAReply(ReplyParser.text(line.prefix(80)))
            }
            if let first = self.code, first != code { throw .mixedCodes(first, code) }
            self.code = code
            lines.append(text)
            if isLast {
                guard let reply = SMTPReply(code: code, lines: lines) else {
                    throw .notAReply(ReplyParser.text(line.prefix(80)))
                }
                self.code = nil
                lines = []
                return reply
            }
            guard lines.count < ReplyParser.maximumLineCount else { throw .tooManyLines }
        }
        return nil
    }

    private mutating func nextLine() throws(ProtocolViolation) -> ArraySlice<UInt8>? {
        guard let end = input[searched...].firstIndex(of: 0x0A) else {
            searched = input.count
            guard input.count - start < ReplyParser.maximumLineLength else { throw .lineTooLong }
            return nil
        }
        guard end - start < ReplyParser.maximumLineLength else { throw .lineTooLong }
        var line = input[start..<end]
        start = end + 1
        searched = start
        if line.last == 0x0D { line = line.dropLast() }
        return line
    }

    /// `250-text`, `250 text` or a bare `250` (RFC 5321, section 4.2).
    private static func parse(_ line: ArraySlice<UInt8>) -> (code: Int, isLast: Bool, text: String)? {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (200...599).contains(code) else { return nil }
        let rest = line.dropFirst(3)
        switch rest.first {
        case nil: return (code, true, "")
        case UInt8(ascii: " "): return (code, true, text(rest.dropFirst()))
        case UInt8(ascii: "-"): return (code, false, text(rest.dropFirst()))
        default: return nil
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control && scalar != "\t"
            scalars.append(isControl ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }
}
