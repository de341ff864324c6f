extension UInt8 {
    /// Space, tab, and the line breaks of folding.
    @inline(__always)
    var isHeaderBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }

    /// atext (RFC 5322, section 3.2.3) or a byte of a non-ASCII character (RFC 6532, section 3.2).
    @inline(__always)
    var isAtomText: Bool {
        if self >= 0x80 || isASCIILetter || isASCIIDigit { return true }
        switch self {
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"),
            UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="),
            UInt8(ascii: "?"),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
            UInt8(ascii: "}"),
            UInt8(ascii: "~"):
            return true
        default: return false
        }
    }
}

extension ArraySlice<UInt8> {
    /// Without blanks at both ends.
    var trimmingHeaderBlanks: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first.isHeaderBlank { slice.removeFirst() }
        while let last = slice.last, last.isHeaderBlank { slice.removeLast() }
        return slice
    }

    /// Whether an encoded word (RFC 2047) may begin anywhere in it.
    var mayContainEncodedWord: Bool {
        var rest = self
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            if equals + 1 < endIndex, self[equals + 1] == UInt8(ascii: "?") { return true }
            rest = self[(equals + 1)...]
        }
        return false
    }
}
