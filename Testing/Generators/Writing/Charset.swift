import Glibc

/// Text in the charsets that mail programs write, through the C library.
enum Charset: String, Sendable {
    case usASCII = "us-ascii"
    case latin1 = "iso-8859-1"
    case latin9 = "iso-8859-15"
    case windows1252 = "windows-1252"
    case utf8 = "utf-8"
    case iso2022jp = "iso-2022-jp"
    case koi8r = "koi8-r"

    /// The text in this charset, or nil where the charset lacks one of its characters.
    func encode(_ text: String) -> [UInt8]? {
        if self == .utf8 { return Array(text.utf8) }
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
        if self == .usASCII { return nil }
        guard let converter = iconv_open(rawValue, "utf-8"), Int(bitPattern: converter) != -1 else { return nil }
        defer { iconv_close(converter) }
        var input = text.utf8.map(CChar.init(bitPattern:))
        var output = [CChar](repeating: 0, count: input.count * 4 + 16)
        return input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (from, fromLeft) = (source.baseAddress, source.count)
                var (to, toLeft) = (target.baseAddress, target.count)
                guard iconv(converter, &from, &fromLeft, &to, &toLeft) == 0 else { return nil }
                // Back to the initial state, which ISO-2022-JP demands at the end.
                guard iconv(converter, nil, nil, &to, &toLeft) == 0 else { return nil }
                return target.prefix(target.count - toLeft).map(UInt8.init(bitPattern:))
            }
        }
    }

    /// Whether a text in it passes 7-bit transports.
    var isSevenBit: Bool { self == .usASCII || self == .iso2022jp }
}
