/// Reads a header block field by field.
///
/// Lenient where mail is broken: a block that is cut off, a missing blank line before the body, lines that lost the
/// blank by which they continued a field, an mbox "From " line on top.
struct MIMEHeaderScan {
    /// Fields of one header that are read. Mail that went through many hands has some 200.
    static let fieldLimit = 10_000

    /// Where the first field begins.
    private(set) var start: Int
    /// Where the body begins.
    private(set) var bodyStart: Int
    /// Where the header ends: before the blank line.
    private(set) var end: Int
    private(set) var fields: [Field] = []

    struct Field {
        var name: Range<Int>
        /// From behind the colon to the line end of the last line.
        var value: Range<Int>
    }

    private let lines: MIMELines

    /// - Parameters:
    ///   - isTop: the header of a whole message, before which an mbox line or blank lines may stand.
    ///   - isBoundary: whether a line that begins with "--" ends the part, header and all.
    init(
        _ lines: MIMELines, from start: Int, to limit: Int, isTop: Bool,
        isBoundary: (MIMELines.Line) -> Bool = { _ in false }
    ) {
        self.lines = lines
        self.start = start
        bodyStart = limit
        end = limit
        var position = start
        if isTop { position = skipEnvelope(from: start, to: limit) }
        self.start = position
        while position < limit {
            let line = lines.line(at: position, limit: limit)
            if line.content.isEmpty {
                end = position
                bodyStart = line.next
                return
            }
            let first = lines.bytes[line.content.lowerBound]
            if first == UInt8(ascii: "-"), isBoundary(line) {
                end = position
                bodyStart = position
                return
            }
            if first == 0x20 || first == 0x09 {
                if !fields.isEmpty {
                    fields[fields.count - 1].value = fields[fields.count - 1].value.lowerBound..<line.content.upperBound
                } else if line.content.allSatisfy({ lines.bytes[$0] <= 0x20 }) {
                    end = position
                    bodyStart = line.next
                    return
                }
            } else if let colon = colon(in: line.content) {
                var nameEnd = colon
                while nameEnd > line.content.lowerBound, lines.bytes[nameEnd - 1] <= 0x20 { nameEnd -= 1 }
                if fields.count < Self.fieldLimit {
                    fields.append(
                        Field(name: line.content.lowerBound..<nameEnd, value: colon + 1..<line.content.upperBound))
                }
            } else if lines.bytes[line.content].starts(with: "--".utf8)
                || !headerGoesOn(behind: line.next, limit: limit)
            {
                end = position
                bodyStart = position
                return
            }
            position = line.next
        }
    }

    /// Blank lines and an mbox "From " line, which is no field.
    private func skipEnvelope(from start: Int, to limit: Int) -> Int {
        var position = start
        while position < limit {
            let line = lines.line(at: position, limit: limit)
            let text = lines.bytes[line.content]
            guard line.content.isEmpty || text.starts(with: "From ".utf8) || text.starts(with: ">From ".utf8) else {
                break
            }
            position = line.next
        }
        // Nothing but blank lines: a message without header or body.
        return position < limit ? position : start
    }

    /// The colon behind a field's name: printable ASCII without blanks (RFC 5322, 3.6.8), blanks before the colon
    /// allowed.
    private func colon(in line: Range<Int>) -> Int? {
        var index = line.lowerBound
        while index < line.upperBound, lines.bytes[index] > 0x20, lines.bytes[index] != UInt8(ascii: ":"),
            lines.bytes[index] < 0x7F
        {
            index += 1
        }
        guard index > line.lowerBound else { return nil }
        while index < line.upperBound, lines.bytes[index] == 0x20 || lines.bytes[index] == 0x09 { index += 1 }
        return index < line.upperBound && lines.bytes[index] == UInt8(ascii: ":") ? index : nil
    }

    private static let usualNames: [[UInt8]] = [
        "content-", "mime-version:", "received:", "from:", "to:", "subject:", "date:", "message-id:", "x-", "reply-to:",
        "return-path:", "references:", "in-reply-to:", "dkim-", "list-", "arc-", "authentication-", "received-spf:",
        "sender:",
        "thread-", "delivered-to:",
    ].map { Array($0.utf8) }

    /// Whether a line that is no field stands within the header rather than at the beginning of a body without blank
    /// line: a usual field follows within some lines.
    private func headerGoesOn(behind start: Int, limit: Int) -> Bool {
        guard !fields.isEmpty else { return false }
        var position = start
        for _ in 0..<5 where position < limit {
            let line = lines.line(at: position, limit: limit)
            if line.content.isEmpty { return false }
            let beginning = lines.bytes[line.content].prefix(16).map(\.asciiLowercased)
            if Self.usualNames.contains(where: { beginning.starts(with: $0) }) { return true }
            position = line.next
        }
        return false
    }

    /// Bytes of one value that are read for MIME's own fields; a forged one may have megabytes.
    static let structuredValueLimit = 1 << 16

    /// The first field of the name, given in lower case, unfolded.
    func value(_ name: StaticString) -> [UInt8]? {
        for field in fields where lines.equals(field.name, name) {
            return lines.bytes[field.value].prefix(Self.structuredValueLimit).filter { $0 != 0x0A && $0 != 0x0D }
        }
        return nil
    }
}
