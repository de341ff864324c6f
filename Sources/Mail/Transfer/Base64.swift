/// Base64 as mail carries it (RFC 2045, 6.8), read leniently.
public enum Base64 {
    private static let skipped: UInt8 = 0x40
    private static let padding: UInt8 = 0x41

    /// Six bits for each letter of the usual and of the URL alphabet (RFC 4648), or one of the marks above.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: skipped, count: 256)
        for (index, letter) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(letter)] = UInt8(index)
        }
        values[Int(UInt8(ascii: "-"))] = 62
        values[Int(UInt8(ascii: "_"))] = 63
        values[Int(UInt8(ascii: "="))] = padding
        return values
    }()

    /// The bytes behind base64 text. Line breaks and foreign characters are skipped, missing padding is supplied, a
    /// lone last letter is dropped. Behind padding another block may begin, at once or in the next line; anything else
    /// there, such as the footer of a mailing list, ends the content.
    public static func decode(_ bytes: [UInt8]) -> [UInt8] {
        values.withUnsafeBufferPointer { values in
            bytes.withUnsafeBufferPointer { input in
                [UInt8](unsafeUninitializedCapacity: input.count / 4 * 3 + 3) { output, written in
                    written = decode(input, values, into: output)
                }
            }
        }
    }

    private static func decode(
        _ input: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var read = 0
        var written = 0
        var bits: UInt32 = 0
        var letters = 0
        while read < input.count {
            if letters == 0 {
                while read + 4 <= input.count {
                    let a = values[Int(input[read])]
                    let b = values[Int(input[read + 1])]
                    let c = values[Int(input[read + 2])]
                    let d = values[Int(input[read + 3])]
                    guard (a | b | c | d) < skipped else { break }
                    let word = UInt32(a) << 18 | UInt32(b) << 12 | UInt32(c) << 6 | UInt32(d)
                    output[written] = UInt8(truncatingIfNeeded: word >> 16)
                    output[written + 1] = UInt8(truncatingIfNeeded: word >> 8)
                    output[written + 2] = UInt8(truncatingIfNeeded: word)
                    read += 4
                    written += 3
                }
                guard read < input.count else { break }
            }
            let value = values[Int(input[read])]
            read += 1
            if value < skipped {
                bits = bits << 6 | UInt32(value)
                letters += 1
                if letters == 4 {
                    output[written] = UInt8(truncatingIfNeeded: bits >> 16)
                    output[written + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                    output[written + 2] = UInt8(truncatingIfNeeded: bits)
                    written += 3
                    letters = 0
                }
            } else if value == padding, letters >= 2 {
                written += flush(bits, letters, into: output, at: written)
                letters = 0
                while read < input.count, values[Int(input[read])] == padding { read += 1 }
                if !continues(input, values, from: read) { return written }
            }
        }
        return written + flush(bits, letters, into: output, at: written)
    }

    /// The one or two bytes in an incomplete group.
    private static func flush(
        _ bits: UInt32, _ letters: Int, into output: UnsafeMutableBufferPointer<UInt8>, at index: Int
    ) -> Int {
        switch letters {
        case 2:
            output[index] = UInt8(truncatingIfNeeded: bits >> 4)
            return 1
        case 3:
            output[index] = UInt8(truncatingIfNeeded: bits >> 10)
            output[index + 1] = UInt8(truncatingIfNeeded: bits >> 2)
            return 2
        default: return 0
        }
    }

    /// Whether base64 goes on behind padding: at once, or as all of the next line that is not empty.
    private static func continues(
        _ input: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Bool {
        let isLineEnd = { (index: Int) in index == input.count || input[index] == 0x0A || input[index] == 0x0D }
        if start == input.count || input[start] > 0x20 {
            return start < input.count && values[Int(input[start])] < skipped
        }
        var index = start
        while !isLineEnd(index), input[index] <= 0x20 { index += 1 }
        guard isLineEnd(index) else { return false }
        while index < input.count, input[index] <= 0x20 { index += 1 }
        while !isLineEnd(index), input[index] > 0x20 {
            let byte = input[index]
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || values[Int(byte)] == skipped { return false }
            index += 1
        }
        while !isLineEnd(index), input[index] <= 0x20 { index += 1 }
        return isLineEnd(index)
    }
}
