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
    public let contacts: [ContactID]
    /// Whether the viewer's own copy is hidden from others.
    public let isHidden: Bool

    /// Whether it stands only in mailboxes of others: opening it then belongs into the audit trail.
    public var isColleaguesOnly: Bool { !copies.contains(where: \.isOwn) }
}

/// Queries for opening a message.
public enum OpenedMessages {
    /// The message, if it stands in one of the viewer's visible mailboxes; any of its copies leads to the same.
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
        let places = MessageCopies.places(lines.map { ($0.id, $0.mailbox) }, visible)
        let byID = Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0) })
        guard let best = MessageCopies.best(places.compactMap { byID[$0.message] }), let extra = extras[best.id] else {
            return nil
        }
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
            contacts: try contacts(tx, organization, lines.map(\.id)),
            isHidden: places.contains { $0.isOwn && extras[$0.message]?.isHidden == true })
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
