/// Who carries an import out, and who planned an activity.
enum WorkerStep {
    static let sqlite = """
        -- Until when the program that carries the import out is taken to be alive; it prolongs that with each batch.
        ALTER TABLE imports ADD COLUMN lease_until INTEGER;
        -- How often it was begun. Whoever began an earlier try stages nothing any more.
        ALTER TABLE imports ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;
        -- A line without an address is known by its name.
        CREATE INDEX import_contacts_by_name ON import_contacts (organization_id, import_id, sort_key);

        -- Who planned it; NULL for what was planned before this was noted.
        ALTER TABLE activities ADD COLUMN created_by INTEGER;
        """
}
