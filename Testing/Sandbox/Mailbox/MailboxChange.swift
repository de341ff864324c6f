/// One line of a mailbox's change log.
public struct MailboxChange: Hashable, Sendable {
    public enum Item: Hashable, Sendable {
        case message(MailboxMessage.ID)
        case folder(MailboxFolder.ID)
        case event(MailboxEvent.ID)
    }

    /// A part of a message that changed while it stayed where it is.
    public enum Property: String, Hashable, Sendable, CaseIterable {
        case isRead
        case flag
        case categories
        case letter
    }

    /// Counts from 1 without a gap.
    public let sequence: Int
    public let item: Item
    /// Where it was; nil for one that was made. Folders: the parent; events: the calendar.
    public let from: Int?
    /// Where it is; nil for one that is gone for good.
    public let to: Int?
    /// Empty for one that was made, moved or removed.
    public let properties: Set<Property>
}
