import CRM
import Database
import Wording

/// Moves all that was staged for an import among the contacts, in one transaction: before it nothing of the import is
/// to be seen, after it everything. It is made of few statements over all lines, so that 50,000 of them hold the writer
/// for about a second.
public enum ImportSwitch {
    /// What was found to stand in the way since the line was staged.
    static let changedMeanwhile: Phrase =
        "The contact, or one of the addresses, was changed while the import ran. Import the line again."

    /// - Returns: false when this attempt is not under way any more. Nothing was imported then.
    public static func finish(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, attempt: Int, by user: UserID,
        now: Int64
    ) throws -> Bool {
        guard try ImportStaging.isStaging(tx, organization, id, attempt) else { return false }
        let binds: [Value] = [.id(organization), .id(id)]
        try refuseChanged(tx, binds)
        try settleAccounts(tx, binds, now: now)
        try insertContacts(tx, binds, now: now)
        try updateContacts(tx, organization, binds, now: now)
        try tx.execute(
            """
            INSERT INTO contact_addresses (organization_id, address_key, address, contact_id, position)
            SELECT organization_id, address_key, address, contact_id, position FROM import_addresses
            WHERE organization_id = $1 AND import_id = $2 AND is_new = 1 ORDER BY address_key
            """, binds)
        try Backfills.requestStaged(tx, organization, id, now: now)
        try AddressBooks.changed(tx, organization)
        try Changes.append(tx, .anything(in: organization), now: now)
        try record(tx, organization, by: user, binds, now: now)
        return true
    }

    private static func record(
        _ tx: any Transaction, _ organization: OrganizationID, by user: UserID, _ binds: [Value], now: Int64
    ) throws {
        let counts = try tx.first(
            """
            UPDATE imports SET state = 'done', progress = 1000, finished_at = $3,
                added = (SELECT count(*) FROM import_contacts
                    WHERE organization_id = $1 AND import_id = $2 AND changes_as_of IS NULL),
                updated = (SELECT count(*) FROM import_contacts
                    WHERE organization_id = $1 AND import_id = $2 AND changes_as_of IS NOT NULL),
                refused = (SELECT count(*) FROM import_problems WHERE organization_id = $1 AND import_id = $2)
            WHERE organization_id = $1 AND id = $2 RETURNING added, updated, file_name
            """, binds + [.integer(now)]
        ) { ["added": "\(try $0.integer(0))", "updated": "\(try $0.integer(1))", "file": try $0.text(2)] }
        try AuditTrail.record(tx, organization, by: user, .contactsImported, counts ?? [:], now: now)
    }

    /// Takes out lines that do not fit any more: another contact was given the address, or the contact was changed.
    private static func refuseChanged(_ tx: any Transaction, _ binds: [Value]) throws {
        let lines = try tx.rows(
            """
            SELECT a.line FROM import_addresses a \(tx.dialect.joinInOrder) contact_addresses x
                ON x.organization_id = a.organization_id AND x.address_key = a.address_key
            WHERE a.organization_id = $1 AND a.import_id = $2 AND x.contact_id <> a.contact_id
            UNION
            SELECT r.line FROM import_contacts r
                LEFT JOIN contacts c ON c.organization_id = r.organization_id AND c.id = r.contact_id
            WHERE r.organization_id = $1 AND r.import_id = $2 AND r.changes_as_of IS NOT NULL
                AND (c.id IS NULL OR c.updated_at <> r.changes_as_of)
            """, binds
        ) { try $0.integer(0) }
        for line in lines {
            try tx.execute(
                """
                INSERT INTO import_problems (organization_id, import_id, line, reason, cells)
                SELECT organization_id, import_id, line, $4, cells FROM import_contacts
                WHERE organization_id = $1 AND import_id = $2 AND line = $3
                """, binds + [.integer(line), .phrase(changedMeanwhile)])
            for table in ["import_contacts", "import_addresses"] {
                try tx.execute(
                    "DELETE FROM \(table) WHERE organization_id = $1 AND import_id = $2 AND line = $3",
                    binds + [.integer(line)])
            }
        }
    }

