/// The first step of the schema, for SQLite.
enum FirstStep {
    static let sqlite = people + companies + mailboxes + mirror + records

    private static let people = """
        CREATE TABLE organizations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            own_domains TEXT NOT NULL DEFAULT '[]',
            mirrors_received INTEGER NOT NULL DEFAULT 1,
            equals_share_superior INTEGER NOT NULL DEFAULT 0,
            -- Raised by every change that decides which mail is mirrored.
            address_book_version INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL
        );

        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL REFERENCES organizations (id),
            email TEXT NOT NULL,
            email_key TEXT NOT NULL,
            name TEXT NOT NULL,
            title TEXT NOT NULL DEFAULT '',
            -- NULL: cannot sign in.
            password_hash TEXT,
            is_administrator INTEGER NOT NULL DEFAULT 0,
            superior_id INTEGER,
            at_top INTEGER NOT NULL DEFAULT 0,
            visibility_level INTEGER NOT NULL DEFAULT 0 CHECK (visibility_level BETWEEN 0 AND 4),
            is_active INTEGER NOT NULL DEFAULT 1,
            locale TEXT NOT NULL DEFAULT 'en',
            time_zone TEXT NOT NULL DEFAULT 'Europe/Paris',
            created_at INTEGER NOT NULL,
            UNIQUE (organization_id, id),
            UNIQUE (organization_id, email_key),
            FOREIGN KEY (organization_id, superior_id) REFERENCES users (organization_id, id),
            CHECK (superior_id IS NULL OR at_top = 0)
        );
        -- Signing in finds the organisation by the address.
        CREATE INDEX users_by_email ON users (email_key);
        CREATE INDEX users_by_superior ON users (organization_id, superior_id);

        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            token_hash BLOB NOT NULL UNIQUE,
            csrf_token TEXT NOT NULL,
            user_agent TEXT NOT NULL DEFAULT '',
            created_at INTEGER NOT NULL,
            last_seen_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
        );
        CREATE INDEX sessions_by_user ON sessions (organization_id, user_id);
        CREATE INDEX sessions_by_expiry ON sessions (expires_at);

        """

    private static let companies = """
        CREATE TABLE accounts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL REFERENCES organizations (id),
            name TEXT NOT NULL,
            domain TEXT NOT NULL DEFAULT '',
            phone TEXT NOT NULL DEFAULT '',
            address TEXT NOT NULL DEFAULT '',
            city TEXT NOT NULL DEFAULT '',
            country TEXT NOT NULL DEFAULT '',
            industry TEXT NOT NULL DEFAULT '',
            notes TEXT NOT NULL DEFAULT '',
            owner_id INTEGER,
            -- The name folded for sorting; the words to find it by. Both made by the store.
            sort_key TEXT NOT NULL,
            search_text TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, owner_id) REFERENCES users (organization_id, id)
        );
        CREATE INDEX accounts_in_order ON accounts (organization_id, sort_key, id);
        CREATE INDEX accounts_by_owner ON accounts (organization_id, owner_id);

        CREATE TABLE contacts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL REFERENCES organizations (id),
            account_id INTEGER,
            first_name TEXT NOT NULL DEFAULT '',
            last_name TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '',
            phone TEXT NOT NULL DEFAULT '',
            notes TEXT NOT NULL DEFAULT '',
            owner_id INTEGER,
            -- Last and first name folded for sorting; the words to find them by. Both made by the store.
            sort_key TEXT NOT NULL,
            search_text TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id),
            FOREIGN KEY (organization_id, owner_id) REFERENCES users (organization_id, id)
        );
        CREATE INDEX contacts_in_order ON contacts (organization_id, sort_key, id);
        CREATE INDEX contacts_by_account ON contacts (organization_id, account_id, sort_key, id);
        CREATE INDEX contacts_by_owner ON contacts (organization_id, owner_id);

        -- An address belongs to one contact.
        CREATE TABLE contact_addresses (
            organization_id INTEGER NOT NULL,
            address_key TEXT NOT NULL,
            address TEXT NOT NULL,
            contact_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (organization_id, address_key),
            FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id)
        ) WITHOUT ROWID;
        CREATE INDEX contact_addresses_by_contact ON contact_addresses (organization_id, contact_id, position);

        CREATE TABLE exclusions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL REFERENCES organizations (id),
            -- An address as the address book matches it, or a domain behind an @.
            pattern TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            created_at INTEGER NOT NULL,
            UNIQUE (organization_id, pattern)
        );

        """

