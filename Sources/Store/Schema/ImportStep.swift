/// Imports of contacts: the file, what it becomes before it is seen, and what was wrong with it. The tables of the
/// staging are written and emptied by the functions in Store/Imports only, and have no foreign keys.
enum ImportStep {
    static let sqlite = """
        CREATE TABLE imports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            file_name TEXT NOT NULL,
            kind TEXT NOT NULL,
            size INTEGER NOT NULL,
            state TEXT NOT NULL,
            -- JSON: what becomes of the columns, and of addresses that exist.
            choices TEXT,
            -- In thousandths of the file.
            progress INTEGER NOT NULL DEFAULT 0,
            added INTEGER NOT NULL DEFAULT 0,
            updated INTEGER NOT NULL DEFAULT 0,
            unchanged INTEGER NOT NULL DEFAULT 0,
            skipped INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0,
            failure TEXT,
            created_at INTEGER NOT NULL,
            finished_at INTEGER,
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
        );
        CREATE INDEX imports_by_user ON imports (organization_id, user_id, id);

        -- The file in pieces, so that no piece holds the writer for long.
        CREATE TABLE import_pieces (
            organization_id INTEGER NOT NULL,
            import_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (organization_id, import_id, position)
        );

        CREATE TABLE import_accounts (
            organization_id INTEGER NOT NULL,
            import_id INTEGER NOT NULL,
            sort_key TEXT NOT NULL,
            account_id INTEGER NOT NULL,
            is_new INTEGER NOT NULL,
            name TEXT NOT NULL,
            domain TEXT NOT NULL,
            phone TEXT NOT NULL,
            address TEXT NOT NULL,
            city TEXT NOT NULL,
            country TEXT NOT NULL,
            industry TEXT NOT NULL,
            search_text TEXT NOT NULL,
            PRIMARY KEY (organization_id, import_id, sort_key)
        ) WITHOUT ROWID;

        CREATE TABLE import_contacts (
            organization_id INTEGER NOT NULL,
            import_id INTEGER NOT NULL,
            line INTEGER NOT NULL,
            contact_id INTEGER NOT NULL,
            -- The updated_at of the contact that it changes; NULL for a new one.
            changes_as_of INTEGER,
            moves_account INTEGER NOT NULL,
            account_sort_key TEXT,
            first_name TEXT NOT NULL,
            last_name TEXT NOT NULL,
            title TEXT NOT NULL,
            phone TEXT NOT NULL,
            notes TEXT NOT NULL,
            owner_id INTEGER,
            sort_key TEXT NOT NULL,
            search_text TEXT NOT NULL,
            -- JSON: the line as it stands in the file, in case it is refused in the end.
            cells TEXT NOT NULL,
            PRIMARY KEY (organization_id, import_id, line)
        ) WITHOUT ROWID;

        CREATE TABLE import_addresses (
            organization_id INTEGER NOT NULL,
            import_id INTEGER NOT NULL,
            address_key TEXT NOT NULL,
            address TEXT NOT NULL,
            contact_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            line INTEGER NOT NULL,
            -- 0 where the contact has it already.
            is_new INTEGER NOT NULL,
            PRIMARY KEY (organization_id, import_id, address_key)
        ) WITHOUT ROWID;
        CREATE INDEX import_addresses_by_line ON import_addresses (organization_id, import_id, line);

        CREATE TABLE import_problems (
            organization_id INTEGER NOT NULL,
            import_id INTEGER NOT NULL,
            line INTEGER NOT NULL,
            reason TEXT NOT NULL,
            -- JSON: the line as it stands in the file.
            cells TEXT NOT NULL,
            PRIMARY KEY (organization_id, import_id, line)
        ) WITHOUT ROWID;

        -- Thousands may wait after an import; they are taken in this order.
        CREATE INDEX backfills_in_order ON backfills (organization_id, mailbox_id, created_at, address_key);
        """
}
