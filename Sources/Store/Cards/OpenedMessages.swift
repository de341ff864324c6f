import CRM
import Database

/// A message with its text, as it is shown when somebody opens it.
public struct OpenedMessage: Hashable, Sendable {
    public let id: StoredMessageID
    /// Seconds since 1970 UTC.
    public let sentAt: Int64
    public let from: StoredAddress
    public let to: [StoredAddress]
    public let cc: [StoredAddress]
    /// Only from the copies in mailboxes that the viewer may read.
    public let bcc: [StoredAddress]
    public let subject: String
    /// The Message-ID header field without brackets, to open it in the person's own mail program.
    public let messageID: String?
    /// In bytes, in the mailbox.
    public let size: Int
    /// Nil while there is none.
    public let text: String?
    /// Whether the text is longer in the mailbox.
    public let isTruncated: Bool
    public let textState: CardEntry.TextState
    public let attachments: [StoredAttachment]
    /// Where it stands, in the order of ``VisibleMailboxes/mailboxes``; at least one.
    public let copies: [MessageCopy]
    /// Copies that say something else, each of which can be opened by itself: all that makes two messages one was chosen
    /// by who sent them, and a sender may give everyone a text of their own.
    public let differing: [MessageCopy]
    public let contacts: [ContactID]
    /// Whether the viewer's own copy is hidden from others.
    public let isHidden: Bool

    /// Whether it stands, as it is shown, only in mailboxes of others: opening it then belongs into the audit trail.
    public var isColleaguesOnly: Bool { !copies.contains(where: \.isOwn) }

    /// Those in the viewer's own mailboxes, whatever they say.
    public var ownCopies: [MessageCopy] { (copies + differing).filter(\.isOwn) }
}

/// Queries for opening a message.
public enum OpenedMessages {
    /// The message, if it stands in one of the viewer's visible mailboxes. It is shown as it stands there, or, while its
    /// text is not there, as a copy in another visible mailbox has it.
    public static func find(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, visible: VisibleMailboxes
    ) throws -> OpenedMessage? {
        if visible.mailboxes.isEmpty { return nil }
        guard
            let (dedupeKey, sentAt) = try tx.first(
                """
                SELECT dedupe_key, sent_at FROM messages
                WHERE organization_id = $1 AND id = $2 AND \(visible.condition(3, tx.dialect))
                """, [.id(organization), .id(message), visible.bind],
                as: { (try $0.blob(0), try $0.integer(1)) })
        else { return nil }

        var lines: [MessageLine] = []
        var extras: [StoredMessageID: Extra] = [:]
        try tx.query(
            """
            SELECT \(MessageLine.columns), bcc, message_id, size, is_truncated, is_hidden FROM messages
            WHERE organization_id = $1 AND dedupe_key = $2 AND sent_at = $3
            AND \(visible.condition(4, tx.dialect)) ORDER BY id
            """, [.id(organization), .blob(dedupeKey), .integer(sentAt), visible.bind]
        ) { row in
            let line = try MessageLine(row)
            lines.append(line)
            extras[line.id] = try Extra(row)
        }
        let opened = lines.first { $0.id == message && $0.textState == .ready }
        let inOrder = MessageCopies.each(lines.map { ($0.id, $0.mailbox) }, visible)
        let byID = Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0) })
        guard let best = opened ?? MessageCopies.best(inOrder.compactMap { byID[$0.message] }),
            let extra = extras[best.id]
        else { return nil }
        let others = try differing(tx, organization, lines, from: best)
        let places = MessageCopies.places(
            lines.filter { !others.contains($0.id) }.map { ($0.id, $0.mailbox) }, visible)
        var bcc: [StoredAddress] = []
        for place in places {
            for address in extras[place.message]?.bcc ?? [] where !bcc.contains(address) { bcc.append(address) }
        }
        let recipients = try best.recipients()
        return OpenedMessage(
            id: message, sentAt: best.sentAt, from: best.from, to: recipients.to, cc: recipients.cc, bcc: bcc,
            subject: best.subject, messageID: extra.messageID, size: extra.size,
            text: try text(tx, organization, best.id), isTruncated: extra.isTruncated, textState: best.textState,
            attachments: try best.attachments(), copies: places,
            differing: inOrder.filter { others.contains($0.message) },
            contacts: try contacts(tx, organization, lines.map(\.id)),
            isHidden: inOrder.contains { $0.isOwn && extras[$0.message]?.isHidden == true })
    }

    /// The copies that are not what one of them is, as far as their texts are there.
    private static func differing(
        _ tx: any Transaction, _ organization: OrganizationID, _ lines: [MessageLine], from shown: MessageLine
    ) throws -> Set<StoredMessageID> {
        if lines.count < 2 { return [] }
        let head = lines.filter { !$0.hasHead(of: shown) }.map(\.id)
        guard shown.textState == .ready else { return Set(head) }
        let ready = lines.filter { $0.textState == .ready && $0.id != shown.id }
        // Compared where they are: a text may have megabytes.
        let bodies: [StoredMessageID] = try tx.rows(
            """
            SELECT other.message_id FROM message_texts AS other JOIN message_texts AS shown
                ON shown.organization_id = other.organization_id AND shown.message_id = $2
            WHERE other.organization_id = $1 AND other.message_id \(tx.dialect.inIntegers("$3"))
                AND other.body <> shown.body
            """, [.id(organization), .id(shown.id), .ids(ready.map(\.id))]
        ) { try $0.id(0) }
        return Set(head + bodies + ready.filter { !$0.hasAttachments(of: shown) }.map(\.id))
    }

    private struct Extra {
        let bcc: [StoredAddress]
        let messageID: String?
        let size: Int
        let isTruncated: Bool
        let isHidden: Bool

        init(_ row: Row) throws {
            bcc = try row.optionalText("bcc").map { try JSONText.decode([StoredAddress].self, $0) } ?? []
            messageID = try row.optionalText("message_id")
            size = Int(try row.integer("size"))
            isTruncated = try row.bool("is_truncated")
            isHidden = try row.bool("is_hidden")
        }
    }

    private static func text(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID
    ) throws -> String? {
        try tx.first(
            "SELECT body FROM message_texts WHERE organization_id = $1 AND message_id = $2",
            [.id(organization), .id(message)]
        ) { try $0.text(0) }
    }

    private static func contacts(
        _ tx: any Transaction, _ organization: OrganizationID, _ messages: [StoredMessageID]
    ) throws -> [ContactID] {
        // Asked to sort, SQLite would walk all entries of the organisation in that order.
        let all: [ContactID] = try tx.rows(
            """
            SELECT contact_id FROM card_entries WHERE organization_id = $1 AND message_id \(tx.dialect.inIntegers("$2"))
            """, [.id(organization), .ids(messages)]
        ) { try $0.id(0) }
        return Set(all).sorted { $0.rawValue < $1.rawValue }
    }
}
