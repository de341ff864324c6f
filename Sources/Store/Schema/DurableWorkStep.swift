/// What is still to be done for the mirror is in the database, so that it survives the end of the program.
enum DurableWorkStep {
    static let sqlite = """
        -- Which request an answer belongs to: an address may be taken away and added again while it is searched.
        ALTER TABLE backfills ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
        -- Checks of the whole mailbox that were asked for, and how many of those the last finished one has answered.
        ALTER TABLE mailboxes ADD COLUMN checks_wanted INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE mailboxes ADD COLUMN checks_done INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE folders ADD COLUMN missing_since INTEGER;
        -- The address_book_version with which the present reading from the start began.
        ALTER TABLE folders ADD COLUMN scan_book INTEGER;
        -- The rules of an organisation changed; its messages below this one are still to be decided again.
        CREATE TABLE redecisions (
            organization_id INTEGER PRIMARY KEY,
            below_message_id INTEGER NOT NULL
        );
        """
}
