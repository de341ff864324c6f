/// A charset of 256 characters.
struct SingleByteTable: Sendable {
    /// Whether bytes below 0x80 stand for themselves.
    let isASCIISuperset: Bool
    /// Of each byte the UTF-8 of its character, four bytes apart.
    private let encoded: [UInt8]
    private let lengths: [UInt8]

    /// - Parameter characters: of each byte the code point.
    init(_ characters: [UInt32]) {
        isASCIISuperset = characters[..<0x80].elementsEqual(0..<0x80)
        var encoded: [UInt8] = []
        var lengths: [UInt8] = []
        for character in characters {
            var bytes: [UInt8] = []
            bytes.append(utf8: Unicode.Scalar(character) ?? "\u{FFFD}")
            lengths.append(UInt8(bytes.count))
            encoded += bytes + [UInt8](repeating: 0, count: 4 - bytes.count)
        }
        self.encoded = encoded
        self.lengths = lengths
    }

    func utf8(_ bytes: [UInt8]) -> [UInt8] {
        let longest = Int(lengths.max() ?? 4)
        return [UInt8](unsafeUninitializedCapacity: bytes.count * longest + 4) { output, written in
            encoded.withUnsafeBufferPointer { encoded in
                for byte in bytes {
                    let start = Int(byte) * 4
                    // All four at once; the next character overwrites what is too much.
                    for offset in 0..<4 { output[written + offset] = encoded[start + offset] }
                    written += Int(lengths[Int(byte)])
                }
            }
        }
    }
}
