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

/// As it stands in the address of a page: "1700000000-42".
extension CardKey: LosslessStringConvertible {
    public var description: String { "\(sentAt)-\(message)" }

    public init?(_ description: String) {
        guard let dash = description.lastIndex(of: "-"), let sentAt = Int64(description[..<dash]),
            let message = StoredMessageID(String(description[description.index(after: dash)...]))
        else { return nil }
        self.init(sentAt: sentAt, message: message)
    }
}
