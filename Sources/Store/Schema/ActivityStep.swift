/// Meetings and tasks, and what is still to be done for them in calendars.
enum ActivityStep {
    static let sqlite =
        activities + outbox + """
            -- Which meeting or task a change is of.
            ALTER TABLE changes ADD COLUMN activity_id INTEGER;
            INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
                ('activities', 'sqlite_autoindex_activities_1', '100000 100000 1'),
                ('activities', 'activities_in_order', '100000 100000 2 1'),
                ('activities', 'activities_of_owner', '100000 100000 1000 2 1'),
                ('activities', 'activities_open', '10000 10000 2 1'),
                ('activities', 'activities_open_of_owner', '10000 10000 100 2 1'),
                ('activities', 'activities_done', '90000 90000 2 1'),
                ('activities', 'activities_done_of_owner', '90000 90000 1000 2 1'),
                ('activities', 'activities_by_account', '50000 50000 20'),
                ('activity_contacts', 'activity_contacts', '200000 200000 2 1'),
                ('activity_contacts', 'activity_contacts_by_contact', '200000 200000 20 1'),
                ('calendar_outbox', 'sqlite_autoindex_calendar_outbox_1', '10000 10000 100 1'),
                ('calendar_outbox', 'calendar_outbox_in_order', '10000 10000 100 1');
            ANALYZE sqlite_schema;
            """

    private static let activities = """
        CREATE TABLE activities (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL REFERENCES organizations (id),
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            -- All day: from midnight in UTC of the first day to that after the last, which stand for days of any time
            -- zone. Else points in time; what is due has both the same.
            is_all_day INTEGER NOT NULL,
            starts_at INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            account_id INTEGER,
            notes TEXT NOT NULL DEFAULT '',
            owner_id INTEGER NOT NULL,
            done_at INTEGER,
            shows_in_calendar INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id),
            FOREIGN KEY (organization_id, owner_id) REFERENCES users (organization_id, id)
        );
        CREATE INDEX activities_in_order ON activities (organization_id, starts_at, id);
        CREATE INDEX activities_of_owner ON activities (organization_id, owner_id, starts_at, id);
        CREATE INDEX activities_open ON activities (organization_id, starts_at, id) WHERE done_at IS NULL;
        CREATE INDEX activities_open_of_owner ON activities (organization_id, owner_id, starts_at, id)
            WHERE done_at IS NULL;
        CREATE INDEX activities_done ON activities (organization_id, done_at DESC, id DESC)
            WHERE done_at IS NOT NULL;
        CREATE INDEX activities_done_of_owner ON activities (organization_id, owner_id, done_at DESC, id DESC)
            WHERE done_at IS NOT NULL;
        CREATE INDEX activities_by_account ON activities (organization_id, account_id) WHERE account_id IS NOT NULL;

        CREATE TABLE activity_contacts (
            organization_id INTEGER NOT NULL,
            activity_id INTEGER NOT NULL,
            contact_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (organization_id, activity_id, contact_id),
            FOREIGN KEY (organization_id, activity_id) REFERENCES activities (organization_id, id),
            FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id)
        ) WITHOUT ROWID;
        CREATE INDEX activity_contacts_by_contact ON activity_contacts (organization_id, contact_id, activity_id);

        """

    private static let outbox = """
        -- What is to be done in an owner's calendar: at most one row for each activity, replaced by what comes later.
        -- Without references: it outlives the activity. Generations are never used again, so that whoever finishes an
        -- older one leaves the newer.
        CREATE TABLE calendar_outbox (
            generation INTEGER PRIMARY KEY AUTOINCREMENT,
            organization_id INTEGER NOT NULL,
            owner_id INTEGER NOT NULL,
            activity_id INTEGER NOT NULL,
            action TEXT NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE (organization_id, owner_id, activity_id)
        );
        CREATE INDEX calendar_outbox_in_order ON calendar_outbox (organization_id, owner_id, generation);

        """
}