    /// Accounts may have come and gone since the lines were staged.
    private static func settleAccounts(_ tx: any Transaction, _ binds: [Value], now: Int64) throws {
        try tx.execute(
            """
            UPDATE import_accounts SET is_new = 0, account_id = (SELECT min(a.id) FROM accounts a
                WHERE a.organization_id = $1 AND a.sort_key = import_accounts.sort_key)
            WHERE organization_id = $1 AND import_id = $2 AND is_new = 1 AND EXISTS (SELECT 1 FROM accounts a
                WHERE a.organization_id = $1 AND a.sort_key = import_accounts.sort_key)
            """, binds)
        let gone = try tx.rows(
            """
            SELECT sort_key FROM import_accounts WHERE organization_id = $1 AND import_id = $2 AND is_new = 0
                AND NOT EXISTS (SELECT 1 FROM accounts a
                    WHERE a.organization_id = $1 AND a.id = import_accounts.account_id)
            """, binds
        ) { try $0.text(0) }
        for (sortKey, account) in zip(gone, try tx.reserveIDs(of: "accounts", count: gone.count)) {
            try tx.execute(
                """
                UPDATE import_accounts SET is_new = 1, account_id = $4
                WHERE organization_id = $1 AND import_id = $2 AND sort_key = $3
                """, binds + [.text(sortKey), .integer(account)])
        }
        try tx.execute(
            """
            INSERT INTO accounts (id, organization_id, name, domain, phone, address, city, country, industry, notes,
                owner_id, sort_key, search_text, created_at, updated_at)
            SELECT account_id, organization_id, name, domain, phone, address, city, country, industry, '', NULL,
                sort_key, search_text, $3, $3
            FROM import_accounts WHERE organization_id = $1 AND import_id = $2 AND is_new = 1 ORDER BY account_id
            """, binds + [.integer(now)])
    }

    private static func insertContacts(_ tx: any Transaction, _ binds: [Value], now: Int64) throws {
        try tx.execute(
            """
            INSERT INTO contacts (id, organization_id, account_id, first_name, last_name, title, phone, notes, owner_id,
                sort_key, search_text, created_at, updated_at)
            SELECT r.contact_id, r.organization_id, a.account_id, r.first_name, r.last_name, r.title, r.phone, r.notes,
                r.owner_id, r.sort_key, r.search_text, $3, $3
            FROM import_contacts r LEFT JOIN import_accounts a ON a.organization_id = r.organization_id
                AND a.import_id = r.import_id AND a.sort_key = r.account_sort_key
            WHERE r.organization_id = $1 AND r.import_id = $2 AND r.changes_as_of IS NULL ORDER BY r.line
            """, binds + [.integer(now)])
    }

    private static func updateContacts(
        _ tx: any Transaction, _ organization: OrganizationID, _ binds: [Value], now: Int64
    ) throws {
        let renamed: [ContactID] = try tx.rows(
            """
            SELECT c.id FROM import_contacts r \(tx.dialect.joinInOrder) contacts c
                ON c.organization_id = r.organization_id AND c.id = r.contact_id
            WHERE r.organization_id = $1 AND r.import_id = $2 AND r.changes_as_of IS NOT NULL
                AND (c.first_name <> r.first_name OR c.last_name <> r.last_name)
            """, binds
        ) { try $0.id(0) }
        for contact in renamed { try Activities.contactIsRenamed(tx, organization, contact, now: now) }
        try tx.execute(
            """
            UPDATE contacts SET first_name = r.first_name, last_name = r.last_name, title = r.title, phone = r.phone,
                notes = r.notes, sort_key = r.sort_key, search_text = r.search_text, updated_at = $3
            FROM import_contacts r
            WHERE r.organization_id = $1 AND r.import_id = $2 AND r.changes_as_of IS NOT NULL
                AND contacts.organization_id = $1 AND contacts.id = r.contact_id
            """, binds + [.integer(now)])
        let moves = try tx.rows(
            """
            SELECT r.contact_id, a.account_id FROM import_contacts r JOIN import_accounts a
                ON a.organization_id = r.organization_id AND a.import_id = r.import_id
                AND a.sort_key = r.account_sort_key
            WHERE r.organization_id = $1 AND r.import_id = $2 AND r.moves_account = 1
            """, binds
        ) { (try $0.integer(0), try $0.integer(1)) }
        for (contact, account) in moves {
            let binds: [Value] = [.id(organization), .integer(contact), .integer(account)]
            try tx.execute("UPDATE contacts SET account_id = $3 WHERE organization_id = $1 AND id = $2", binds)
            try tx.execute(
                "UPDATE card_entries SET account_id = $3 WHERE organization_id = $1 AND contact_id = $2", binds)
        }
    }
}
