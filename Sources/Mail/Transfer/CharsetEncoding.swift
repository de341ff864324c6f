/// How a charset is read, once its label is understood.
enum CharsetEncoding: Hashable {
    enum ByteOrder: Hashable {
        case big
        case little
        case unknown
    }

    case utf8
    /// No label, or one that says nothing.
    case unspecified
    case utf16(ByteOrder)
    case utf32(ByteOrder)
    case utf7
    case hz
    case iso2022JP
    /// By a name of the C library's iconv.
    case iconv(String, Width)

    enum Width: Hashable {
        case singleByte
        case multiByte
        /// Escape sequences, or units of more than a byte: ASCII bytes need not be ASCII text.
        case shifting
    }

    /// Whether bytes below 0x80 always stand for themselves.
    var isASCIISuperset: Bool {
        switch self {
        case .utf8, .unspecified, .iconv(_, .singleByte), .iconv(_, .multiByte): true
        case .utf16, .utf32, .utf7, .hz, .iso2022JP, .iconv(_, .shifting): false
        }
    }

    /// Whether all text is in bytes below 0x80, so that others show that the label is wrong.
    var isSevenBit: Bool {
        switch self {
        case .utf7, .hz, .iso2022JP: true
        case .iconv(let name, .shifting): name.hasPrefix("ISO-2022")
        default: false
        }
    }

    /// Whether bytes that are valid UTF-8 are rather UTF-8 than this.
    ///
    /// In a single-byte charset a valid sequence of UTF-8 is an unlikely pair of letters. Of the two-byte charsets of
    /// East Asia every third short word passes for UTF-8 with sequences of two bytes, hardly any for two of three
    /// bytes.
    func yields(toUTF8 bytes: [UInt8]) -> Bool {
        guard case .iconv(_, .multiByte) = self else { return true }
        var long = 0
        var hasOther = false
        for byte in bytes where byte >= 0x80 {
            if byte >= 0xE0 {
                long += 1
                if long >= 2 { return true }
            }
            hasOther = true
        }
        return !hasOther
    }
}
