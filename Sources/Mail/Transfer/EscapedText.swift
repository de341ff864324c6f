/// The seven-bit encodings of East Asian text, rewritten as the eight-bit ones that carry the same characters.
///
/// The C library reads ISO-2022-JP by its definition; mail puts the characters of Microsoft's and NEC's extensions and
/// half-width kana into it, which only the eight-bit form knows.
enum EscapedText {
    /// HZ (RFC 1843) as GB 18030.
    static func gb18030(fromHZ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var isChinese = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "~"), index + 1 < bytes.count {
                index += 2
                switch bytes[index - 1] {
                case UInt8(ascii: "{"): isChinese = true
                case UInt8(ascii: "}"): isChinese = false
                case UInt8(ascii: "~"): output.append(byte)
                case 0x0A: break
                default: index -= 1
                }
                continue
            }
            if byte == 0x0A { isChinese = false }
            if isChinese, byte > 0x20, byte < 0x7F, index + 1 < bytes.count {
                output.append(byte | 0x80)
                output.append(bytes[index + 1] | 0x80)
                index += 2
            } else {
                output.append(byte)
                index += 1
            }
        }
        return output
    }

    private enum JapaneseSet {
        case ascii
        case kana
        case kanji
        case supplementaryKanji
    }

    /// ISO-2022-JP (RFC 1468) with the escape sequences of ISO-2022-JP-1 and of Microsoft's code pages, as EUC-JP.
    static func eucJP(fromISO2022 bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var set = JapaneseSet.ascii
        var isShifted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x1B, let (next, length) = escape(bytes[(index + 1)...]) {
                set = next
                index += 1 + length
                continue
            }
            index += 1
            switch byte {
            case 0x0E: isShifted = true
            case 0x0F: isShifted = false
            case 0x0A, 0x0D:
                set = .ascii
                output.append(byte)
            case 0x21..<0x7F where isShifted || set == .kana:
                output.append(contentsOf: [0x8E, byte | 0x80])
            case 0x21..<0x7F where set != .ascii && index < bytes.count && (0x21..<0x7F).contains(bytes[index]):
                if set == .supplementaryKanji { output.append(0x8F) }
                output.append(byte | 0x80)
                output.append(bytes[index] | 0x80)
                index += 1
            // Half-width kana in eight bits.
            case 0xA1...0xDF where index == bytes.count || bytes[index] < 0x80:
                output.append(contentsOf: [0x8E, byte])
            default: output.append(byte)
            }
        }
        return output
    }

    private static func escape(_ rest: ArraySlice<UInt8>) -> (JapaneseSet, length: Int)? {
        for (sequence, set) in [
            ("(B", JapaneseSet.ascii), ("(J", .ascii), ("(H", .ascii), ("(I", .kana), ("$B", .kanji), ("$@", .kanji),
            ("$(B", .kanji), ("$(@", .kanji), ("$(D", .supplementaryKanji), ("$(Q", .kanji), ("$(O", .kanji),
        ] where rest.starts(with: sequence.utf8) {
            return (set, sequence.utf8.count)
        }
        return nil
    }
}
