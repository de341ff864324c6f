/// Conversations that a person hides from others.
enum HiddenStep {
    static let sqlite = """
        ALTER TABLE messages ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE card_entries ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0;
        -- What happened to a hidden message is told to those only whose own mail it is.
        ALTER TABLE changes ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0;

        -- The Message-IDs that belong to hidden conversations, so that what comes later is hidden with them.
        CREATE TABLE hidden_conversations (
            organization_id INTEGER NOT NULL,
            mailbox_id INTEGER NOT NULL,
            name BLOB NOT NULL,
            PRIMARY KEY (organization_id, mailbox_id, name)
        ) WITHOUT ROWID;

        -- An account's tab is read from the index alone.
        DROP INDEX card_entries_by_account;
        CREATE INDEX card_entries_by_account ON card_entries
            (organization_id, account_id, mailbox_id, sent_at DESC, message_id DESC, contact_id, dedupe_key, direction,
            is_hidden)
            WHERE account_id IS NOT NULL;
        INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
            ('card_entries', 'card_entries_by_account', '1000000 1000000 5000 1000 1 1 1 1 1 1');
        ANALYZE sqlite_schema;
        """
}
