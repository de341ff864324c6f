import Glibc
import Synchronization

/// Conversion to UTF-8 through the C library's iconv, which knows the tables of all charsets.
enum IconvText {
    /// Names that are remembered; others are looked up anew each time, so that mail cannot fill the memory with names.
    private static let rememberedLimit = 200

    /// What is known of a name: for single-byte charsets the character of each byte.
    private enum Knowledge {
        case unknown
        case table(SingleByteTable)
        case other
    }

    private static let known = Mutex<[String: Knowledge]>([:])

    /// The text in UTF-8 with U+FFFD for what cannot be read; `nil` where the C library does not know the charset.
    static func utf8(_ bytes: [UInt8], _ name: String) -> [UInt8]? {
        switch knowledge(name) {
        case .unknown: nil
        case .table(let table): table.utf8(bytes)
        case .other: convert(bytes, name)
        }
    }

    static func width(of name: String) -> CharsetEncoding.Width {
        switch knowledge(name) {
        case .table(let table): table.isASCIISuperset ? .singleByte : .shifting
        case .other: .shifting
        // Read as text without a label then.
        case .unknown: .singleByte
        }
    }

    private static func knowledge(_ name: String) -> Knowledge {
        known.withLock { known in
            if let result = known[name] { return result }
            let result = examine(name)
            if known.count < rememberedLimit { known[name] = result }
            return result
        }
    }

    private static let replacement: UInt32 = 0xFFFD

    /// Asks for every byte by itself; a byte that begins a longer character shows that the charset has such.
    private static func examine(_ name: String) -> Knowledge {
        guard let converter = IconvConverter(name, to: "UCS-4LE") else { return .unknown }
        var table: [UInt32] = []
        for byte in UInt8.min...UInt8.max {
            converter.reset()
            var output: [UInt8] = []
            switch converter.convert([byte], from: 0, into: &output).end {
            case .whole: converter.flush(into: &output)
            case .invalid: break
            case .incomplete: return .other
            }
            switch output.count {
            case 0: table.append(replacement)
            case 4: table.append(output.reversed().reduce(0) { $0 << 8 | UInt32($1) })
            default: return .other
            }
        }
        // An escape sequence that has begun, or a shift, shows as a byte that stands for nothing.
        if table[0x1B] == replacement || table[0x0E] == replacement { return .other }
        return .table(SingleByteTable(table))
    }

    private static func convert(_ bytes: [UInt8], _ name: String) -> [UInt8]? {
        guard let converter = IconvConverter(name, to: "UTF-8") else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2 + 16)
        var position = 0
        while position < bytes.count {
            let (end, next) = converter.convert(bytes, from: position, into: &output)
            position = next
            switch end {
            case .whole: break
            case .invalid:
                output.append(utf8: "\u{FFFD}")
                // A pair that the charset does not define goes as a whole; an ASCII byte behind a damaged one is text.
                let isPair =
                    (0x81..<0xFF).contains(bytes[position]) && position + 1 < bytes.count && bytes[position + 1] >= 0x80
                position += isPair ? 2 : 1
            case .incomplete:
                output.append(utf8: "\u{FFFD}")
                position = bytes.count
            }
        }
        converter.flush(into: &output)
        return Charset.isUTF8(output) ? output : Array(String(decoding: output, as: UTF8.self).utf8)
    }
}

extension [UInt8] {
    mutating func append(utf8 scalar: Unicode.Scalar) {
        append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
