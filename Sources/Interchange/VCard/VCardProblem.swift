import Wording

/// What is wrong with one card; the cards behind it are read on.
public enum VCardProblem: Error, Hashable, Sendable {
    /// Another card begins, or the file ends, before END:VCARD.
    case notEnded
    /// Text stands outside of BEGIN:VCARD and END:VCARD.
    case outsideCard
    /// The card names other cards, and nobody.
    case group

    public var sentence: Phrase {
        switch self {
        case .notEnded: "The card has no END:VCARD."
        case .group:
            "This card is a group. Groups are not imported; their members are, by their own cards."
        case .outsideCard: "This text stands outside of a card. A card begins with BEGIN:VCARD."
        }
    }
}

/// A card of a vCard file: the contact, or why it cannot be read.
public struct VCardRecord: Hashable, Sendable {
    /// The line of the file on which the card begins, from 1.
    public let line: Int
    public let content: Result<ContactRecord, VCardProblem>

    public init(line: Int, content: Result<ContactRecord, VCardProblem>) {
        self.line = line
        self.content = content
    }
}
