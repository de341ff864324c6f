import CRM
import Database

/// The index that emails are searched by, as it is written. All that is said to SQLite's FTS5 (sqlite.org/fts5.html) is
/// said here, in ``MessageQuery`` and in the schema.
///
/// It is written by the functions of Store/Mirror: a message is taken out before anything of it changes or goes, and
/// put in when it is whole again, in the same transaction. For the first time it is put in with its text, or when that
/// is known to be late (`messages.is_indexed`): FTS5 takes longer to forget a message than to learn it.
enum MessageIndex {
    private static let columns = "subject, correspondents, body, scope"

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
}
