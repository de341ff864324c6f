import Foundation

/// Header text beyond ASCII (RFC 2047) and parameters beyond ASCII (RFC 2231).
enum EncodedWords {
    enum Form: Sendable {
        /// "Q" encoding, readable for mostly Latin text.
        case quoted
        /// "B" encoding.
        case base64
    }

    /// The text as it may stand in an unstructured field or as a display name: itself when it is ASCII, else encoded
    /// words of at most 64 characters (RFC 2047 allows 75, and lines of 76), split between characters and never within.
    static func encode(_ text: String, _ charset: Charset, _ form: Form) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        let used = charset.encode(text) == nil ? Charset.utf8 : charset
        let room = 64 - "=?\(used.rawValue)?Q??=".utf8.count
        var words: [String] = []
        var chunk = ""
        for character in text {
            let longer = chunk + String(character)
            if payload(longer, used, form).utf8.count > room, !chunk.isEmpty {
                words.append(payload(chunk, used, form))
                chunk = String(character)
            } else {
                chunk = longer
            }
        }
        words.append(payload(chunk, used, form))
        let letter = form == .quoted ? "Q" : "B"
        return words.map { "=?\(used.rawValue)?\(letter)?\($0)?=" }.joined(separator: " ")
    }

    private static func payload(_ text: String, _ charset: Charset, _ form: Form) -> String {
        let bytes = charset.encode(text) ?? []
        switch form {
        case .base64: return Data(bytes).base64EncodedString()
        case .quoted:
            return bytes.map { byte in
                switch byte {
                case 0x20: return "_"
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return String(UnicodeScalar(byte))
                default: return hexadecimal("=", byte)
                }
            }.joined()
        }
    }

    /// A display name and address (RFC 5322, section 3.4).
    static func mailbox(_ person: Person, _ charset: Charset, _ form: Form) -> String {
        if person.name.isEmpty { return person.address }
        let isASCII = person.name.utf8.allSatisfy { $0 < 0x80 }
        let needsQuotes = isASCII && !person.name.utf8.allSatisfy { isAtomText($0) || $0 == 0x20 }
        let name = needsQuotes ? "\"\(person.name)\"" : encode(person.name, charset, form)
        return "\(name) <\(person.address)>"
    }

    private static func isAtomText(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }

    /// A parameter such as `filename="offer.pdf"` or `filename*=utf-8''Pr%C3%BCfung.pdf`.
    static func parameter(_ name: String, _ value: String) -> String {
        if value.utf8.allSatisfy({ $0 < 0x80 }) { return "\(name)=\"\(value)\"" }
        let encoded = value.utf8.map { byte -> String in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: String(UnicodeScalar(byte))
            default: hexadecimal("%", byte)
            }
        }
        return "\(name)*=utf-8''\(encoded.joined())"
    }

    private static func hexadecimal(_ mark: String, _ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return mark + (digits.count == 1 ? "0" + digits : digits)
    }
}
