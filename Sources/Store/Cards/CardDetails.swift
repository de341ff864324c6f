import CRM
import Database

/// What the lines of a card show of their messages.
enum CardDetails {
    static func entries(
        _ tx: any Transaction, _ organization: OrganizationID, _ groups: [CardFolding.Group],
        _ visible: VisibleMailboxes, found query: MessageQuery?
    ) throws -> [CardEntry] {
        if groups.isEmpty { return [] }
        let ids = Set(groups.flatMap { $0.rows.map(\.message) })
        var messages: [StoredMessageID: MessageLine] = [:]
        try tx.query(
            """
            SELECT \(MessageLine.columns) FROM messages
            WHERE organization_id = $1 AND id \(tx.dialect.inIntegers("$2"))
            """, [.id(organization), .ids(ids)]
        ) { row in
            let line = try MessageLine(row)
            messages[line.id] = line
        }
        let shown = groups.compactMap { group -> (CardFolding.Group, MessageLine, [MessageCopy])? in
            let places = MessageCopies.places(group.rows.map { ($0.message, $0.mailbox) }, visible)
            return MessageCopies.best(places.compactMap { messages[$0.message] }).map { (group, $0, places) }
        }
        let marked = try query?.marked(tx, shown.map { SearchKey(sentAt: $0.1.sentAt, message: $0.1.id) })
        return try shown.map { try entry($0, $1, $2, marked?[$1.id]) }
    }

    private static func entry(
        _ group: CardFolding.Group, _ line: MessageLine, _ places: [MessageCopy],
        _ marked: (subject: MarkedText, snippet: MarkedText)?
    ) throws -> CardEntry {
        var contacts: [ContactID] = []
        for row in group.rows where !contacts.contains(row.contact) { contacts.append(row.contact) }
        let recipients = try line.recipients()
        return CardEntry(
            key: group.key, shown: line.id, contacts: contacts,
            // On an account's card, one contact may have written to another: it came from the account.
            direction: group.rows.contains { $0.direction == .received } ? .received : .sent, from: line.from,
            to: recipients.to, cc: recipients.cc, markedSubject: marked?.subject ?? MarkedText(line.subject),
            markedSnippet: marked.flatMap { $0.snippet.hasHit ? $0.snippet : nil } ?? MarkedText(line.snippet),
            textState: line.textState, attachments: try line.attachments(), copies: places)
    }
}

/// The columns of a message that a line shows. What is kept as JSON is decoded when it is asked for.
struct MessageLine {
    static let columns = """
        id, mailbox_id, from_name, from_address, recipients, subject, snippet, text_state, text_error, attachments, sent_at
        """

    let id: StoredMessageID
    let mailbox: MailboxID
    let from: StoredAddress
    let subject: String
    let snippet: String
    let textState: CardEntry.TextState
    let sentAt: Int64
    private let recipientsJSON: String
    private let attachmentsJSON: String

    init(_ row: Row) throws {
        id = try row.id(0)
        mailbox = try row.id(1)
        let name = try row.text(2)
        from = StoredAddress(name: name.isEmpty ? nil : name, address: try row.text(3))
        recipientsJSON = try row.text(4)
        subject = try row.text(5)
        snippet = try row.text(6)
        textState =
            switch try row.integer(7) {
            case 0: .waiting
            case 1: .ready
            default: .failed(reason: try row.optionalPhrase(8) ?? "")
            }
        attachmentsJSON = try row.text(9)
        sentAt = try row.integer(10)
    }

    func recipients() throws -> StoredRecipients {
        recipientsJSON == "{}"
            ? StoredRecipients(to: [StoredAddress](), cc: [])
            : try JSONText.decode(StoredRecipients.self, recipientsJSON)
    }

    func attachments() throws -> [StoredAttachment] {
        attachmentsJSON == "[]" ? [] : try JSONText.decode([StoredAttachment].self, attachmentsJSON)
    }
}

extension MessageLine {
    /// Whether it was written by the same and to the same, with the same subject.
    func hasHead(of other: MessageLine) -> Bool {
        from == other.from && recipientsJSON == other.recipientsJSON && subject == other.subject
    }

    func hasAttachments(of other: MessageLine) -> Bool { attachmentsJSON == other.attachmentsJSON }
}

/// The copies of one message.
enum MessageCopies {
    /// Each copy with its owner, in the order of the visible mailboxes.
    static func places(
        _ copies: some Sequence<(StoredMessageID, MailboxID)>, _ visible: VisibleMailboxes
    ) -> [MessageCopy] {
        var byMailbox: [MailboxID: StoredMessageID] = [:]
        for (message, mailbox) in copies where byMailbox[mailbox].map({ message > $0 }) ?? true {
            byMailbox[mailbox] = message
        }
        return visible.mailboxes.compactMap { mailbox in
            byMailbox[mailbox.id].map {
                MessageCopy(
                    message: $0, mailbox: mailbox.id, owner: mailbox.owner, ownerName: mailbox.ownerName,
                    isOwn: mailbox.reason.isOwn)
            }
        }
    }

    /// All copies, also several in one mailbox, in the order of the visible mailboxes.
    static func each(
        _ copies: some Sequence<(StoredMessageID, MailboxID)>, _ visible: VisibleMailboxes
    ) -> [MessageCopy] {
        let byMailbox = Dictionary(grouping: copies, by: \.1)
        return visible.mailboxes.flatMap { mailbox in
            (byMailbox[mailbox.id] ?? []).map(\.0).sorted().flatMap {
                places([($0, mailbox.id)], visible)
            }
        }
    }

    /// The copy to show: the first whose text is there, else the first.
    static func best(_ lines: [MessageLine]) -> MessageLine? {
        lines.first { $0.textState == .ready } ?? lines.first
    }
}
