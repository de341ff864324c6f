import Mail

/// What a card shows of a message, decoded; made only for messages that involve a contact.
public struct MessageEntry: Hashable, Sendable {
    /// Canonical Message-ID, without brackets; nil where the message has none.
    public let messageID: String?
    /// Equal for the copies of one message in several colleagues' mailboxes.
    public let dedupeKey: [UInt8]
    /// Equal for the messages of a conversation, as far as the envelope tells.
    public let threadRoot: String?
    /// The date to sort and show by, in seconds since 1970 UTC: that of the Date field, or of arrival where that is
    /// missing or lies in the future.
    public let sentAt: Int64
    public let internalDate: Int64
    public let size: Int
    public let from: [MailboxAddress]
    public let to: [MailboxAddress]
    public let cc: [MailboxAddress]
    public let bcc: [MailboxAddress]
    public let subject: String

    /// A Date field that lies further than this after the arrival is not believed, in seconds.
    static let clockSkew: Int64 = 86_400

    public init(_ fact: MessageFact) {
        let headers = fact.headers
        let messageID = MessageIDList.parse(headers.messageID).first
        let written = MailDate.parse(headers.date)?.seconds
        let date =
            written.flatMap { $0 > fact.internalDate + Self.clockSkew || $0 <= 0 ? nil : $0 } ?? fact.internalDate
        self.messageID = messageID
        self.sentAt = date
        self.internalDate = fact.internalDate
        self.size = fact.size
        self.from = headers.from.map(\.decoded)
        self.to = headers.to.map(\.decoded)
        self.cc = headers.cc.map(\.decoded)
        self.bcc = headers.bcc.map(\.decoded)
        self.subject = HeaderText.decode(headers.subject)
        self.threadRoot = MessageIDList.parse(headers.inReplyTo).first ?? messageID
        self.dedupeKey = Self.dedupeKey(fact, messageID: messageID, date: date)
    }

    /// Message-ID, date, writer and subject, since Message-IDs alone are not unique in real mail; without a Message-ID
    /// nothing but the message itself.
    private static func dedupeKey(_ fact: MessageFact, messageID: String?, date: Int64) -> [UInt8] {
        var low = Fingerprint()
        var high = Fingerprint(seed: 0x84222325_cbf29ce4)
        let material: [UInt8]
        if let messageID {
            let from = fact.headers.from.first.flatMap { $0.emailAddress?.matchKey } ?? ""
            material = Array("\(messageID)\n\(date)\n\(from)\n".utf8) + fact.headers.subject
        } else {
            material = MessageIdentity(of: fact).bytes
        }
        low.append(material)
        high.append(material.reversed())
        return [low.value, high.value].flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    }
}
