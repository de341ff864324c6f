/// Tells SQLite what a full database looks like.
///
/// Without statistics it supposes that a condition on the first column of an index leaves ten rows. Here that column is
/// always `organization_id`, which leaves all of them, and SQLite would walk an organisation's whole tables where a key
/// is at hand. ANALYZE would learn better, but not while the tables are empty, and plans should not change with what
/// was last measured. So the numbers are written down (sqlite.org/fileformat2.html, section 2.6.3): rows of the table,
/// then, for each further column of the index, how many rows agree in the columns so far. Only their proportions
/// matter.
enum StatisticsStep {
    static let sqlite = """
        ANALYZE sqlite_schema;
        INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
            ('messages', 'sqlite_autoindex_messages_1', '1000000 1000000 10000 1'),
            ('messages', 'messages_without_text', '1000 1000 1000 1 1'),
            ('messages', 'messages_with_failed_text', '100 100 100 1'),
            ('messages', 'messages_orphaned', '100 100 100'),
            ('messages', 'messages_by_thread', '1000000 1000000 4'),
            ('messages', 'messages_by_message_id', '1000000 1000000 1'),
            ('messages', 'messages_by_dedupe_key', '1000000 1000000 1'),
            ('locations', 'locations', '1000000 1000000 2000 2000 1'),
            ('locations', 'locations_by_message', '1000000 1000000 1'),
            ('card_entries', 'card_entries', '1000000 1000000 500 1 1'),
            ('card_entries', 'card_entries_by_account', '1000000 1000000 5000 1 1 1 1 1 1'),
            ('card_entries', 'card_entries_by_message', '1000000 1000000 1 1 1 1 1');
        -- Reads them in.
        ANALYZE sqlite_schema;
        """
}
