import CRM
import Database

/// Prepares an import where nobody sees it: lines become rows beside the contacts, a batch to a transaction, so that
/// others can write in between. ``ImportSwitch`` then moves all of them at once.
public enum ImportStaging {
    /// Lines to a transaction: some hundredths of a second in which nobody else can write.
    public static let batch = 500

    /// Stages lines, in the order of the file.
    ///
    /// - Parameters:
    ///   - attempt: ``ContactImport/attempt`` as it was begun.
    ///   - problems: lines that the file's reader or the forms refused.
    ///   - progress: in thousandths of the file.
    /// - Returns: false when this attempt is not under way any more, because someone cancelled it, or it gave no sign
    ///   for so long that it was taken for interrupted. Nothing was staged then.
    public static func stage(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, attempt: Int,
        _ lines: [ImportLine], _ problems: [ImportProblem], _ choices: ImportChoices, progress: Int, now: Int64
    ) throws -> Bool {
        guard try isStaging(tx, organization, id, attempt) else { return false }
        let plan = try ImportPlan(tx, organization, id, lines, choices.existing)
        try stageAccounts(tx, organization, id, plan)
        let ids = try tx.reserveIDs(of: "contacts", count: plan.added.count)
        for (line, contact) in zip(plan.added, ids) {
            try insert(
                tx, organization, id, line, ContactID(contact), line.contact, owner: choices.owner, replacing: nil)
            try insertAddresses(tx, organization, id, line, ContactID(contact), line.contact.addresses, known: [])
        }
        for change in plan.changed {
            try insert(
                tx, organization, id, change.line, change.contact.id, change.merged, owner: change.merged.owner,
                replacing: change)
            try insertAddresses(
                tx, organization, id, change.line, change.contact.id, change.merged.addresses, known: change.known)
        }
        let refused = problems + plan.problems
        for problem in refused { try ImportProblems.add(tx, organization, id, problem) }
        try tx.execute(
            """
            UPDATE imports SET progress = $3, added = added + $4, updated = updated + $5, unchanged = unchanged + $6,
                skipped = skipped + $7, refused = refused + $8, lease_until = $9
            WHERE organization_id = $1 AND id = $2
            """,
            [
                .id(organization), .id(id), .integer(progress), .integer(plan.added.count),
                .integer(plan.changed.count),
                .integer(plan.unchanged), .integer(plan.skipped), .integer(refused.count),
                .integer(now + ContactImports.lease),
            ])
        return true
    }

    /// Removes what was staged for an import, a part at a time.
    ///
    /// - Returns: whether there is more.
    public static func clear(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, limit: Int = 5_000
    ) throws -> Bool {
        var removed = 0
        for (table, key) in [
            ("import_contacts", "line"), ("import_addresses", "address_key"), ("import_accounts", "sort_key"),
        ] where removed < limit {
            removed += try tx.execute(
                """
                DELETE FROM \(table) WHERE organization_id = $1 AND import_id = $2 AND \(key) IN
                    (SELECT \(key) FROM \(table) WHERE organization_id = $1 AND import_id = $2 LIMIT $3)
                """, [.id(organization), .id(id), .integer(limit - removed)])
        }
        return removed >= limit
    }

    static func isStaging(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ attempt: Int
    ) throws -> Bool {
        try tx.exists(
            "SELECT 1 FROM imports WHERE organization_id = $1 AND id = $2 AND attempt = $3 AND state = 'staging'",
            [.id(organization), .id(id), .integer(attempt)])
    }

    // MARK: -

    private static func stageAccounts(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ plan: ImportPlan
    ) throws {
        let new = plan.accounts.filter { $0.existing == nil }
        var ids = try tx.reserveIDs(of: "accounts", count: new.count)[...]
        for account in plan.accounts {
            let number = account.existing?.rawValue ?? ids.removeFirst()
            let fields = Accounts.fields(account.account)
            try tx.execute(
                """
                INSERT INTO import_accounts (organization_id, import_id, sort_key, account_id, is_new, name, domain,
                    phone, address, city, country, industry, search_text)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                """,
                [
                    .id(organization), .id(id), .text(account.sortKey), .integer(number),
                    .bool(account.existing == nil),
                ] + fields.prefix(7) + [fields[10]])
        }
    }

    private static func insert(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ line: ImportLine,
        _ contact: ContactID, _ valid: ValidContact, owner: UserID?, replacing change: ImportPlan.Change?
    ) throws {
        let fields = Contacts.fields(valid)
        try tx.execute(
            """
            INSERT INTO import_contacts (organization_id, import_id, line, contact_id, changes_as_of, moves_account,
                account_sort_key, first_name, last_name, title, phone, notes, owner_id, sort_key, search_text, cells)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            [
                .id(organization), .id(id), .integer(line.line), .id(contact), .optional(change?.contact.updatedAt),
                .bool(change?.movesAccount ?? false),
                .optional(line.account.map { SearchText.sortKey($0.name) }),
            ] + fields[1...5] + [.id(owner), fields[7], fields[8], .list(line.cells)])
    }

    /// The addresses that a contact will have. Those it has already are staged too, so that no other line changes it.
    private static func insertAddresses(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ line: ImportLine,
        _ contact: ContactID, _ addresses: [ValidContact.Address], known: Set<String>
    ) throws {
        for (position, address) in addresses.enumerated() {
            try tx.execute(
                """
                INSERT INTO import_addresses (organization_id, import_id, address_key, address, contact_id, position,
                    line, is_new) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                [
                    .id(organization), .id(id), .text(address.key), .text(address.address), .id(contact),
                    .integer(position), .integer(line.line), .bool(!known.contains(address.key)),
                ])
        }
    }
}
