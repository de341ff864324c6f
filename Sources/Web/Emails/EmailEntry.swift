import CRM
import Store
import Wording

/// A line of a card: one email, however many colleagues have it.
struct EmailEntry: Sendable {
    let id: String
    let link: String
    let isReceived: Bool
    let from: Phrase
    let to: Phrase
    let subject: [MarkedText.Piece]
    /// What there is instead of a subject.
    let untitled: Phrase?
    let snippet: [MarkedText.Piece]
    let hasSnippet: Bool
    /// Whether the snippet shows what was searched for, and not how the text begins.
    let isFound: Bool
    /// What there is instead of a first line.
    let waiting: Bool
    let failure: Phrase?
    let date: Moment
    let attachments: Phrase?
    /// "your mailbox", "Tom Ashworth’s mailbox"
    let mailboxes: Phrase
    /// On whose card it stands: only where the page is not that card.
    let cards: String?

    /// - Parameters:
    ///   - card: where the reader comes from, for the way back.
    ///   - contacts: the names of those on whose cards it stands, where the page has to say so.
    init(_ entry: CardEntry, card: LiveTopic, viewer: UserID, dates: DateText, contacts: [String] = []) {
        id = entry.message.description
        link = PathText.with("/messages/\(entry.shown)", ["from": card.description])
        isReceived = entry.direction == .received
        from = entry.from.display
        to = Correspondents.list(entry.to + entry.cc)
        subject = entry.markedSubject.pieces
        untitled = entry.subject.trimmed.isEmpty ? Phrase.subject("") : nil
        snippet = entry.markedSnippet.pieces
        hasSnippet = !snippet.isEmpty
        isFound = entry.markedSnippet.hasHit
        waiting = entry.textState == .waiting
        failure = if case .failed(let reason) = entry.textState { reason } else { nil }
        date = dates.moment(entry.sentAt)
        attachments = AttachmentText.line(entry.attachments)
        mailboxes = MailboxNames.list(entry.copies, viewer: viewer)
        cards = contacts.isEmpty ? nil : contacts.joined(separator: ", ")
    }
}
