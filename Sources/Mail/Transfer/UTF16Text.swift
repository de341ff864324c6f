/// Text in units of two bytes (RFC 2781).
enum UTF16Text {
    static func utf8(_ bytes: [UInt8], _ order: CharsetEncoding.ByteOrder) -> [UInt8] {
        if order == .unknown, isReallyASCII(bytes) { return bytes }
        let (isBig, start) = detectedOrder(of: bytes, order)
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2 + 1)
        var index = start
        while index + 1 < bytes.count {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBig ? first << 8 | second : second << 8 | first)
            index += 2
        }
        if index < bytes.count { units.append(0xFFFD) }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// A byte order mark decides. Without one the standard says big-endian, but programs write little-endian too: of
    /// Latin text, blanks and line ends one byte is zero, and shows which.
    private static func detectedOrder(of bytes: [UInt8], _ order: CharsetEncoding.ByteOrder) -> (
        isBig: Bool, start: Int
    ) {
        if bytes.starts(with: [0xFE, 0xFF]) { return (true, 2) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (false, 2) }
        switch order {
        case .big: return (true, 0)
        case .little: return (false, 0)
        case .unknown:
            var zeros = [0, 0]
            for (index, byte) in bytes.prefix(4096).enumerated() where byte == 0 { zeros[index % 2] += 1 }
            return (zeros[0] >= zeros[1], 0)
        }
    }

    /// Programs that convert text keep the label of what it was.
    private static func isReallyASCII(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { (0x01..<0x80).contains($0) } && bytes.contains { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
    }
}

/// Text in units of four bytes.
enum UTF32Text {
    static func utf8(_ bytes: [UInt8], _ order: CharsetEncoding.ByteOrder) -> [UInt8] {
        var isBig = order != .little
        var index = 0
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
            isBig = false
            index = 4
        } else if bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            isBig = true
            index = 4
        } else if order == .unknown, bytes.count >= 4 {
            isBig = bytes[0] == 0
        }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 2)
        while index + 3 < bytes.count {
            let unit = bytes[index..<index + 4]
            let value = (isBig ? Array(unit) : unit.reversed()).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            output.append(utf8: Unicode.Scalar(value) ?? "\u{FFFD}")
            index += 4
        }
        if index < bytes.count { output.append(utf8: "\u{FFFD}") }
        return output
    }
}