    private static let mailboxes = """
        CREATE TABLE mailboxes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            address TEXT NOT NULL,
            address_key TEXT NOT NULL,
            provider TEXT NOT NULL,
            settings TEXT NOT NULL,
            -- Sealed with a key that is not in the database.
            credentials BLOB,
            state TEXT NOT NULL,
            is_paused INTEGER NOT NULL DEFAULT 0,
            last_confirmed_at INTEGER,
            last_check TEXT,
            distrusts_vanished INTEGER NOT NULL DEFAULT 0,
            address_book_version INTEGER NOT NULL DEFAULT 0,
            pass INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            UNIQUE (organization_id, id),
            UNIQUE (organization_id, user_id),
            UNIQUE (organization_id, address_key),
            FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
        );

        CREATE TABLE folders (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL,
            mailbox_id INTEGER NOT NULL,
            remote_id TEXT NOT NULL,
            path TEXT NOT NULL,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            epoch TEXT NOT NULL DEFAULT '',
            checkpoint BLOB,
            scan_complete INTEGER NOT NULL DEFAULT 0,
            listed INTEGER NOT NULL DEFAULT 0,
            processed INTEGER NOT NULL DEFAULT 0,
            no_contact INTEGER NOT NULL DEFAULT 0,
            confirmed_at INTEGER,
            trouble TEXT,
            missing_since_pass INTEGER,
            UNIQUE (organization_id, mailbox_id, remote_id),
            FOREIGN KEY (organization_id, mailbox_id) REFERENCES mailboxes (organization_id, id)
        );

        -- Addresses added to a contact, still to be asked for at the mailbox's provider.
        CREATE TABLE backfills (
            organization_id INTEGER NOT NULL,
            mailbox_id INTEGER NOT NULL,
            address_key TEXT NOT NULL,
            address TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (organization_id, mailbox_id, address_key),
            FOREIGN KEY (organization_id, mailbox_id) REFERENCES mailboxes (organization_id, id)
        ) WITHOUT ROWID;

        """

