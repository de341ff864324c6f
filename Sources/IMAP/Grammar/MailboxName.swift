/// A mailbox by the bytes that name it on the wire.
public struct MailboxName: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Octets of a name that is listed, all levels together: four times what file systems allow one level to have.
    public static let octetLimit = 1000
    /// Levels of a name that is listed. People have up to ten.
    public static let levelLimit = 100

    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// INBOX is the same in any case (RFC 9051, section 5.1).
    public var isInbox: Bool { bytes.count == 5 && bytes.map { $0 & 0xdf } == Array("INBOX".utf8) }

    public static let inbox = MailboxName(bytes: Array("INBOX".utf8))

    /// As a person reads it.
    public func decoded(isUTF8: Bool) -> String {
        isUTF8 ? String(decoding: bytes, as: UTF8.self) : ModifiedUTF7.decode(bytes)
    }
}
