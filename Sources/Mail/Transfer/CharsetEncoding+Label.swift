extension CharsetEncoding {
    /// Understands a label in any case, with quotes, blanks, a language of RFC 2231 or other additions.
    init(label: String?) {
        guard let label else {
            self = .unspecified
            return
        }
        let name = Self.trimmed(label)
        let key = String(decoding: name.utf8.filter { $0.isASCIILetter || $0.isASCIIDigit }, as: UTF8.self)
        self = Self.named[key] ?? Self.codePage(key) ?? Self.foreign(name, key)
    }

    /// The label's first word in lower case: not `charset=`, quotes, or what follows ";" or "*".
    private static func trimmed(_ label: String) -> String {
        var bytes = label.utf8.prefix(100).map(\.asciiLowercased)[...]
        let isNoise = { (byte: UInt8) in
            byte <= 0x20 || [0x22, 0x27, 0x3C, 0x3E, 0x3D, 0x5C, 0x5B, 0x5D].contains(byte)
        }
        bytes = bytes.drop(while: isNoise)
        if bytes.starts(with: "charset=".utf8) { bytes = bytes.dropFirst(8).drop(while: isNoise) }
        let word = bytes.prefix { !isNoise($0) && ![0x3B, 0x2A, 0x2C, 0x3F].contains($0) }
        // "Windows 1252", "ISO 8859-1".
        let rest = bytes[word.endIndex...].drop { $0 == 0x20 }
        let isSpaced = bytes[word.endIndex...].first == 0x20 && rest.first?.isASCIIDigit == true
        return String(decoding: isSpaced ? word + rest.prefix { $0.isASCIIDigit || $0 == 0x2D } : word, as: UTF8.self)
    }

    /// A name we do not know but the C library may.
    private static func foreign(_ name: String, _ key: String) -> CharsetEncoding {
        let isPlain = name.utf8.allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || [0x2D, 0x5F, 0x2E, 0x3A].contains($0)
        }
        guard isPlain, !key.isEmpty, key.utf8.count <= 40, !key.hasPrefix("internal") else { return .unspecified }
        return .iconv(name.uppercased(), IconvText.width(of: name.uppercased()))
    }

    /// `cp1252`, `windows-1252`, `x-ansi1252`, `ibm850`, `dos-866`, or the bare number.
    private static func codePage(_ key: String) -> CharsetEncoding? {
        let digits = key.utf8.reversed().prefix(while: \.isASCIIDigit).count
        guard (3...5).contains(digits), let number = Int(key.suffix(digits)) else { return nil }
        let prefixes: Set<String> = [
            "", "cp", "xcp", "windows", "xwindows", "win", "ansi", "xansi", "ms", "ibm", "dos", "codepage", "cswindows",
            "csibm",
            "oem", "microsoftcp", "mscp",
        ]
        guard prefixes.contains(String(key.dropLast(digits))) else { return nil }
        switch number {
        case 437, 720, 737, 775, 850, 852, 855...858, 860...866, 869, 1250...1258: return single("CP\(number)")
        case 874: return single("CP874")
        case 932, 943, 942: return multi("CP932")
        case 936, 1386, 54936, 20936: return multi("GB18030")
        case 949, 1363, 51949, 20949, 970: return multi("CP949")
        case 950, 1370: return multi("BIG5-HKSCS")
        case 951: return multi("BIG5-HKSCS")
        case 1200: return .utf16(.little)
        case 1201: return .utf16(.big)
        case 10000: return single("MACINTOSH")
        case 10007: return single("MAC-CYRILLIC")
        case 10029: return single("MAC-CENTRALEUROPE")
        case 12000: return .utf32(.little)
        case 12001: return .utf32(.big)
        case 20127: return .unspecified
        case 20866: return single("KOI8-R")
        case 21866: return single("KOI8-U")
        case 28591...28606: return named["iso8859\(number - 28590)"]
        case 50220...50222: return .iso2022JP
        case 50225: return .iconv("ISO-2022-KR", .shifting)
        case 51932, 20932: return multi("EUC-JP-MS")
        case 52936: return .hz
        case 65000: return .utf7
        case 65001: return .utf8
        default: return nil
        }
    }

    static func single(_ name: String) -> CharsetEncoding { .iconv(name, .singleByte) }
    static func multi(_ name: String) -> CharsetEncoding { .iconv(name, .multiByte) }
}