    private static let mirror = """
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL,
            mailbox_id INTEGER NOT NULL,
            identity BLOB NOT NULL,
            message_id TEXT,
            dedupe_key BLOB NOT NULL,
            thread_key BLOB,
            sent_at INTEGER NOT NULL,
            internal_date INTEGER NOT NULL,
            size INTEGER NOT NULL,
            from_name TEXT NOT NULL DEFAULT '',
            from_address TEXT NOT NULL DEFAULT '',
            -- Further addresses of From, which is rare.
            from_others TEXT,
            recipients TEXT NOT NULL DEFAULT '{}',
            bcc TEXT,
            subject TEXT NOT NULL DEFAULT '',
            snippet TEXT NOT NULL DEFAULT '',
            -- 0 to be fetched, 1 there, 2 failed.
            text_state INTEGER NOT NULL DEFAULT 0,
            text_error TEXT,
            text_attempts INTEGER NOT NULL DEFAULT 0,
            text_retry_at INTEGER,
            is_truncated INTEGER NOT NULL DEFAULT 0,
            attachments TEXT NOT NULL DEFAULT '[]',
            orphaned_pass INTEGER,
            created_at INTEGER NOT NULL,
            UNIQUE (organization_id, mailbox_id, identity)
        );
        CREATE INDEX messages_without_text ON messages (organization_id, mailbox_id, internal_date DESC, id DESC)
            WHERE text_state = 0;
        CREATE INDEX messages_with_failed_text ON messages (organization_id, mailbox_id, text_retry_at)
            WHERE text_state = 2;
        CREATE INDEX messages_orphaned ON messages (organization_id, mailbox_id) WHERE orphaned_pass IS NOT NULL;
        CREATE INDEX messages_by_thread ON messages (organization_id, thread_key) WHERE thread_key IS NOT NULL;
        CREATE INDEX messages_by_message_id ON messages (organization_id, message_id) WHERE message_id IS NOT NULL;
        CREATE INDEX messages_by_dedupe_key ON messages (organization_id, dedupe_key);

        CREATE TABLE message_texts (
            message_id INTEGER PRIMARY KEY,
            organization_id INTEGER NOT NULL,
            body TEXT NOT NULL
        );

        CREATE TABLE locations (
            organization_id INTEGER NOT NULL,
            folder_id INTEGER NOT NULL,
            epoch TEXT NOT NULL,
            remote_id TEXT NOT NULL,
            message_id INTEGER NOT NULL,
            PRIMARY KEY (organization_id, folder_id, epoch, remote_id)
        ) WITHOUT ROWID;
        CREATE INDEX locations_by_message ON locations (organization_id, message_id);

        -- In the order in which cards are read.
        CREATE TABLE card_entries (
            organization_id INTEGER NOT NULL,
            contact_id INTEGER NOT NULL,
            sent_at INTEGER NOT NULL,
            message_id INTEGER NOT NULL,
            account_id INTEGER,
            mailbox_id INTEGER NOT NULL,
            dedupe_key BLOB NOT NULL,
            direction INTEGER NOT NULL,
            PRIMARY KEY (organization_id, contact_id, sent_at DESC, message_id DESC)
        ) WITHOUT ROWID;
        CREATE INDEX card_entries_by_account ON card_entries
            (organization_id, account_id, sent_at DESC, message_id DESC, contact_id, mailbox_id, dedupe_key, direction)
            WHERE account_id IS NOT NULL;
        -- With all that its readers ask for: where an index is narrower, SQLite would rather walk all entries of the organisation.
        CREATE INDEX card_entries_by_message ON card_entries
            (organization_id, message_id, contact_id, account_id, mailbox_id, direction);

        -- Messages whose headers could not be read.
        CREATE TABLE set_asides (
            organization_id INTEGER NOT NULL,
            folder_id INTEGER NOT NULL,
            epoch TEXT NOT NULL,
            remote_id TEXT NOT NULL,
            reason TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            first_at INTEGER NOT NULL,
            retry_at INTEGER NOT NULL,
            PRIMARY KEY (organization_id, folder_id, epoch, remote_id)
        ) WITHOUT ROWID;

        CREATE TABLE excluded_messages (
            organization_id INTEGER NOT NULL,
            folder_id INTEGER NOT NULL,
            epoch TEXT NOT NULL,
            remote_id TEXT NOT NULL,
            rule TEXT NOT NULL,
            PRIMARY KEY (organization_id, folder_id, epoch, remote_id)
        ) WITHOUT ROWID;

        """

    private static let records = """
        -- The change feed. Numbers are never used again, so that a reader can say how far it came.
        CREATE TABLE changes (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL,
            contact_id INTEGER,
            account_id INTEGER,
            mailbox_id INTEGER,
            at INTEGER NOT NULL
        );
        CREATE INDEX changes_by_organization ON changes (organization_id, seq);

        -- Without references: it outlives whom it speaks of.
        CREATE TABLE audit_entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL,
            at INTEGER NOT NULL,
            user_id INTEGER,
            action TEXT NOT NULL,
            subject TEXT NOT NULL DEFAULT '{}'
        );
        CREATE INDEX audit_entries_in_order ON audit_entries (organization_id, at DESC, id DESC);
        """
}
