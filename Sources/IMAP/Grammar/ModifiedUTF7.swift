/// Mailbox names before UTF8=ACCEPT (RFC 3501, section 5.1.3).
public enum ModifiedUTF7 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

    public static func encode(_ name: String) -> [UInt8] {
        var output: [UInt8] = []
        var pending: [UInt16] = []

        func flush() {
            guard !pending.isEmpty else { return }
            output.append(UInt8(ascii: "&"))
            var bits: UInt32 = 0
            var count = 0
            for unit in pending {
                for byte in [UInt8(unit >> 8), UInt8(unit & 0xff)] {
                    bits = bits << 8 | UInt32(byte)
                    count += 8
                    while count >= 6 {
                        count -= 6
                        output.append(alphabet[Int(bits >> UInt32(count) & 63)])
                    }
                }
            }
            if count > 0 { output.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
            output.append(UInt8(ascii: "-"))
            pending = []
        }

        for scalar in name.unicodeScalars {
            if (0x20...0x7e).contains(scalar.value) {
                flush()
                output.append(UInt8(scalar.value))
                if scalar == "&" { output.append(UInt8(ascii: "-")) }
            } else {
                pending += Array(String(scalar).utf16)
            }
        }
        flush()
        return output
    }

    /// Names that are not valid are taken as UTF-8, as servers send them that never encoded anything.
    public static func decode(_ bytes: [UInt8]) -> String {
        var result: [UInt16] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "&") else {
                if byte >= 0x80 { return String(decoding: bytes, as: UTF8.self) }
                result.append(UInt16(byte))
                index += 1
                continue
            }
            guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "-")) else {
                return String(decoding: bytes, as: UTF8.self)
            }
            if end == index + 1 {
                result.append(UInt16(UInt8(ascii: "&")))
            } else {
                var bits: UInt32 = 0
                var count = 0
                for byte in bytes[(index + 1)..<end] {
                    guard let value = alphabet.firstIndex(of: byte) else {
                        return String(decoding: bytes, as: UTF8.self)
                    }
                    bits = bits << 6 | UInt32(value)
                    count += 6
                    if count >= 16 {
                        count -= 16
                        result.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
                    }
                }
            }
            index = end + 1
        }
        return String(decoding: result, as: UTF16.self)
    }
}
