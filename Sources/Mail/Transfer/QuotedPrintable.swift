/// Quoted-printable (RFC 2045, 6.7) and the Q encoding of header words (RFC 2047, 4.2), read leniently.
public enum QuotedPrintable {
    /// The bytes behind quoted-printable text. A "=" that begins neither two hexadecimal digits nor a soft line break
    /// stays as it is; blanks at a line's end, which only transport adds, go.
    /// - Parameter isHeader: "_" stands for a space.
    public static func decode(_ bytes: [UInt8], isHeader: Bool = false) -> [UInt8] {
        bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: input.count) { output, written in
                written = decode(input, isHeader: isHeader, into: output)
            }
        }
    }

    private static func decode(
        _ input: UnsafeBufferPointer<UInt8>, isHeader: Bool, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var read = 0
        var written = 0
        // What lies before stays: encoded blanks are no transport padding.
        var kept = 0
        while read < input.count {
            let byte = input[read]
            read += 1
            switch byte {
            case UInt8(ascii: "="):
                if read + 1 < input.count, let high = hexadecimal(input[read]), let low = hexadecimal(input[read + 1]) {
                    output[written] = high << 4 | low
                    written += 1
                    kept = written
                    read += 2
                } else if let end = softBreak(input, from: read) {
                    read = end
                    kept = written
                } else {
                    output[written] = byte
                    written += 1
                }
            case 0x0A, 0x0D:
                while !isHeader, written > kept, output[written - 1] == 0x20 || output[written - 1] == 0x09 {
                    written -= 1
                }
                output[written] = byte
                written += 1
                kept = written
            case UInt8(ascii: "_") where isHeader:
                output[written] = 0x20
                written += 1
            default:
                output[written] = byte
                written += 1
            }
        }
        return written
    }

    /// The end of the line break, or of the text, that stands at `start` behind blanks.
    private static func softBreak(_ input: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < input.count, input[index] == 0x20 || input[index] == 0x09 { index += 1 }
        guard index < input.count else { return index }
        if input[index] == 0x0A { return index + 1 }
        guard input[index] == 0x0D else { return nil }
        return index + 1 < input.count && input[index + 1] == 0x0A ? index + 2 : index + 1
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
