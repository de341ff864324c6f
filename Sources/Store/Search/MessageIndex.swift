import CRM
import Database

/// The index that emails are searched by. All that is said to SQLite's FTS5 (sqlite.org/fts5.html) is said here and in
/// the schema.
///
/// It is written by the functions of Store/Mirror: a message is taken out before anything of it changes or goes, and
/// put in when it is whole again, in the same transaction. For the first time it is put in with its text, or when that
/// is known to be late (`messages.is_indexed`): FTS5 takes longer to forget a message than to learn it.
enum MessageIndex {
    private static let columns = "subject, correspondents, body, scope"

    // MARK: Writing

    /// To be called with messages that may never have been put in, when nothing else of them changes.
    static func addAnew(_ tx: any Transaction, _ organization: OrganizationID, _ messages: [StoredMessageID]) throws {
        if messages.isEmpty { return }
        let fresh: [StoredMessageID] = try tx.rows(
            """
            UPDATE messages SET is_indexed = 1
            WHERE organization_id = $1 AND is_indexed = 0 AND id \(tx.dialect.inIntegers("$2")) RETURNING id
            """, [.id(organization), .ids(messages)]
        ) { try $0.id(0) }
        try add(tx, organization, fresh)
    }

    /// To be called after messages, their texts or their cards were written. Those that are not yet to be found are passed
    /// over.
    static func add(_ tx: any Transaction, _ organization: OrganizationID, _ messages: [StoredMessageID]) throws {
        if messages.isEmpty { return }
        // FTS5 writes out what it has gathered whenever a lower number comes, so they come in order.
        try tx.execute(
            """
            INSERT INTO message_search (rowid, \(columns)) SELECT id, \(columns) FROM message_search_rows
            WHERE organization_id = $1 AND message_id \(tx.dialect.inIntegers("$2")) ORDER BY id
            """, [.id(organization), .ids(messages)])
    }

    /// To be called before messages, their texts or their cards are written or removed: FTS5 has to be told once more what it is to
    /// forget. Messages that are not there, or not in the index, are passed over.
    static func remove(_ tx: any Transaction, _ organization: OrganizationID, _ messages: [StoredMessageID]) throws {
        if messages.isEmpty { return }
        try tx.execute(
            """
            INSERT INTO message_search (message_search, rowid, \(columns))
            SELECT 'delete', id, \(columns) FROM message_search_rows
            WHERE organization_id = $1 AND message_id \(tx.dialect.inIntegers("$2")) ORDER BY id
            """, [.id(organization), .ids(messages)])
    }

    /// To be called before a mailbox's messages are removed.
    static func remove(_ tx: any Transaction, _ organization: OrganizationID, of mailbox: MailboxID) throws {
        let all = try tx.rows(
            "SELECT sent_at, id FROM messages WHERE organization_id = $1 AND mailbox_id = $2",
            [.id(organization), .id(mailbox)]
        ) { SearchKey(sentAt: try $0.integer(0), message: try $0.id(1)) }.sorted()
        for start in stride(from: 0, to: all.count, by: 1_000) {
            try remove(tx, organization, all[start..<min(start + 1_000, all.count)].map(\.message))
        }
    }

    // MARK: Asking

    /// The condition that a row of the index fits, with ``expression(_:in:of:)`` as the bind.
    static func matches(_ bind: String) -> String { "message_search MATCH \(bind)" }

    /// Each word is quoted, so that nothing in it means anything to FTS5.
    ///
    /// - Parameter contacts: on whose cards messages are looked for; nil for any.
    static func expression(_ words: SearchWords, in visible: VisibleMailboxes, of contacts: [ContactID]?) -> Value {
        var quoted = words.words.map { word in
            "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        if words.lastIsPrefix { quoted[quoted.count - 1] += "*" }
        var parts = [anyOf(visible.mailboxes.map { "\u{E000}\($0.id)" })]
        if let contacts { parts.append(anyOf(contacts.map { "\u{E001}\($0)" })) }
        parts.append("{subject correspondents body} : (" + quoted.joined(separator: " AND ") + ")")
        return .text(parts.joined(separator: " AND "))
    }

    private static func anyOf(_ scopes: [String]) -> String {
        "scope : (" + scopes.map { "\"\($0)\"" }.joined(separator: " OR ") + ")"
    }

    /// How subject and text look around the words. Messages in which the words do not stand are missing.
    ///
    /// The hits between the messages are walked once: asked for a single number, FTS5 would gather all words with the
    /// beginning that was typed for each of them.
    ///
    /// - Parameter expression: which found them.
    static func marked(
        _ tx: any Transaction, _ expression: Value, _ messages: [SearchKey]
    ) throws -> [StoredMessageID: (subject: MarkedText, snippet: MarkedText)] {
        guard let first = messages.min(), let last = messages.max() else { return [:] }
        var found: [StoredMessageID: (subject: MarkedText, snippet: MarkedText)] = [:]
        try tx.query(
            """
            SELECT rowid, highlight(message_search, 0, $5, $6), snippet(message_search, 2, $5, $6, '…', 20)
            FROM message_search WHERE \(matches("$1")) AND rowid >= $2 AND rowid <= $3
            AND +rowid \(tx.dialect.inIntegers("$4"))
            """,
            [
                expression, .integer(first.number), .integer(last.number), .list(messages.map(\.number)),
                .text(String(MarkedText.begin)), .text(String(MarkedText.end)),
            ]
        ) { row in
            found[SearchKey(number: try row.integer(0)).message] = (
                MarkedText(marked: try row.text(1)), MarkedText(marked: try row.text(2))
            )
        }
        return found
    }
}
