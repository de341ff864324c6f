/// Keeps spreadsheets from running what a cell holds. Excel, LibreOffice and Google Sheets take a cell that begins with
/// one of these signs for a formula, which can fetch addresses and start programs (OWASP, "CSV Injection"). Behind an
/// apostrophe it is text.
///
/// Where a spreadsheet takes another sign between cells than the file does, as Excel does in many countries, quotation
/// marks do not keep a cell together: it ends at a semicolon, comma, tab or line end within it, and what stands behind
/// begins another. So the signs are guarded there too, and behind blanks and quotation marks.
///
/// Setting and taking off are each other's inverse for every text: apostrophes that stood there already are counted.
public enum FormulaGuard {
    private static let apostrophe = UInt8(ascii: "'")

    /// At the beginning of the text blanks count too: spreadsheets pass over them.
    private static func isSign(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): true
        case 0x09, 0x0A, 0x0D: isFirst
        default: false
        }
    }

    /// What may stand before a formula in a cell.
    private static func isLead(_ byte: UInt8) -> Bool {
        byte == apostrophe || byte == UInt8(ascii: "\"") || byte == 0x20
    }

    private static func mayEndCell(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D || CSVDelimiter(rawValue: byte) != nil
    }

    /// With an apostrophe before each sign with which a formula could begin.
    public static func set(before text: String) -> String {
        rewritten(text) { result in result.append(apostrophe) }
    }

    /// Without the apostrophes that were set before formula signs.
    public static func taken(off text: String) -> String {
        rewritten(text) { result in if result.last == apostrophe { result.removeLast() } }
    }

    /// - Parameter change: of what stands before a sign.
    private static func rewritten(_ text: String, _ change: (inout [UInt8]) -> Void) -> String {
        guard mayHoldSign(text) else { return text }
        var result: [UInt8] = []
        var isFirst = true
        var isLeading = true
        for byte in text.utf8 {
            if isLeading, isSign(byte, isFirst: isFirst) { change(&result) }
            result.append(byte)
            if !isLead(byte) { isFirst = false }
            isLeading = mayEndCell(byte) || isLeading && isLead(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Most cells are one word or number.
    private static func mayHoldSign(_ text: String) -> Bool {
        if text.utf8.contains(where: mayEndCell) { return true }
        return text.utf8.first { !isLead($0) }.map { isSign($0, isFirst: true) } ?? false
    }
}
