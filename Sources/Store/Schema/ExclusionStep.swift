/// Remembers, with each excluded message, the contacts' addresses on it, so that it leaves together with the last of
/// them. Rows of before name none (''); the next check of the mirror writes them anew.
enum ExclusionStep {
    static let sqlite = """
        CREATE TABLE excluded_messages_by_address (
            organization_id INTEGER NOT NULL,
            folder_id INTEGER NOT NULL,
            epoch TEXT NOT NULL,
            remote_id TEXT NOT NULL,
            address_key TEXT NOT NULL,
            rule TEXT NOT NULL,
            PRIMARY KEY (organization_id, folder_id, epoch, remote_id, address_key)
        ) WITHOUT ROWID;
        INSERT INTO excluded_messages_by_address (organization_id, folder_id, epoch, remote_id, address_key, rule)
            SELECT organization_id, folder_id, epoch, remote_id, '', rule FROM excluded_messages;
        DROP TABLE excluded_messages;
        ALTER TABLE excluded_messages_by_address RENAME TO excluded_messages;
        CREATE INDEX excluded_messages_by_address ON excluded_messages (organization_id, address_key);
        """
}
