/// Mailboxes that were disconnected and whose messages are still being removed.
enum DepartureStep {
    static let sqlite = """
        CREATE TABLE departures (
            organization_id INTEGER NOT NULL,
            -- Of a mailbox that is no more.
            mailbox_id INTEGER NOT NULL,
            PRIMARY KEY (organization_id, mailbox_id)
        ) WITHOUT ROWID;
        """
}
