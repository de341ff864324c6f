/// A message is put into the index that emails are searched by once, with its text (docs/decisions/0006).
enum SearchOnceStep {
    static let sqlite = """
        ALTER TABLE messages ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 0;
        UPDATE messages SET is_indexed = 1;
        DROP VIEW message_search_rows;
        \(SearchStep.view(" WHERE m.is_indexed = 1"))
        """
}
