import CRM
import Wording

/// The card that synchronized emails are read from.
public enum Card: Hashable, Sendable {
    case contact(ContactID)
    /// The exchanges of all contacts of the account.
    case account(AccountID)
}

/// What a page of a card is narrowed to.
public struct CardFilter: Hashable, Sendable {
    /// Only mail in this colleague's mailbox.
    public var colleague: UserID?
    public var direction: Direction?
    /// In seconds since 1970 UTC, included.
    public var from: Int64?
    /// In seconds since 1970 UTC, not included.
    public var until: Int64?
    /// Only messages in which these stand.
    public var words: SearchWords?

    public init() {}
}

/// One line of a card: a message, however many colleagues have it.
public struct CardEntry: Hashable, Sendable {
    public enum TextState: Hashable, Sendable {
        /// To be fetched.
        case waiting
        case ready
        /// Could not be read; tried again later.
        case failed(reason: Phrase)
    }

    public let key: CardKey
    /// The copy that is shown.
    public let shown: StoredMessageID
    /// The contacts on whose cards it stands, among those of the card that is read.
    public let contacts: [ContactID]
    public let direction: Direction
    public let from: StoredAddress
    public let to: [StoredAddress]
    public let cc: [StoredAddress]
    /// With the words marked that were searched for.
    public let markedSubject: MarkedText
    /// The words of the text around those that were searched for, else the first; empty while there is none.
    public let markedSnippet: MarkedText
    public let textState: TextState
    public let attachments: [StoredAttachment]
    /// Where it stands, in the order of ``VisibleMailboxes/mailboxes``; at least one.
    public let copies: [MessageCopy]

    public var message: StoredMessageID { key.message }
    public var subject: String { markedSubject.text }
    public var snippet: String { markedSnippet.text }
    /// Seconds since 1970 UTC.
    public var sentAt: Int64 { key.sentAt }
}

/// A message in one colleague's mailbox.
public struct MessageCopy: Hashable, Sendable {
    public let message: StoredMessageID
    public let mailbox: MailboxID
    public let owner: UserID
    public let ownerName: String
    /// Whether it is the viewer's own mail.
    public let isOwn: Bool
}

/// A page of a card, and where the next one begins: nil at the end.
public struct CardPage: Hashable, Sendable {
    public let entries: [CardEntry]
    public let next: CardKey?

    public static let empty = CardPage(entries: [], next: nil)
}
