import CRM
import Database
import Mail
import Mirror

/// Queries on the messages of the mirror and their places on cards.
enum MessageRows {
    static func insert(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ message: NewMessage, now: Int64
    ) throws -> StoredMessageID {
        let entry = message.entry
        let from = entry.from.first.map(StoredAddress.init)
        let id = try tx.insertReturningID(
            """
            INSERT INTO messages (organization_id, mailbox_id, identity, message_id, dedupe_key, thread_key, sent_at, internal_date, size,
                from_name, from_address, from_others, recipients, bcc, subject, snippet, text_state, attachments, text_attempts, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', 0, '[]', 0, $16) RETURNING id
            """,
            [
                .integer(organization.rawValue), .integer(mailbox.rawValue), .blob(message.identity.bytes),
                .optional(entry.messageID), .blob(entry.dedupeKey), .optional(entry.threadRoot.map { Array($0.utf8) }),
                .integer(entry.sentAt), .integer(entry.internalDate), .integer(entry.size),
                .text(from?.name ?? ""), .text(from?.address ?? ""),
                entry.from.count < 2
                    ? .null : .text(try JSONText.encode(entry.from.dropFirst().map(StoredAddress.init))),
                .text(try JSONText.encode(StoredRecipients(to: entry.to, cc: entry.cc))),
                entry.bcc.isEmpty ? .null : .text(try JSONText.encode(entry.bcc.map(StoredAddress.init))),
                .text(entry.subject), .integer(now),
            ])
        return StoredMessageID(id)
    }

    /// The contacts on whose cards a message stands.
    static func matches(_ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID) throws
        -> [ContactMatch]
    {
        try tx.rows(
            "SELECT contact_id, account_id, direction FROM card_entries WHERE organization_id = $1 AND message_id = $2",
            [.integer(organization.rawValue), .integer(message.rawValue)]
        ) { row in
            ContactMatch(
                contact: ContactID(try row.integer(0)),
                account: try row.optionalInteger(1).map(AccountID.init(_:)),
                direction: Direction(rawValue: try row.integer(2)) ?? .received)
        }
    }

    static func name(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID
    ) throws -> MessageName? {
        try tx.first(
            "SELECT message_id, identity FROM messages WHERE organization_id = $1 AND id = $2",
            [.id(organization), .integer(message.rawValue)]
        ) { MessageName(messageID: try $0.optionalText(0), identity: MessageIdentity(bytes: try $0.blob(1))) }
    }

    /// Puts a message on exactly these cards, and tells the ones that change.
    static func setCards(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, _ matches: [ContactMatch],
        now: Int64
    ) throws {
        // The cards are among what is indexed.
        try MessageIndex.remove(tx, organization, [message])
        try takeOffCards(tx, organization, message, now: now)
        let found: (MailboxID, Int64, [UInt8], Bool)? = try tx.first(
            "SELECT mailbox_id, sent_at, dedupe_key, is_hidden FROM messages WHERE organization_id = $1 AND id = $2",
            [.id(organization), .integer(message.rawValue)]
        ) { (try $0.id(0), try $0.integer(1), try $0.blob(2), try $0.bool(3)) }
        guard let (mailbox, sentAt, dedupeKey, isHidden) = found else { return }
        for match in matches {
            try addToCard(
                tx, organization, message, match, mailbox: mailbox, sentAt: sentAt, dedupeKey: dedupeKey,
                isHidden: isHidden)
        }
        try MessageIndex.add(tx, organization, [message])
        try touchCards(tx, organization, [message], now: now)
    }

    static func addToCard(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, _ match: ContactMatch,
        mailbox: MailboxID, sentAt: Int64, dedupeKey: [UInt8], isHidden: Bool = false
    ) throws {
        try tx.execute(
            """
            INSERT INTO card_entries (organization_id, contact_id, mailbox_id, sent_at, message_id, account_id, dedupe_key,
                direction, is_hidden)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .id(organization), .id(match.contact), .id(mailbox), .integer(sentAt), .integer(message.rawValue),
                .id(match.account), .blob(dedupeKey), .integer(match.direction.rawValue), .bool(isHidden),
            ])
    }

    private static func takeOffCards(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, now: Int64
    ) throws {
        let binds: [Value] = [.integer(organization.rawValue), .integer(message.rawValue)]
        guard try tx.exists("SELECT 1 FROM card_entries WHERE organization_id = $1 AND message_id = $2 LIMIT 1", binds)
        else {
            return
        }
        try touchCards(tx, organization, [message], now: now)
        try tx.execute("DELETE FROM card_entries WHERE organization_id = $1 AND message_id = $2", binds)
    }

    /// Removes messages from the mirror altogether.
    static func delete(
        _ tx: any Transaction, _ organization: OrganizationID, _ messages: [StoredMessageID], now: Int64
    ) throws {
        try MessageIndex.remove(tx, organization, messages)
        for message in messages { try delete(tx, organization, message, now: now) }
    }

    private static func delete(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, now: Int64
    ) throws {
        try takeOffCards(tx, organization, message, now: now)
        let binds: [Value] = [.integer(organization.rawValue), .integer(message.rawValue)]
        try tx.execute("DELETE FROM locations WHERE organization_id = $1 AND message_id = $2", binds)
        try tx.execute("DELETE FROM message_texts WHERE organization_id = $1 AND message_id = $2", binds)
        try tx.execute("DELETE FROM messages WHERE organization_id = $1 AND id = $2", binds)
    }

    /// Writes to the change feed that the cards with these messages changed, each card once.
    ///
    /// - Parameter asHidden: false to tell of a hidden message to everyone who may read the mailbox.
    static func touchCards(
        _ tx: any Transaction, _ organization: OrganizationID, _ messages: [StoredMessageID], asHidden: Bool = true,
        now: Int64
    ) throws {
        if messages.isEmpty { return }
        try tx.execute(
            """
            INSERT INTO changes (organization_id, contact_id, account_id, mailbox_id, at, is_hidden)
            SELECT DISTINCT organization_id, contact_id, account_id, mailbox_id, $3, \(asHidden ? "is_hidden" : "0")
            FROM card_entries
            WHERE organization_id = $1 AND message_id \(tx.dialect.inIntegers("$2"))
            """, [.id(organization), .list(messages.map(\.rawValue)), .integer(now)])
    }
}
