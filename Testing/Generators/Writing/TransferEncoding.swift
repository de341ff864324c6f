import Foundation

/// The content transfer encodings of RFC 2045, section 6.
enum TransferEncoding: String, Sendable {
    case sevenBit = "7bit"
    case eightBit = "8bit"
    case quotedPrintable = "quoted-printable"
    case base64

    /// The body as it travels; lines of `bytes` end with CRLF.
    func encode(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sevenBit, .eightBit: bytes
        case .quotedPrintable: Self.quotedPrintable(bytes)
        case .base64:
            Array(
                Data(bytes).base64EncodedString(options: [
                    .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
                ]).utf8)
        }
    }

    private static let hex = Array("0123456789ABCDEF".utf8)

    private static func quotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var column = 0
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
            if byte == 0x0A, index > 0, bytes[index - 1] == 0x0D {
                result += [0x0D, 0x0A]
                column = 0
                continue
            }
            let endsLine = index + 1 == bytes.count || bytes[index + 1] == 0x0D
            let isPlain = (0x21...0x7E).contains(byte) && byte != 0x3D || (byte == 0x20 || byte == 0x09) && !endsLine
            if column + (isPlain ? 1 : 3) > 75 {
                result += Array("=\r\n".utf8)
                column = 0
            }
            if isPlain {
                result.append(byte)
                column += 1
            } else {
                result += [0x3D, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
                column += 3
            }
        }
        return result
    }
}
