/// Writes a CSV file (RFC 4180): commas, CR LF, UTF-8. ``CSVReader`` reads back what it wrote.
public enum CSVWriter {
    /// What the file begins with: a byte order mark, without which Excel takes UTF-8 for the country's old charset.
    public static let mark = "\u{FEFF}"

    /// One line with its end. Cells that a spreadsheet would run as a formula get an apostrophe before them
    /// (``FormulaGuard``).
    public static func line(_ cells: [String]) -> String {
        // A line with nothing on it would be no line.
        if cells == [""] { return "\"\"\r\n" }
        return cells.enumerated().map { cell($1, isFirst: $0 == 0) }.joined(separator: ",") + "\r\n"
    }

    private static func cell(_ content: String, isFirst: Bool) -> String {
        let text = FormulaGuard.set(before: content)
        guard needsQuotes(text, isFirst: isFirst) else { return text }
        var quoted: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { quoted.append(byte) }
            quoted.append(byte)
        }
        return String(decoding: quoted + [UInt8(ascii: "\"")], as: UTF8.self)
    }

    private static func needsQuotes(_ text: String, isFirst: Bool) -> Bool {
        let bytes = text.utf8
        if bytes.first == 0x20 || bytes.last == 0x20 { return true }
        if isFirst, text.unicodeScalars.first == "\u{FEFF}" || bytes.starts(with: "sep=".utf8) { return true }
        return bytes.contains { byte in
            byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D || CSVDelimiter(rawValue: byte) != nil
        }
    }
}
