/// UTF-7 (RFC 2152). The C library refuses characters that the standard leaves out of direct use and mail uses anyway.
enum UTF7Text {
    static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "+") else {
                if byte < 0x80 { output.append(byte) } else { output.append(utf8: "\u{FFFD}") }
                continue
            }
            let start = index
            while index < bytes.count, value(bytes[index]) != nil { index += 1 }
            if index == start {
                // "+-" is a plus sign; so is one before anything else.
                output.append(byte)
                if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
                continue
            }
            appendUnits(of: bytes[start..<index], to: &output)
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
        }
        return output
    }

    private static func appendUnits(of letters: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var units: [UInt16] = []
        var bits: UInt32 = 0
        var count = 0
        for letter in letters {
            bits = bits << 6 | UInt32(value(letter) ?? 0)
            count += 6
            if count >= 16 {
                count -= 16
                units.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        output.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
