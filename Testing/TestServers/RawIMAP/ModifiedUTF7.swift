/// The encoding of folder names in IMAP4rev1 (RFC 3501, section 5.1.3), written here a second time on purpose: what
/// checks the product must not share its mistakes.
enum ModifiedUTF7 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

    static func encode(_ name: String) -> String {
        var output: [UInt8] = []
        var pending: [UInt16] = []
        func flush() {
            guard !pending.isEmpty else { return }
            output.append(UInt8(ascii: "&"))
            var bits: UInt32 = 0
            var count = 0
            for unit in pending {
                bits = bits << 16 | UInt32(unit)
                count += 16
                while count >= 6 {
                    count -= 6
                    output.append(alphabet[Int(bits >> UInt32(count) & 63)])
                }
                bits &= (1 << UInt32(count)) - 1
            }
            if count > 0 { output.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
            output.append(UInt8(ascii: "-"))
            pending = []
        }
        for unit in name.utf16 {
            guard (0x20...0x7E).contains(unit) else {
                pending.append(unit)
                continue
            }
            flush()
            output += unit == 0x26 ? Array("&-".utf8) : [UInt8(unit)]
        }
        flush()
        return String(decoding: output, as: UTF8.self)
    }

    /// What is not well formed stays as it is.
    static func decode(_ text: String) -> String {
        var units: [UInt16] = []
        var rest = Substring(text)
        while let first = rest.first {
            guard first == "&", let end = rest.firstIndex(of: "-") else {
                units += Array(String(first).utf16)
                rest = rest.dropFirst()
                continue
            }
            let coded = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
            if coded.isEmpty { units.append(0x26) }
            var bits: UInt32 = 0
            var count = 0
            for byte in coded.utf8 {
                guard let value = alphabet.firstIndex(of: byte) else { continue }
                bits = bits << 6 | UInt32(value)
                count += 6
                if count >= 16 {
                    count -= 16
                    units.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
                    bits &= (1 << UInt32(count)) - 1
                }
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
