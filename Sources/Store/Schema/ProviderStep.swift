/// Mail systems that people sign in to at the provider, and the events that stand in their calendars.
enum ProviderStep {
    static let sqlite = """
        -- Where a mailbox is lies by itself in the settings, since some providers have no servers of one's own.
        UPDATE mailboxes SET settings = json_set(json_remove(settings, '$.imap', '$.smtp'), '$.servers',
            json_object('imap', json(json_extract(settings, '$.imap')), 'smtp', json(json_extract(settings, '$.smtp'))))
            WHERE json_extract(settings, '$.imap') IS NOT NULL;

        -- JSON: the calendar that the owner's events go into; NULL for none.
        ALTER TABLE mailboxes ADD COLUMN calendar TEXT;
        -- The provider's name of the account, where it has one.
        ALTER TABLE mailboxes ADD COLUMN account_key TEXT;
        CREATE UNIQUE INDEX mailboxes_by_account ON mailboxes (organization_id, provider, account_key)
            WHERE account_key IS NOT NULL;

        -- What an organisation is known by at a provider.
        CREATE TABLE provider_apps (
            organization_id INTEGER NOT NULL REFERENCES organizations (id),
            provider TEXT NOT NULL,
            client_id TEXT NOT NULL,
            -- Sealed with a key that is not in the database.
            client_secret BLOB NOT NULL,
            -- JSON: what else the provider's page asks for.
            settings TEXT NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (organization_id, provider)
        ) WITHOUT ROWID;

        -- People who are on their way to a provider's sign-in page and back.
        CREATE TABLE sign_ins_under_way (
            state_hash BLOB PRIMARY KEY,
            organization_id INTEGER NOT NULL,
            session_hash BLOB NOT NULL,
            -- Whose mailbox it will be.
            user_id INTEGER NOT NULL,
            -- The mailbox that is signed in to again; NULL for a new one.
            mailbox_id INTEGER,
            provider TEXT NOT NULL,
            address TEXT NOT NULL,
            -- Sealed: what proves that the answer is for this request.
            verifier BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX sign_ins_under_way_by_age ON sign_ins_under_way (created_at);

        -- The events that were made, or may have been made, in the calendars of owners. Without references: an event
        -- outlives its activity until it is removed.
        CREATE TABLE calendar_events (
            mark TEXT PRIMARY KEY,
            organization_id INTEGER NOT NULL,
            mailbox_id INTEGER NOT NULL,
            activity_id INTEGER NOT NULL,
            calendar_id TEXT NOT NULL,
            -- NULL where no answer came yet.
            event_id TEXT,
            -- 1 where it is to be gone.
            is_leaving INTEGER NOT NULL DEFAULT 0,
            -- 1 where the person deleted it in the calendar.
            is_declined INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX calendar_events_by_activity ON calendar_events (organization_id, mailbox_id, activity_id);
        """
}
