/// A message is put into the index that emails are searched by once, with its text (docs/decisions/0006).
enum SearchOnceStep {
    static let sqlite = """
        ALTER TABLE messages ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 0;
        UPDATE messages SET is_indexed = 1;
        DROP VIEW message_search_rows;
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
            FROM messages m LEFT JOIN message_texts t ON t.message_id = m.id
            WHERE m.is_indexed = 1;
        """
}
