/// Sections 13.2.5.72 to 13.2.5.80: `&amp;`, `&#8364;`, `&#x20AC;`.
extension HTMLTokenizer {
    /// Whether the "&" at that index may begin a reference: a letter, a digit or "#" follows.
    @inline(__always)
    func startsReference(at index: Int) -> Bool {
        guard let next = byte(index + 1) else { return false }
        return next.isASCIILetter || next.isASCIIDigit || next == UInt8(ascii: "#")
    }

    /// The text that the reference at that "&" stands for and where it ends, `nil` when the "&" is only text.
    mutating func characterReference(at start: Int, inAttribute: Bool) -> (text: ArraySlice<UInt8>, end: Int)? {
        if input[start + 1] == UInt8(ascii: "#") { return numericReference(at: start) }
        var end = start + 1
        while let next = byte(end), next.isASCIILetter || next.isASCIIDigit { end += 1 }
        let hasSemicolon = byte(end) == UInt8(ascii: ";")
        let references = HTMLNamedReferences.standard
        let name = start + 1..<end
        if hasSemicolon, name.count <= HTMLNamedReferences.longestName,
            let text = references.value(of: name, in: input, legacy: false)
        {
            return (text, end + 1)
        }
        var length = min(name.count, HTMLNamedReferences.longestLegacyName)
        while length >= HTMLNamedReferences.shortestLegacyName {
            let prefix = name.lowerBound..<name.lowerBound + length
            if let text = references.value(of: prefix, in: input, legacy: true) {
                // For historical reasons: "?a=b&copy=1" in an address is no copyright sign.
                if inAttribute, prefix.upperBound < end || byte(end) == UInt8(ascii: "=") { return nil }
                report(.missingSemicolonAfterCharacterReference, at: prefix.upperBound)
                return (text, prefix.upperBound)
            }
            length -= 1
        }
        if hasSemicolon { report(.unknownNamedCharacterReference, at: end) }
        return nil
    }

    /// 13.2.5.75 Numeric character reference state.
    private mutating func numericReference(at start: Int) -> (text: ArraySlice<UInt8>, end: Int)? {
        var index = start + 2
        let isHexadecimal = byte(index) == UInt8(ascii: "x") || byte(index) == UInt8(ascii: "X")
        if isHexadecimal { index += 1 }
        let firstDigit = index
        var code: UInt32 = 0
        while let digit = byte(index)?.hexadecimalValue, isHexadecimal || digit < 10 {
            // Beyond the last code point the number only has to stay beyond it.
            if code <= 0x10FFFF { code = code * (isHexadecimal ? 16 : 10) + digit }
            index += 1
        }
        guard index > firstDigit else {
            report(.absenceOfDigitsInNumericCharacterReference, at: index)
            return nil
        }
        if byte(index) == UInt8(ascii: ";") {
            index += 1
        } else {
            report(.missingSemicolonAfterCharacterReference, at: index)
        }
        return (Array(Character(scalar(for: code, at: index)).utf8)[...], index)
    }

    /// 13.2.5.80 Numeric character reference end state.
    private mutating func scalar(for code: UInt32, at offset: Int) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        switch code {
        case 0:
            report(.nullCharacterReference, at: offset)
            return replacement
        case 0x110000...:
            report(.characterReferenceOutsideUnicodeRange, at: offset)
            return replacement
        case 0xD800...0xDFFF:
            report(.surrogateCharacterReference, at: offset)
            return replacement
        case 0x80...0x9F:
            report(.controlCharacterReference, at: offset)
            return Self.windows1252[Int(code - 0x80)]
        case 0x0D, 0x7F, 0x01...0x08, 0x0B, 0x0E...0x1F:
            report(.controlCharacterReference, at: offset)
        default:
            if Self.isNoncharacter(code) { report(.noncharacterCharacterReference, at: offset) }
        }
        return Unicode.Scalar(code) ?? replacement
    }

    static func isNoncharacter(_ code: UInt32) -> Bool {
        (0xFDD0...0xFDEF).contains(code) || code & 0xFFFE == 0xFFFE
    }

    /// What the numbers 0x80 to 0x9F are taken for: characters of windows-1252, where that has one.
    private static let windows1252: [Unicode.Scalar] = [
        "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
        "\u{2C6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}",
        "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
        "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
    ]

    // MARK: 13.2.3.5 Preprocessing the input stream

    /// Reports the characters that should not stand in a document at all. Surrogates can only come as malformed UTF-8.
    mutating func checkInputStream() {
        var index = 0
        while index < input.count {
            let start = index
            let lead = input[index]
            index += 1
            var code = UInt32(lead)
            if lead >= 0xC0 {
                code = lead >= 0xF0 ? UInt32(lead & 0x07) : lead >= 0xE0 ? UInt32(lead & 0x0F) : UInt32(lead & 0x1F)
                while let next = byte(index), next & 0xC0 == 0x80 {
                    code = (code << 6 | UInt32(next & 0x3F)) & 0x1FFFFF
                    index += 1
                }
            }
            switch code {
            case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F...0x9F:
                report(.controlCharacterInInputStream, at: start)
            case 0xD800...0xDFFF:
                report(.surrogateInInputStream, at: start)
            default:
                if Self.isNoncharacter(code) { report(.noncharacterInInputStream, at: start) }
            }
        }
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexadecimalValue: UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self - 0x30)
        case 0x41...0x46: UInt32(self - 0x41 + 10)
        case 0x61...0x66: UInt32(self - 0x61 + 10)
        default: nil
        }
    }
}
