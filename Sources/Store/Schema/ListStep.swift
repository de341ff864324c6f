/// What lists of contacts and accounts are sorted, narrowed and searched by, and the words of the index of emails.
enum ListStep {
    static let sqlite =
        orders + words + """
            -- The words that stand in emails, as the index has them.
            CREATE VIRTUAL TABLE message_search_words USING fts5vocab(message_search, instance);
            INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
                ('contacts', 'sqlite_autoindex_contacts_1', '100000 100000 1'),
                ('contacts', 'contacts_in_order', '100000 100000 1 1'),
                ('contacts', 'contacts_by_account', '100000 100000 5 1 1'),
                ('contacts', 'contacts_by_creation', '100000 100000 2 1'),
                ('contacts', 'contacts_by_change', '100000 100000 2 1'),
                ('contacts', 'contacts_of_owner', '100000 100000 4000 1 1'),
                ('contacts', 'contacts_of_owner_by_creation', '100000 100000 4000 2 1'),
                ('contacts', 'contacts_of_owner_by_change', '100000 100000 4000 2 1'),
                ('accounts', 'sqlite_autoindex_accounts_1', '20000 20000 1'),
                ('accounts', 'accounts_in_order', '20000 20000 1 1'),
                ('accounts', 'accounts_by_creation', '20000 20000 2 1'),
                ('accounts', 'accounts_by_change', '20000 20000 2 1'),
                ('accounts', 'accounts_of_owner', '20000 20000 800 1 1'),
                ('accounts', 'accounts_of_owner_by_creation', '20000 20000 800 2 1'),
                ('accounts', 'accounts_of_owner_by_change', '20000 20000 800 2 1'),
                ('contact_words', 'contact_words', '800000 800000 10 1'),
                ('account_words', 'account_words', '80000 80000 5 1');
            ANALYZE sqlite_schema;
            """

    private static let orders = ["contact", "account"].map { noun in
        """
        DROP INDEX \(noun)s_by_owner;
        CREATE INDEX \(noun)s_by_creation ON \(noun)s (organization_id, created_at, id);
        CREATE INDEX \(noun)s_by_change ON \(noun)s (organization_id, updated_at, id);
        CREATE INDEX \(noun)s_of_owner ON \(noun)s (organization_id, owner_id, sort_key, id);
        CREATE INDEX \(noun)s_of_owner_by_creation ON \(noun)s (organization_id, owner_id, created_at, id);
        CREATE INDEX \(noun)s_of_owner_by_change ON \(noun)s (organization_id, owner_id, updated_at, id);

        """
    }.joined()

    /// Kept by the database itself, since contacts and accounts are written in several places.
    private static let words = ["contact", "account"].map { noun in
        // Words stand behind a blank each; as a list in JSON they can be walked.
        func list(_ row: String) -> String {
            "json_each('[' || replace(json_quote(ltrim(\(row).search_text)), ' ', '\",\"') || ']') w"
        }
        func insert(_ row: String, _ table: String = "") -> String {
            """
            INSERT INTO \(noun)_words (organization_id, word, \(noun)_id)
                SELECT DISTINCT \(row).organization_id, w.value, \(row).id FROM \(table)\(list(row)) WHERE w.value <> '';
            """
        }
        let forget = """
            DELETE FROM \(noun)_words WHERE organization_id = old.organization_id AND \(noun)_id = old.id
                AND word IN (SELECT w.value FROM \(list("old")));
            """
        return """
            -- The words that a search finds \(noun)s by, one by one.
            CREATE TABLE \(noun)_words (
                organization_id INTEGER NOT NULL,
                word TEXT NOT NULL,
                \(noun)_id INTEGER NOT NULL,
                PRIMARY KEY (organization_id, word, \(noun)_id)
            ) WITHOUT ROWID;
            \(insert("c", "\(noun)s c, "))
            CREATE TRIGGER \(noun)_words_come AFTER INSERT ON \(noun)s BEGIN \(insert("new")) END;
            CREATE TRIGGER \(noun)_words_change AFTER UPDATE OF search_text ON \(noun)s
                WHEN old.search_text <> new.search_text BEGIN \(forget) \(insert("new")) END;
            CREATE TRIGGER \(noun)_words_go AFTER DELETE ON \(noun)s BEGIN \(forget) END;

            """
    }.joined()
}
