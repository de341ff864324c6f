import CRM
import Database
import Mail
import Mirror
import Wording

/// A message whose text is to be fetched.
public struct PendingText: Sendable, Hashable {
    public let message: StoredMessageID
    public let folder: FolderID
    public let remoteID: RemoteMessageID
    public let attempts: Int
}

/// Queries on the texts of mirrored messages.
public enum MessageTexts {
    /// Messages without a text, newest first, and such whose text could not be read and is to be tried again now. Each
    /// is named by one of its places, under the present epoch of the folder.
    public static func pending(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, now: Int64, limit: Int
    ) throws -> [PendingText] {
        let ordered = tx.dialect.joinInOrder
        func select(_ condition: String, _ limit: Int) throws -> [PendingText] {
            try tx.rows(
                """
                SELECT m.id, l.folder_id, l.remote_id, m.text_attempts FROM messages m
                \(ordered) locations l ON l.organization_id = m.organization_id AND l.message_id = m.id
                \(ordered) folders f ON f.organization_id = l.organization_id AND f.id = l.folder_id AND f.epoch = l.epoch
                WHERE m.organization_id = $1 AND m.mailbox_id = $2 AND \(condition) AND $3 > 0
                ORDER BY m.internal_date DESC, m.id DESC LIMIT $4
                """,
                [.integer(organization.rawValue), .integer(mailbox.rawValue), .integer(now), .integer(limit)]
            ) { row in
                PendingText(
                    message: StoredMessageID(try row.integer(0)), folder: FolderID(try row.integer(1)),
                    remoteID: RemoteMessageID(try row.text(2)), attempts: Int(try row.integer(3)))
            }
        }
        var seen: Set<StoredMessageID> = []
        let fresh = try select("m.text_state = 0 AND (m.text_retry_at IS NULL OR m.text_retry_at <= $3)", limit)
        let again =
            try fresh.count < limit ? select("m.text_state = 2 AND m.text_retry_at <= $3", limit - fresh.count) : []
        return (fresh + again).filter { seen.insert($0.message).inserted }
    }

    /// When the next text is to be asked for again, in seconds since 1970 UTC; nil where all are there or can be asked for
    /// at once.
    public static func nextRetry(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, after now: Int64
    ) throws -> Int64? {
        // Each state has its index.
        try [0, 2].compactMap { state in
            try tx.first(
                """
                SELECT min(text_retry_at) FROM messages
                WHERE organization_id = $1 AND mailbox_id = $2 AND text_state = \(state) AND text_retry_at > $3
                """, [.id(organization), .id(mailbox), .integer(now)]
            ) { try $0.optionalInteger(0) } ?? nil
        }.min()
    }

    /// Stores what came of asking for texts, and tells the cards. A message that went meanwhile is passed over.
    public static func record(
        _ tx: any Transaction, _ organization: OrganizationID, _ outcomes: [TextOutcome], now: Int64
    ) throws {
        let texts = outcomes.compactMap { if case .text(let message, _) = $0 { message } else { nil } }
        try MessageIndex.remove(tx, organization, texts)
        for outcome in outcomes {
            switch outcome {
            case .text(let message, let text): try store(tx, organization, message, text)
            case .failure(let message, let reason, let attempts, let retryAt):
                try tx.execute(
                    """
                    UPDATE messages SET text_state = 2, text_error = $3, text_attempts = $4, text_retry_at = $5
                    WHERE organization_id = $1 AND id = $2
                    """,
                    [
                        .id(organization), .integer(message.rawValue), .phrase(reason), .integer(attempts),
                        .integer(retryAt),
                    ])
            }
        }
        try MessageIndex.add(tx, organization, texts)
        let messages = outcomes.map(\.message)
        // Those whose text could not be read.
        try MessageIndex.addAnew(tx, organization, messages)
        try HiddenConversations.follow(tx, organization, messages)
        try MessageRows.touchCards(tx, organization, messages, now: now)
    }

