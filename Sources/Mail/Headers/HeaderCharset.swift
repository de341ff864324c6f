/// What the bytes of a header say, whatever their label claims.
enum HeaderCharset {
    /// - Parameter label: in lower case. nil for raw bytes in a field.
    static func text(_ bytes: [UInt8], label: String?) -> String {
        switch label {
        case nil:
            if bytes.contains(0x1B), isISO2022JP(bytes) { return Charset.decode(bytes, label: "iso-2022-jp") }
            return utf8OrLegacy(bytes)
        case "utf-8", "utf8": return utf8OrLegacy(bytes)
        default: return Charset.decode(bytes, label: label)
        }
    }

    /// UTF-8, also where a few characters are damaged, as by a cut in the middle of one; else windows-1252.
    private static func utf8OrLegacy(_ bytes: [UInt8]) -> String {
        let survey = UTF8Survey(bytes)
        if survey.errors == 0 || survey.sequences > survey.errors { return String(decoding: bytes, as: UTF8.self) }
        return Charset.decode(bytes, label: "windows-1252")
    }

    /// Raw ISO-2022-JP was the habit in Japan before encoded words: escape sequences, nothing above ASCII.
    private static func isISO2022JP(_ bytes: [UInt8]) -> Bool {
        guard bytes.allSatisfy({ $0 < 0x80 }), let escape = bytes.firstIndex(of: 0x1B), escape + 2 < bytes.count else {
            return false
        }
        return bytes[escape + 1] == UInt8(ascii: "$") && (bytes[escape + 2] == 0x42 || bytes[escape + 2] == 0x40)
    }
}

/// How much of some bytes is UTF-8.
struct UTF8Survey {
    /// Well-formed sequences of more than one byte.
    private(set) var sequences = 0
    private(set) var errors = 0

    init(_ bytes: [UInt8]) {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        loop: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): if !scalar.isASCII { sequences += 1 }
            case .error: errors += 1
            case .emptyInput: break loop
            }
        }
    }
}
