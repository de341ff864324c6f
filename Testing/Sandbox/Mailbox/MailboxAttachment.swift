/// A file on a letter.
public struct MailboxAttachment: Hashable, Sendable {
    public var name: String
    public var contentType: String
    public var octets: [UInt8]

    public init(name: String, contentType: String = "application/octet-stream", octets: [UInt8]) {
        self.name = name
        self.contentType = contentType
        self.octets = octets
    }
}
