import CRM
import Database
import Hummingbird
import Store
import Wording

/// An opened message: its text, and the conversation it belongs to.
struct MessagePage: Page {
    static let module = "Messages"
    let layout: Layout
    let subject: Phrase
    let back: Back
    let from: Participant
    let to: Phrase
    let cc: Phrase?
    /// Only what the viewer may see.
    let bcc: Phrase?
    let date: Moment
    let mailboxes: Phrase
    let contacts: [ContactLink]
    let hasContacts: Bool
    let attachments: Phrase?
    /// Copies that say something else.
    let differing: [CopyLink]
    let differs: Bool
    let blocks: [TextBlock]
    let isWaiting: Bool
    let failure: Phrase?
    /// There is a text, and it is blank.
    let isBlank: Bool
    let isTruncated: Bool
    let hiding: Hiding?
    let openLink: String?
    let replyLink: String?
    let conversation: [ConversationLine]
    let hasConversation: Bool
    let conversationSize: Phrase

    /// What the viewer can do about who sees the conversation; nil where it is not theirs.
    struct Hiding: Sendable {
        let path: String
        let isHidden: Bool
    }

    struct Back: Sendable {
        let path: String
        let name: Phrase
    }

    struct ContactLink: Sendable {
        let id: String
        let person: Person
    }

    /// A link to the message as it stands in one mailbox.
    struct CopyLink: Sendable {
        let link: String
        /// "Tom Ashworth’s mailbox"
        let mailbox: Phrase
    }

    struct Participant: Sendable {
        let person: Person
        let address: String?

        init(_ address: StoredAddress) {
            person = Person(address.display)
            let isNamed = address.name?.trimmed.nonEmpty != nil && address.name?.trimmed != address.address
            self.address = isNamed ? address.address.nonEmpty : nil
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let id: StoredMessageID = try visit.id("message")
        let (page, message) = try await visit.read { tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: visit.viewer.id)
            guard let message = try OpenedMessages.find(tx, organization, id, visible: visible) else {
                throw WebError.notFound(.message)
            }
            let conversation = try Conversations.of(tx, organization, id, visible: visible)
            return (try MessagePage(tx, organization, message, conversation, visit), message)
        }
        try await recordOpening(of: message, visit)
        return try visit.page(page)
    }

    /// Opening mail that stands only in colleagues' mailboxes belongs into the audit trail; once an hour is enough,
    /// since an open page fetches itself again.
    private static func recordOpening(of message: OpenedMessage, _ visit: Visit) async throws {
        let (viewer, now) = (visit.viewer, visit.now)
        guard message.isColleaguesOnly else { return }
        guard visit.web.openings.isNew(session: viewer.session.id, message: message.id, now: now) else { return }
        let owners = message.copies.map(\.ownerName).joined(separator: ", ")
        try await visit.web.database.write {
            try AuditTrail.record(
                $0, viewer.organization.id, by: viewer.id, .colleagueMailOpened,
                ["message": message.id.description, "mailboxes": owners], now: now)
        }
    }

    private init(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: OpenedMessage,
        _ conversation: [ConversationMessage], _ visit: Visit
    ) throws {
        let dates = visit.dates
        let names = try ContactList.names(tx, organization, message.contacts)
        let topic = LiveTopic(visit.query["from"]) ?? message.contacts.first.map(LiveTopic.contact) ?? .lists
        subject = .subject(message.subject)
        back = try Back(tx, organization, topic)
        let section: Layout.Section = if case .account = topic { .accounts } else { .contacts }
        layout = visit.layout(subject, section, live: try LiveAddress(.emails, tx, visit.web.marks))
        from = Participant(message.from)
        to = Correspondents.all(message.to)
        cc = message.cc.isEmpty ? nil : Correspondents.all(message.cc)
        bcc = message.bcc.isEmpty ? nil : Correspondents.all(message.bcc)
        date = dates.moment(message.sentAt)
        mailboxes = MailboxNames.list(message.copies, viewer: visit.viewer.id)
        contacts = message.contacts.compactMap { id in
            names[id].map { ContactLink(id: id.description, person: Person($0)) }
        }
        hasContacts = !contacts.isEmpty
        attachments = AttachmentText.line(message.attachments)
        let from = visit.query.optional("from")
        differing = message.differing.map { copy in
            CopyLink(
                link: PathText.with("/messages/\(copy.message)", ["from": from]),
                mailbox: MailboxNames.list([copy], viewer: visit.viewer.id))
        }
        differs = !differing.isEmpty
        blocks = message.text.map(TextBlock.blocks) ?? []
        isWaiting = message.textState == .waiting
        failure = if case .failed(let reason) = message.textState { reason } else { nil }
        isBlank = message.textState == .ready && blocks.isEmpty
        isTruncated = message.isTruncated
        let own = try Mailboxes.ofUser(tx, organization, visit.viewer.id)?.address
        let links = MailProgramLinks(
            message, isOwn: !message.isColleaguesOnly,
            ownAddresses: [visit.viewer.user.email, own].compactMap(\.self))
        openLink = links.open
        replyLink = links.reply
        hiding =
            message.isColleaguesOnly
            ? nil
            : Hiding(
                path: PathText.with(
                    "/messages/\(message.id)/\(message.isHidden ? "show" : "hide")", ["from": from]),
                isHidden: message.isHidden)
        self.conversation = conversation.map {
            ConversationLine($0, current: message, from: from, viewer: visit.viewer.id, dates)
        }
        hasConversation = conversation.count > 1
        conversationSize = .counting(
            conversation.count, one: "\(count: conversation.count) email",
            other: "\(count: conversation.count) emails")
    }
}

extension MessagePage.Back {
    init(_ tx: any Transaction, _ organization: OrganizationID, _ topic: LiveTopic) throws {
        switch topic {
        case .contact(let id):
            guard let contact = try Contacts.find(tx, organization, id) else { break }
            self.init(path: "/contacts/\(id)", name: .verbatim(contact.name))
            return
        case .account(let id):
            guard let account = try Accounts.find(tx, organization, id) else { break }
            self.init(path: "/accounts/\(id)", name: .verbatim(account.name))
            return
        case .mailbox, .lists, .tasks, .emails: break
        }
        self.init(path: "/contacts", name: "Contacts")
    }
}

/// A message in the list of its conversation.
struct ConversationLine: Sendable {
    let id: String
    let link: String
    let person: Person
    let to: Phrase
    let subject: Phrase
    let snippet: String?
    let date: Moment
    let mailboxes: Phrase
    let isCurrent: Bool

    init(
        _ message: ConversationMessage, current: OpenedMessage, from: String?, viewer: UserID, _ dates: DateText
    ) {
        id = message.message.description
        link = PathText.with("/messages/\(message.message)", ["from": from])
        person = Person(message.from.display)
        to = Correspondents.list(message.to + message.cc)
        subject = .subject(message.subject)
        snippet = message.snippet.nonEmpty
        date = dates.moment(message.sentAt)
        mailboxes = MailboxNames.list(message.copies, viewer: viewer)
        isCurrent =
            (current.copies + current.differing).contains { $0.message == message.message }
            || current.id == message.message
    }
}
