/// Reads a CSV file (RFC 4180) line by line, as an iterator: only the file's bytes and the present line are held.
///
/// - The delimiter is a comma, semicolon or tab, found in the first line or named by a line `sep=;`, as Excel writes
///   it.
/// - Lines end in CR LF, LF or CR. Empty lines are passed over. Cells in quotation marks may hold line breaks.
/// - Blanks before an opening and behind a closing quotation mark do not count; other blanks do.
/// - A line whose quotation marks are wrong is a problem of that line: reading goes on with the line below it.
/// - An apostrophe that ``CSVWriter`` set before a formula sign is taken off (``FormulaGuard``).
///
/// Each byte is looked at a bounded number of times: a line in which a quotation mark stays open is read once more from
/// the line below, and what was read in vain holds no other that stays open.
public struct CSVReader: Sequence, IteratorProtocol, Sendable {
    /// Of one record, in bytes: many times the longest notes.
    public static let recordLimit = 256 * 1_024
    /// Of one record: the widest exports of address books have some hundred columns.
    public static let cellLimit = 1_000

    public let delimiter: CSVDelimiter
    private let bytes: [UInt8]
    private var position: Int
    private var line = 1

    /// - Parameter bytes: in UTF-8, as ``TextFile/utf8(_:)`` makes them.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        if let (named, end) = Self.named(bytes) {
            delimiter = named
            position = end
            line = 2
        } else {
            delimiter = CSVDelimiter.detected(in: bytes)
        }
    }

    /// How much of the file was read, from 0 to 1.
    public var progress: Double { bytes.isEmpty ? 1 : Double(position) / Double(bytes.count) }

    private static func named(_ bytes: [UInt8]) -> (CSVDelimiter, Int)? {
        guard bytes.count >= 6, bytes.prefix(4).elementsEqual("sep=".utf8),
            let delimiter = CSVDelimiter(rawValue: bytes[4])
        else { return nil }
        switch bytes[5] {
        case 0x0A: return (delimiter, 6)
        case 0x0D: return (delimiter, bytes.count > 6 && bytes[6] == 0x0A ? 7 : 6)
        default: return nil
        }
    }

    public mutating func next() -> CSVRecord? {
        while position < bytes.count, isLineEnd(bytes[position]) { passLineEnd() }
        guard position < bytes.count else { return nil }
        let (start, startLine) = (position, line)
        do {
            return CSVRecord(line: startLine, content: .success(try record()))
        } catch {
            (position, line) = (start, startLine)
            while position < bytes.count, !isLineEnd(bytes[position]) { position += 1 }
            return CSVRecord(line: startLine, content: .failure(error))
        }
    }

    private mutating func record() throws(CSVProblem) -> [String] {
        let start = position
        var cells: [String] = []
        while true {
            if cells.count == Self.cellLimit { throw .tooManyCells }
            let cell = try cell(recordStart: start)
            cells.append(FormulaGuard.taken(off: cell))
            guard position < bytes.count, bytes[position] == delimiter.rawValue else { break }
            position += 1
        }
        if position < bytes.count { passLineEnd() }
        return cells
    }

    /// Ends at a delimiter, a line end or the end of the file.
    private mutating func cell(recordStart: Int) throws(CSVProblem) -> String {
        let start = position
        while position < bytes.count, bytes[position] == 0x20 { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            return try quotedCell(recordStart: recordStart)
        }
        while position < bytes.count, bytes[position] != delimiter.rawValue, !isLineEnd(bytes[position]) {
            if bytes[position] == UInt8(ascii: "\"") { throw .strayQuote }
            if position - recordStart >= Self.recordLimit { throw .tooLong }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quotedCell(recordStart: Int) throws(CSVProblem) -> String {
        position += 1
        var run = position
        var text: [UInt8] = []
        while true {
            guard position < bytes.count else { throw .quoteNotClosed }
            if position - recordStart >= Self.recordLimit { throw .quoteNotClosed }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                text += bytes[run..<position]
                position += 1
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { break }
                run = position
            } else if isLineEnd(byte) {
                passLineEnd()
                continue
            }
            position += 1
        }
        while position < bytes.count, bytes[position] == 0x20 { position += 1 }
        guard position == bytes.count || bytes[position] == delimiter.rawValue || isLineEnd(bytes[position]) else {
            throw .textAfterQuote
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func passLineEnd() {
        if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
        position += 1
        line += 1
    }
}
