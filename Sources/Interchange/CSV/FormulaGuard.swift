/// Keeps spreadsheets from running what a cell holds. Excel, LibreOffice and Google Sheets take a cell that begins with
/// one of these signs for a formula, which can fetch addresses and start programs (OWASP, "CSV Injection"). Behind an
/// apostrophe it is text.
///
/// Setting and taking off are each other's inverse for every text: apostrophes that stood there already are counted.
public enum FormulaGuard {
    private static func isSign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: true
        default: false
        }
    }

    private static func beginsWithSign(_ text: String) -> Bool {
        text.utf8.first { $0 != UInt8(ascii: "'") }.map(isSign) ?? false
    }

    /// With an apostrophe before it where it would be a formula.
    public static func set(before text: String) -> String { beginsWithSign(text) ? "'" + text : text }

    /// Without the apostrophe that was set before a formula sign.
    public static func taken(off text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'"), beginsWithSign(text) else { return text }
        return String(decoding: text.utf8.dropFirst(), as: UTF8.self)
    }
}
