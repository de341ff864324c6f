import CRM

/// Where the next page of a card begins: after this entry, in the order of date and number, both descending.
public struct CardKey: Hashable, Sendable {
    /// Seconds since 1970 UTC.
    public let sentAt: Int64
    public let message: StoredMessageID

    public init(sentAt: Int64, message: StoredMessageID) {
        self.sentAt = sentAt
        self.message = message
    }
}

extension CardKey: LosslessStringConvertible {
    public var description: String { TimeKeyText.write(sentAt, message) }

    public init?(_ description: String) {
        guard let (sentAt, message): (Int64, StoredMessageID) = TimeKeyText.read(description) else { return nil }
        self.init(sentAt: sentAt, message: message)
    }
}
