/// The index that emails are searched by, filled from what is mirrored already. What it is made of and why:
/// docs/decisions/0006. How it is written and asked: ``MessageIndex``.
enum SearchStep {
    static let sqlite = """
        -- A row of the index has this number: the date above, the message below, so that rows come newest first. Dates
        -- before 1970 and after 2106 count as those.
        CREATE UNIQUE INDEX messages_by_search_key ON messages ((max(0, min(sent_at, 4294967295)) << 31) | id);
        -- What is indexed of each message. The index reads it again to show what it found, and is told it to forget it;
        -- nothing is stored twice. Without Bcc. The mailbox and the contacts are words that nobody can search for.
        \(view())
        CREATE VIRTUAL TABLE message_search USING fts5 (
            subject, correspondents, body, scope, content = 'message_search_rows', content_rowid = 'id',
            columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
        );
        INSERT INTO message_search (rowid, subject, correspondents, body, scope)
            SELECT id, subject, correspondents, body, scope FROM message_search_rows ORDER BY id;
        """

    /// - Parameter condition: which messages it has; nothing for all.
    static func view(_ condition: String = "") -> String {
        """
        CREATE VIEW message_search_rows AS
            SELECT (max(0, min(m.sent_at, 4294967295)) << 31) | m.id AS id, m.organization_id AS organization_id,
                m.id AS message_id, m.subject AS subject,
                m.from_name || ' ' || m.from_address
                    || coalesce((SELECT ' ' || group_concat(atom, ' ') FROM json_tree(m.from_others)
                        WHERE type = 'text'), '')
                    || coalesce((SELECT ' ' || group_concat(atom, ' ') FROM json_tree(m.recipients)
                        WHERE type = 'text'), '') AS correspondents,
                coalesce(t.body, '') AS body,
                char(57344) || m.mailbox_id
                    || coalesce((SELECT ' ' || group_concat(char(57345) || e.contact_id, ' ') FROM card_entries e
                        WHERE e.organization_id = m.organization_id AND e.message_id = m.id), '') AS scope
            FROM messages m LEFT JOIN message_texts t ON t.message_id = m.id\(condition);
        """
    }
}
