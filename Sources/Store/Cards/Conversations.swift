import CRM
import Database

/// A message of a conversation.
public struct ConversationMessage: Hashable, Sendable {
    public let message: StoredMessageID
    /// Seconds since 1970 UTC.
    public let sentAt: Int64
    public let from: StoredAddress
    public let to: [StoredAddress]
    public let cc: [StoredAddress]
    public let subject: String
    public let snippet: String
    public let copies: [MessageCopy]
}

/// Queries for the conversation that a message belongs to.
public enum Conversations {
    /// More than this is a mailing list, not a conversation; the newest are shown.
    public static let limit = 200

    /// The messages of the conversation that stand in the viewer's visible mailboxes, oldest first, each once; the
    /// message itself is among them. Empty when the viewer may not see the message.
    ///
    /// A message names the one that it answers, or the first of its thread. Those names are followed in both
    /// directions, as the threading of RFC 5256 does, but only through mail that the viewer may see.
    public static func of(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID, visible: VisibleMailboxes
    ) throws -> [ConversationMessage] {
        if visible.mailboxes.isEmpty { return [] }
        var found: [StoredMessageID: Member] = [:]
        var followed: Set<String> = []
        var waiting: [String] = []
        func add(_ members: [Member]) {
            for member in members where found[member.line.id] == nil {
                found[member.line.id] = member
                waiting += [member.messageID, member.thread].compactMap(\.self)
            }
        }
        add(try members(tx, organization, visible, "id = $3", .id(message)))
        if found.isEmpty { return [] }
        while let name = waiting.popLast(), found.count < limit {
            guard followed.insert(name).inserted else { continue }
            add(try members(tx, organization, visible, "thread_key = $3", .blob(Array(name.utf8))))
            add(try members(tx, organization, visible, "message_id = $3", .text(name)))
        }
        let all = try folded(found.values, visible)
        guard all.count > limit else { return all }
        // The newest, and the message itself where it is older.
        let newest = all.suffix(limit)
        guard let own = all.dropLast(limit).first(where: { $0.copies.contains { $0.message == message } }) else {
            return Array(newest)
        }
        return [own] + newest.dropFirst()
    }

    private struct Member {
        let line: MessageLine
        let dedupeKey: [UInt8]
        let messageID: String?
        let thread: String?
    }

    private static func members(
        _ tx: any Transaction, _ organization: OrganizationID, _ visible: VisibleMailboxes, _ condition: String,
        _ bind: Value
    ) throws -> [Member] {
        try tx.rows(
            """
            SELECT \(MessageLine.columns), dedupe_key, message_id, thread_key FROM messages
            WHERE organization_id = $1 AND \(visible.condition(2, tx.dialect)) AND \(condition)
            ORDER BY sent_at DESC, id DESC LIMIT $4
            """, [.id(organization), visible.bind, bind, .integer(limit)]
        ) { row in
            Member(
                line: try MessageLine(row), dedupeKey: try row.blob("dedupe_key"),
                messageID: try row.optionalText("message_id"),
                thread: try row.optionalBlob("thread_key").map { String(decoding: $0, as: UTF8.self) })
        }
    }

    private static func folded(
        _ members: some Sequence<Member>, _ visible: VisibleMailboxes
    ) throws -> [ConversationMessage] {
        var groups: [CardFolding.Mail: [Member]] = [:]
        for member in members {
            groups[.init(sentAt: member.line.sentAt, dedupeKey: member.dedupeKey), default: []].append(member)
        }
        return try groups.values.compactMap { copies -> ConversationMessage? in
            let places = MessageCopies.places(copies.map { ($0.line.id, $0.line.mailbox) }, visible)
            let byID = Dictionary(uniqueKeysWithValues: copies.map { ($0.line.id, $0.line) })
            guard let best = MessageCopies.best(places.compactMap { byID[$0.message] }) else { return nil }
            let recipients = try best.recipients()
            return ConversationMessage(
                message: best.id, sentAt: best.sentAt, from: best.from, to: recipients.to, cc: recipients.cc,
                subject: best.subject, snippet: best.snippet, copies: places)
        }.sorted { ($0.sentAt, $0.message) < ($1.sentAt, $1.message) }
    }
}
