/// Seats for further mailboxes, whom an administrator chooses where a level gives too many mailboxes, and invitations.
enum PeopleStep {
    static let sqlite = """
        -- A sync-only user: whose further mailbox the seat is for. It has no password, no place and no level.
        ALTER TABLE users ADD COLUMN person_id INTEGER REFERENCES users (id);
        CREATE INDEX users_by_person ON users (organization_id, person_id) WHERE person_id IS NOT NULL;

        CREATE TABLE visibility_choices (
            organization_id INTEGER NOT NULL,
            viewer_id INTEGER NOT NULL,
            owner_id INTEGER NOT NULL,
            PRIMARY KEY (organization_id, viewer_id, owner_id),
            FOREIGN KEY (organization_id, viewer_id) REFERENCES users (organization_id, id),
            FOREIGN KEY (organization_id, owner_id) REFERENCES users (organization_id, id)
        ) WITHOUT ROWID;
        CREATE INDEX visibility_choices_by_owner ON visibility_choices (organization_id, owner_id);

        -- At most one a user; only a hash of the token is kept.
        CREATE TABLE invitations (
            organization_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            token_hash BLOB NOT NULL UNIQUE,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (organization_id, user_id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
        ) WITHOUT ROWID;
        """
}