    private static func store(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, _ text: StoredText
    ) throws {
        let changed = try tx.execute(
            """
            UPDATE messages SET text_state = 1, text_error = NULL, text_retry_at = NULL, snippet = $3, attachments = $4,
                thread_key = coalesce($5, thread_key), is_truncated = $6, is_indexed = 1
            WHERE organization_id = $1 AND id = $2
            """,
            [
                .id(organization), .integer(message.rawValue), .text(text.snippet), .text(text.attachments),
                .optional(text.threadKey), .bool(text.isTruncated),
            ])
        if changed == 0 { return }
        try tx.execute(
            """
            INSERT INTO message_texts (message_id, organization_id, body) VALUES ($2, $1, $3)
            ON CONFLICT (message_id) DO UPDATE SET body = excluded.body
            """, [.id(organization), .integer(message.rawValue), .text(text.body)])
    }

    /// The provider did not answer for the messages, most likely because they left the folder. They are asked for again
    /// when the next look at the folder had its chance, and less and less often while that changes nothing.
    public static func postpone(
        _ tx: any Transaction, _ organization: OrganizationID, _ messages: [PendingText], now: Int64
    ) throws {
        for (attempts, group) in Dictionary(grouping: messages, by: \.attempts) {
            let pause = Int64(Backoff.unanswered.seconds(attempt: attempts + 1, random: 1))
            try tx.execute(
                """
                UPDATE messages SET text_retry_at = $3, text_attempts = $4
                WHERE organization_id = $1 AND id \(tx.dialect.inIntegers("$2"))
                """,
                [
                    .id(organization), .list(group.map(\.message.rawValue)), .integer(now + pause),
                    .integer(attempts + 1),
                ])
        }
        try MessageIndex.addAnew(tx, organization, messages.map(\.message))
    }

    /// Texts of the mailbox are not to be expected soon: what is searched by has to do without them, the newest thousand at
    /// a time. Otherwise a message is put into the index once, with its text.
    static func indexWithout(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws {
        let messages: [StoredMessageID] = try tx.rows(
            """
            SELECT id FROM messages WHERE organization_id = $1 AND mailbox_id = $2 AND text_state = 0 AND is_indexed = 0
            ORDER BY internal_date DESC, id DESC LIMIT 1000
            """, [.id(organization), .id(mailbox)]
        ) { try $0.id(0) }
        try MessageIndex.addAnew(tx, organization, messages)
    }

    /// The message has a new place, from which its text can be fetched without waiting, also when it could not be read
    /// where the message stood before.
    static func askAtOnce(_ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID) throws {
        try tx.execute(
            """
            UPDATE messages SET text_retry_at = 0, text_attempts = 0
            WHERE organization_id = $1 AND id = $2 AND text_state IN (0, 2) AND text_retry_at IS NOT NULL
            """, [.id(organization), .integer(message.rawValue)])
    }
}

/// What came of asking for the text of a message.
public enum TextOutcome: Sendable {
    case text(StoredMessageID, StoredText)
    /// It could not be read, and is tried again at `retryAt`, in seconds since 1970 UTC.
    case failure(StoredMessageID, reason: Phrase, attempts: Int, retryAt: Int64)

    var message: StoredMessageID {
        switch self {
        case .text(let message, _), .failure(let message, _, _, _): message
        }
    }
}

/// A text as it is kept. Made before the transaction that stores it, in which nobody else can write.
public struct StoredText: Sendable {
    fileprivate let body: String
    fileprivate let snippet: String
    /// JSON of ``StoredAttachment``.
    fileprivate let attachments: String
    fileprivate let threadKey: [UInt8]?
    fileprivate let isTruncated: Bool

    /// Of the first lines that a card shows, in characters.
    static let snippetLength = 180

    public init(_ text: FetchedText) throws {
        body = text.text
        snippet = QuotedText.snippet(of: text.text, limit: Self.snippetLength)
        attachments = try JSONText.encode(text.attachments.map(StoredAttachment.init))
        threadKey = text.references.first.map { Array($0.utf8) }
        isTruncated = text.isTruncated
    }
}

/// An attachment as it is named on a card. The attachment itself stays in the mailbox.
public struct StoredAttachment: Codable, Hashable, Sendable {
    public let name: String
    /// In bytes, about.
    public let size: Int

    public init(name: String, size: Int) {
        self.name = name
        self.size = size
    }

    init(_ summary: AttachmentSummary) {
        self.init(name: summary.name ?? "", size: summary.size)
    }
}
