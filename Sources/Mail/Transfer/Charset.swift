/// Text in the charsets of mail.
public enum Charset {
    /// The text of `bytes`, whatever they are: what cannot be read becomes U+FFFD.
    ///
    /// Labels are taken as mail programs use them, not as registered: `iso-8859-1` means Windows-1252, `gb2312` GB
    /// 18030, `shift_jis` Windows code page 932 (the WHATWG Encoding standard does the same). Without a label, or with
    /// one that says nothing (`us-ascii`, `unknown-8bit`, an unknown name), text is UTF-8 where it is valid and else
    /// Windows-1252. Text with another label that is UTF-8 beyond doubt is read as UTF-8, since programs that forward
    /// mail often convert the text and keep the label.
    public static func decode(_ bytes: [UInt8], label: String?) -> String {
        let encoding = CharsetEncoding(label: label)
        if mayBeUTF8(bytes, encoding), let text = String(validating: bytes, as: UTF8.self) {
            if bytes.starts(with: utf8Mark) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
            if encoding.yields(toUTF8: bytes) { return text }
        }
        return String(decoding: utf8(bytes, encoding), as: UTF8.self)
    }

    /// The text in UTF-8, always valid.
    static func utf8(_ bytes: [UInt8], label: String?) -> [UInt8] {
        let encoding = CharsetEncoding(label: label)
        if mayBeUTF8(bytes, encoding), isUTF8(bytes) {
            if bytes.starts(with: utf8Mark) { return Array(bytes.dropFirst(3)) }
            if encoding.yields(toUTF8: bytes) { return bytes }
        }
        return utf8(bytes, encoding)
    }

    private static func mayBeUTF8(_ bytes: [UInt8], _ encoding: CharsetEncoding) -> Bool {
        encoding.isASCIISuperset || encoding.isSevenBit && !bytes.contains(0x1B) && bytes.contains { $0 >= 0x80 }
    }

    private static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static func isUTF8(_ bytes: [UInt8]) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }

    private static func utf8(_ bytes: [UInt8], _ encoding: CharsetEncoding) -> [UInt8] {
        if bytes.starts(with: utf8Mark) { return repaired(Array(bytes.dropFirst(3))) }
        switch encoding {
        case .utf8: return hasUTF16Mark(bytes) ? UTF16Text.utf8(bytes, .unknown) : repaired(bytes)
        case .unspecified:
            if hasUTF16Mark(bytes) { return UTF16Text.utf8(bytes, .unknown) }
            // A text that was fetched in part may end within a character.
            return isUTF8ButForItsEnd(bytes) ? repaired(bytes) : IconvText.utf8(bytes, "CP1252") ?? repaired(bytes)
        case .utf16(let order): return UTF16Text.utf8(bytes, order)
        case .utf32(let order): return UTF32Text.utf8(bytes, order)
        case .utf7: return UTF7Text.utf8(bytes)
        case .hz: return IconvText.utf8(EscapedText.gb18030(fromHZ: bytes), "GB18030") ?? repaired(bytes)
        case .iso2022JP: return IconvText.utf8(EscapedText.eucJP(fromISO2022: bytes), "EUC-JP-MS") ?? repaired(bytes)
        case .iconv(let name, _): return IconvText.utf8(bytes, name) ?? utf8(bytes, .unspecified)
        }
    }

    private static func hasUTF16Mark(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    }

    private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        isUTF8(bytes) ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    /// Whether only a character cut off at the end keeps the text from being UTF-8.
    private static func isUTF8ButForItsEnd(_ bytes: [UInt8]) -> Bool {
        guard let lead = bytes.suffix(3).lastIndex(where: { $0 >= 0xC2 }), bytes.count > 3 else { return false }
        let length = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : 2
        guard bytes.count - lead < length, bytes[(lead + 1)...].allSatisfy({ $0 & 0xC0 == 0x80 }) else { return false }
        // Otherwise a lone accented letter at the end of Windows-1252 would pass for the beginning of a character.
        let whole = Array(bytes[..<lead])
        return whole.contains { $0 >= 0x80 } && isUTF8(whole)
    }
}
