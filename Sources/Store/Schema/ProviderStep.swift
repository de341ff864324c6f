/// Signing in at providers, the calendars there that activities are written to, and the events that were made.
enum ProviderStep {
    static let sqlite = """
        -- The provider's name of the account, where it is known.
        ALTER TABLE mailboxes ADD COLUMN account TEXT;
        -- The chosen calendar as JSON, and what is wrong with it.
        ALTER TABLE mailboxes ADD COLUMN calendar TEXT;
        ALTER TABLE mailboxes ADD COLUMN calendar_problem TEXT;
        -- By account and not by mailbox: an event that was left there is known again when the mailbox comes back.
        CREATE TABLE calendar_events (
            organization_id INTEGER NOT NULL,
            owner_id INTEGER NOT NULL,
            account TEXT NOT NULL,
            activity_id INTEGER NOT NULL,
            mark TEXT NOT NULL,
            calendar TEXT NOT NULL,
            state TEXT NOT NULL,
            remote_id TEXT,
            asked_at INTEGER,
            PRIMARY KEY (organization_id, owner_id, account, activity_id)
        ) WITHOUT ROWID;
        CREATE TABLE provider_apps (
            organization_id INTEGER NOT NULL REFERENCES organizations (id),
            provider TEXT NOT NULL,
            client_id TEXT NOT NULL,
            secret BLOB NOT NULL,
            tenant TEXT NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (organization_id, provider)
        );
        -- Gone with its session by itself: the session's id is never used again.
        CREATE TABLE pending_sign_ins (
            organization_id INTEGER NOT NULL,
            session_id INTEGER NOT NULL,
            state_hash BLOB NOT NULL,
            user_id INTEGER NOT NULL,
            provider TEXT NOT NULL,
            address TEXT NOT NULL,
            redirect_uri TEXT NOT NULL,
            sealed BLOB NOT NULL,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (organization_id, session_id, state_hash)
        );
        INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
            ('calendar_events', 'calendar_events', '10000 10000 100 100 1'),
            ('pending_sign_ins', 'sqlite_autoindex_pending_sign_ins_1', '100 100 2 1');
        ANALYZE sqlite_schema;
        """
}
