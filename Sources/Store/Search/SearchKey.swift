import CRM

/// The number of a message in the index: newer messages have higher ones.
struct SearchKey: Hashable, Comparable {
    let number: Int64

    /// Ids of messages stay below it.
    private static let messages: Int64 = 1 << 31

    init(number: Int64) { self.number = number }

    /// - Parameter sentAt: seconds since 1970 UTC; before 1970 and after 2106 as those.
    init(sentAt: Int64, message: StoredMessageID) {
        number = Self.first(ofSecond: sentAt).number | message.rawValue
    }

    init(_ key: CardKey) { self.init(sentAt: key.sentAt, message: key.message) }

    /// Below all messages of that second.
    static func first(ofSecond second: Int64) -> SearchKey {
        SearchKey(number: max(0, min(second, 4_294_967_295)) * messages)
    }

    /// Above all messages of that second.
    static func end(ofSecond second: Int64) -> SearchKey {
        SearchKey(number: first(ofSecond: second).number + (messages - 1))
    }

    /// Above all messages.
    static let end = SearchKey(number: .max)

    var message: StoredMessageID { StoredMessageID(number % Self.messages) }

    static func < (one: SearchKey, other: SearchKey) -> Bool { one.number < other.number }
}
