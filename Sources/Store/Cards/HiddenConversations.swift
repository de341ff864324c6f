import CRM
import Database

/// Conversations of one's own mailbox that a person hides from others (product, section 7). Mail that comes later and
/// belongs to such a conversation is hidden with it.
public enum HiddenConversations {
    /// Hides the conversation of a message from everyone but the person whose mailbox it stands in.
    ///
    /// - Parameter mailbox: one of the viewer's own in which the message stands; what stands in the mailboxes of others
    ///   is theirs to hide.
    /// - Returns: false when the mailbox does not hold the message.
    public static func hide(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, in mailbox: MailboxID,
        now: Int64
    ) throws -> Bool {
        try change(tx, organization, message, mailbox, isHidden: true, now: now)
    }

    /// Shows it again to those who may read the mailbox.
    public static func show(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, in mailbox: MailboxID,
        now: Int64
    ) throws -> Bool {
        try change(tx, organization, message, mailbox, isHidden: false, now: now)
    }

    /// Hides those of some messages of a mailbox that belong to a hidden conversation: they came just now, or only now
    /// their text told of which conversation they are.
    static func follow(
        _ tx: any Transaction, _ organization: OrganizationID, _ messages: [StoredMessageID]
    ) throws {
        if messages.isEmpty { return }
        // Most organisations hide nothing.
        guard
            try tx.exists("SELECT 1 FROM hidden_conversations WHERE organization_id = $1 LIMIT 1", [.id(organization)])
        else { return }
        let found: [(StoredMessageID, MailboxID)] = try tx.rows(
            """
            SELECT m.id, m.mailbox_id FROM messages m
            WHERE m.organization_id = $1 AND m.id \(tx.dialect.inIntegers("$2")) AND m.is_hidden = 0
            AND EXISTS (SELECT 1 FROM hidden_conversations h WHERE h.organization_id = $1 AND h.mailbox_id = m.mailbox_id
                AND h.name IN (CAST(m.message_id AS BLOB), m.thread_key))
            """, [.id(organization), .list(messages.map(\.rawValue))]
        ) { (try $0.id(0), try $0.id(1)) }
        for (message, mailbox) in found {
            // It may join what stood apart until now.
            for name in try names(tx, organization, message, mailbox, beyondHidden: false) {
                try remember(tx, organization, mailbox, name)
                try mark(tx, organization, mailbox, name: name, isHidden: true)
            }
        }
    }

    /// The Message-IDs of a conversation's messages in one mailbox, and those that they answer: all of them, at the cost
    /// of two look-ups for each.
    ///
    /// - Parameter beyondHidden: whether to go on from names that are known to be hidden; what they lead to is.
    private static func names(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, _ mailbox: MailboxID,
        beyondHidden: Bool = true
    ) throws -> Set<[UInt8]> {
        var names: Set<[UInt8]> = []
        var waiting: [[UInt8]] = []
        func add(_ condition: String, _ bind: Value) throws {
            try tx.query(
                """
                SELECT message_id, thread_key FROM messages
                WHERE organization_id = $1 AND mailbox_id = $2 AND \(condition)
                """, [.id(organization), .id(mailbox), bind]
            ) { row in
                for name in [try row.optionalText(0).map({ Array($0.utf8) }), try row.optionalBlob(1)] {
                    guard let name, names.insert(name).inserted else { continue }
                    waiting.append(name)
                }
            }
        }
        try add("id = $3", .id(message))
        while let name = waiting.popLast() {
            if try !beyondHidden && isHidden(tx, organization, mailbox, name) { continue }
            try add("thread_key = $3", .blob(name))
            try add("message_id = $3", .text(String(decoding: name, as: UTF8.self)))
        }
        return names
    }

    private static func isHidden(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ name: [UInt8]
    ) throws -> Bool {
        try tx.exists(
            "SELECT 1 FROM hidden_conversations WHERE organization_id = $1 AND mailbox_id = $2 AND name = $3",
            [.id(organization), .id(mailbox), .blob(name)])
    }

    /// - Returns: false when the mailbox does not hold the message.
    private static func change(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, _ mailbox: MailboxID,
        isHidden: Bool, now: Int64
    ) throws -> Bool {
        let names = try names(tx, organization, message, mailbox)
        var messages: [StoredMessageID] = []
        for name in names {
            if isHidden {
                try remember(tx, organization, mailbox, name)
            } else {
                try tx.execute(
                    "DELETE FROM hidden_conversations WHERE organization_id = $1 AND mailbox_id = $2 AND name = $3",
                    [.id(organization), .id(mailbox), .blob(name)])
            }
            messages += try mark(tx, organization, mailbox, name: name, isHidden: isHidden)
        }
        // Everyone who saw them, or sees them now, is told: as a change of the mailbox's cards, not of a hidden message.
        try MessageRows.touchCards(tx, organization, messages, asHidden: false, now: now)
        return !names.isEmpty
    }

    private static func remember(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ name: [UInt8]
    ) throws {
        try tx.execute(
            """
            INSERT INTO hidden_conversations (organization_id, mailbox_id, name) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING
            """, [.id(organization), .id(mailbox), .blob(name)])
    }

    /// - Returns: the messages that are marked now.
    @discardableResult
    private static func mark(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, name: [UInt8], isHidden: Bool
    ) throws -> [StoredMessageID] {
        let messages: [StoredMessageID] = try ["thread_key = $3", "message_id = $3"].flatMap { condition in
            try tx.rows(
                "SELECT id FROM messages WHERE organization_id = $1 AND mailbox_id = $2 AND \(condition)",
                [
                    .id(organization), .id(mailbox),
                    condition.hasPrefix("thread") ? .blob(name) : .text(String(decoding: name, as: UTF8.self)),
                ]
            ) { StoredMessageID(try $0.integer(0)) }
        }
        if messages.isEmpty { return [] }
        let binds: [Value] = [.id(organization), .list(messages.map(\.rawValue)), .bool(isHidden)]
        try tx.execute(
            "UPDATE messages SET is_hidden = $3 WHERE organization_id = $1 AND id \(tx.dialect.inIntegers("$2"))", binds
        )
        try tx.execute(
            """
            UPDATE card_entries SET is_hidden = $3 WHERE organization_id = $1
            AND message_id \(tx.dialect.inIntegers("$2"))
            """, binds)
        return messages
    }
}
