public import Foundation

/// A letter where it lies.
public struct MailboxMessage: Hashable, Sendable {
    /// Stays through moves. Never used twice in one mailbox.
    public struct ID: Hashable, Sendable, RawRepresentable, Comparable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }

        public static func < (one: ID, other: ID) -> Bool { one.rawValue < other.rawValue }
    }

    public let id: ID
    public internal(set) var letter: MailboxLetter
    public internal(set) var folder: MailboxFolder.ID
    public internal(set) var received: Date
    public internal(set) var created: Date
    public internal(set) var modified: Date
    public internal(set) var isRead: Bool
    public internal(set) var isDraft: Bool
    public internal(set) var isFlagged = false
    public internal(set) var categories: [String] = []
    /// How often it was moved: names the copies that services with changing ids speak of.
    public internal(set) var moves = 0
    /// Grows with every change.
    public internal(set) var version = 1
    /// Where it lay before it was deleted.
    var formerFolder: MailboxFolder.ID?
}
