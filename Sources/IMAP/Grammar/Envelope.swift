/// RFC 9051, section 7.5.2. Strings are the bytes of the header fields; decoding them is the caller's.
public struct Envelope: Hashable, Sendable {
    public var date: [UInt8] = []
    public var subject: [UInt8] = []
    public var from: [EnvelopeAddress] = []
    public var sender: [EnvelopeAddress] = []
    public var replyTo: [EnvelopeAddress] = []
    public var to: [EnvelopeAddress] = []
    public var cc: [EnvelopeAddress] = []
    public var bcc: [EnvelopeAddress] = []
    public var inReplyTo: [UInt8] = []
    public var messageID: [UInt8] = []

    /// Addresses of one field that are read. Gmail lets a message have 2,000 recipients and Exchange 1,000; the 100 KB of
    /// header that Postfix lets pass hold some 4,000.
    public static let addressLimit = 10_000

    public init() {}
}

/// One address of an envelope. Markers that begin and end a group (those without a host) are left out.
public struct EnvelopeAddress: Hashable, Sendable {
    public let name: [UInt8]?
    public let mailbox: [UInt8]
    public let host: [UInt8]

    public init(name: [UInt8]?, mailbox: [UInt8], host: [UInt8]) {
        self.name = name
        self.mailbox = mailbox
        self.host = host
    }
}
