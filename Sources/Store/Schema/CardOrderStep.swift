/// Orders the entries of a card by mailbox first, so that a page costs what the viewer may see and not what others have
/// on the card.
enum CardOrderStep {
    static let sqlite = """
        CREATE TABLE card_entries_in_order (
            organization_id INTEGER NOT NULL,
            contact_id INTEGER NOT NULL,
            mailbox_id INTEGER NOT NULL,
            sent_at INTEGER NOT NULL,
            message_id INTEGER NOT NULL,
            account_id INTEGER,
            dedupe_key BLOB NOT NULL,
            direction INTEGER NOT NULL,
            PRIMARY KEY (organization_id, contact_id, mailbox_id, sent_at DESC, message_id DESC)
        ) WITHOUT ROWID;
        INSERT INTO card_entries_in_order (organization_id, contact_id, mailbox_id, sent_at, message_id, account_id,
                dedupe_key, direction)
            SELECT organization_id, contact_id, mailbox_id, sent_at, message_id, account_id, dedupe_key, direction
            FROM card_entries;
        DROP TABLE card_entries;
        ALTER TABLE card_entries_in_order RENAME TO card_entries;
        CREATE INDEX card_entries_by_account ON card_entries
            (organization_id, account_id, mailbox_id, sent_at DESC, message_id DESC, contact_id, dedupe_key, direction)
            WHERE account_id IS NOT NULL;
        CREATE INDEX card_entries_by_message ON card_entries
            (organization_id, message_id, contact_id, account_id, mailbox_id, direction);
        DELETE FROM sqlite_stat1 WHERE tbl = 'card_entries';
        INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
            ('card_entries', 'card_entries', '1000000 1000000 500 200 1 1'),
            ('card_entries', 'card_entries_by_account', '1000000 1000000 5000 1000 1 1 1 1 1'),
            ('card_entries', 'card_entries_by_message', '1000000 1000000 1 1 1 1 1'),
            ('excluded_messages', 'excluded_messages', '100000 100000 2000 2000 2 1'),
            ('excluded_messages', 'excluded_messages_by_address', '100000 100000 20 20 20 1');
        ANALYZE sqlite_schema;
        """
}
