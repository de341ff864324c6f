import Mail

/// One address of a header field, still in the bytes it came in. Most messages of a mailbox involve no contact, so
/// nothing is decoded before it is known to be needed.
public struct HeaderAddress: Hashable, Sendable {
    public let name: [UInt8]?
    public let localPart: [UInt8]
    public let domain: [UInt8]

    public init(name: [UInt8]?, localPart: [UInt8], domain: [UInt8]) {
        self.name = name
        self.localPart = localPart
        self.domain = domain
    }
}

/// The header fields that decide about a message and that its entry on a card shows. All of it is raw.
public struct MessageHeaders: Hashable, Sendable {
    public var from: [HeaderAddress]
    public var to: [HeaderAddress]
    public var cc: [HeaderAddress]
    public var bcc: [HeaderAddress]
    public var subject: [UInt8]
    /// The Date field.
    public var date: [UInt8]
    public var messageID: [UInt8]
    public var inReplyTo: [UInt8]

    public init(
        from: [HeaderAddress] = [], to: [HeaderAddress] = [], cc: [HeaderAddress] = [], bcc: [HeaderAddress] = [],
        subject: [UInt8] = [], date: [UInt8] = [], messageID: [UInt8] = [], inReplyTo: [UInt8] = []
    ) {
        self.from = from
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.inReplyTo = inReplyTo
    }
}

/// What a provider says about a message that stands in a folder.
public struct MessageFact: Hashable, Sendable {
    public let id: RemoteMessageID
    /// The provider's own immutable id (EMAILID, Gmail id, ImmutableId), where there is one.
    public let stableID: String?
    /// When the message came into the mailbox, in seconds since 1970 UTC.
    public let internalDate: Int64
    /// In octets (RFC822.SIZE).
    public let size: Int
    public let headers: MessageHeaders

    public init(id: RemoteMessageID, stableID: String?, internalDate: Int64, size: Int, headers: MessageHeaders) {
        self.id = id
        self.stableID = stableID
        self.internalDate = internalDate
        self.size = size
        self.headers = headers
    }
}
