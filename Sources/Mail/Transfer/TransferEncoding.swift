/// How a part's bytes were made fit for transport (RFC 2045, section 6).
public enum TransferEncoding: Hashable, Sendable {
    case sevenBit
    case eightBit
    case binary
    case base64
    case quotedPrintable
    /// Not of MIME, but common in old mail.
    case uuencode
    /// A name nobody defined; its bytes are taken as they are.
    case other(String)

    /// - Parameter name: the field's value in any case. Quotes, comments' signs, blanks and dashes do not matter, so
    ///   that `"Quoted Printable";` is understood.
    public init(_ name: String) {
        let letters = name.lowercased().utf8.filter { $0.isASCIILetter || $0.isASCIIDigit }
        switch String(decoding: letters, as: UTF8.self) {
        case "", "7bit", "7bits", "usascii": self = .sevenBit
        case "8bit", "8bits": self = .eightBit
        case "binary": self = .binary
        case "base64", "xbase64", "b": self = .base64
        case "quotedprintable", "xquotedprintable", "xqp", "qp": self = .quotedPrintable
        case "uuencode", "xuuencode", "uue", "xuue": self = .uuencode
        default: self = .other(name)
        }
    }

    /// The content as it was before encoding. Damage is passed over: the rest still decodes.
    public func decode(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .base64: Base64.decode(bytes)
        case .quotedPrintable: QuotedPrintable.decode(bytes)
        case .uuencode: UUEncoding.decode(bytes)
        case .sevenBit, .eightBit, .binary, .other: bytes
        }
    }
}
