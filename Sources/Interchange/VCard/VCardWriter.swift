import CRM

/// Writes contacts as vCard 4.0 (RFC 6350). ``VCardReader`` reads back what it wrote, but for line ends, which all
/// become one, and control characters, which are left out.
public enum VCardWriter {
    /// Of a line, in bytes, without its end (RFC 6350, section 3.2).
    static let lineLimit = 75

    public static func card(_ record: ContactRecord) -> String {
        let name = PersonName.full(
            first: record.firstName, last: record.lastName, orElse: record.addresses.first ?? record.account.name)
        var lines = ["BEGIN:VCARD", "VERSION:4.0", "FN:" + escaped(name)]
        lines.append("N:" + escaped(record.lastName) + ";" + escaped(record.firstName) + ";;;")
        for (index, address) in record.addresses.enumerated() {
            lines.append((index == 0 ? "EMAIL;PREF=1:" : "EMAIL:") + escaped(address))
        }
        if !record.phone.isEmpty { lines.append("TEL:" + escaped(record.phone)) }
        if !record.title.isEmpty { lines.append("TITLE:" + escaped(record.title)) }
        if !record.account.name.isEmpty { lines.append("ORG:" + escaped(record.account.name)) }
        if !record.notes.isEmpty { lines.append("NOTE:" + escaped(record.notes)) }
        lines.append("END:VCARD")
        return lines.map(folded).joined()
    }

    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ",", ";": escaped.append(contentsOf: ["\\", scalar])
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": escaped.append(contentsOf: ["\\", "n"])
            case "\t": escaped.append(scalar)
            case "\u{0}"..<"\u{20}", "\u{7F}": break
            default: escaped.append(scalar)
            }
            previous = scalar
        }
        return String(escaped)
    }

    /// The line with its end, broken where it is too long, never within a character.
    private static func folded(_ line: String) -> String {
        guard line.utf8.count > lineLimit else { return line + "\r\n" }
        var text = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if length + size > lineLimit {
                text += "\r\n "
                length = 1
            }
            text.unicodeScalars.append(scalar)
            length += size
        }
        return text + "\r\n"
    }
}
