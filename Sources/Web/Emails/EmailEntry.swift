import CRM
import Store

/// A line of a card: one email, however many colleagues have it.
struct EmailEntry: Sendable {
    let id: String
    let link: String
    let isReceived: Bool
    let from: String
    let to: String
    let subject: String
    let snippet: String?
    /// What there is instead of a first line.
    let waiting: Bool
    let failure: String?
    let date: Moment
    let attachments: String?
    /// "your mailbox", "Tom Ashworth’s mailbox"
    let mailboxes: String

    /// - Parameter card: where the reader comes from, for the way back.
    init(_ entry: CardEntry, card: LiveTopic, viewer: UserID, dates: DateText) {
        id = entry.message.description
        link = PathText.with("/messages/\(entry.message)", ["from": card.description])
        isReceived = entry.direction == .received
        from = entry.from.display
        to = Correspondents.list(entry.to + entry.cc)
        subject = entry.subject.trimmed.nonEmpty ?? "(no subject)"
        snippet = entry.snippet.nonEmpty
        waiting = entry.textState == .waiting
        failure = if case .failed(let reason) = entry.textState { reason } else { nil }
        date = dates.moment(entry.sentAt)
        attachments = AttachmentText.line(entry.attachments)
        mailboxes = MailboxNames.list(entry.copies, viewer: viewer)
    }
}
