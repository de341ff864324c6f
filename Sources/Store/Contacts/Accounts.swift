import CRM
import Database

/// Queries on accounts, the companies that contacts belong to.
public enum Accounts {
    /// A line of the list.
    public struct Listed: Sendable, Hashable {
        public let id: AccountID
        public let name: String
        public let domain: String
        public let city: String
        public let country: String
        public let contactCount: Int
        /// In seconds since 1970 UTC.
        public let createdAt: Int64
        public let changedAt: Int64
    }

    public static func create(
        _ tx: any Transaction, _ organization: OrganizationID, _ account: ValidAccount, now: Int64
    ) throws -> AccountID {
        AccountID(
            try tx.insertReturningID(
                """
                INSERT INTO accounts (organization_id, name, domain, phone, address, city, country, industry, notes, owner_id,
                    sort_key, search_text, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) RETURNING id
                """, [.id(organization)] + fields(account) + [.integer(now)]))
    }

    /// - Returns: false when there is no such account.
    @discardableResult
    public static func update(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: AccountID, _ account: ValidAccount, now: Int64
    ) throws -> Bool {
        guard let before = try find(tx, organization, id) else { return false }
        if before.name != account.name { try Activities.accountIsRenamed(tx, organization, id, now: now) }
        return try tx.execute(
            """
            UPDATE accounts SET name = $2, domain = $3, phone = $4, address = $5, city = $6, country = $7, industry = $8,
                notes = $9, owner_id = $10, sort_key = $11, search_text = $12, updated_at = $13
            WHERE organization_id = $1 AND id = $14
            """, [.id(organization)] + fields(account) + [.integer(now), .id(id)]) == 1
    }

    /// The columns from name to search_text.
    static func fields(_ account: ValidAccount) -> [Value] {
        [
            .text(account.name), .text(account.domain), .text(account.phone), .text(account.address),
            .text(account.city), .text(account.country), .text(account.industry), .text(account.notes),
            .id(account.owner), .text(SearchText.sortKey(account.name)),
            .text(SearchText.text(names: [account.name, account.city], addresses: [account.domain])),
        ]
    }

    /// Removes the account. Its contacts and activities stay, without one.
    public static func delete(
        _ tx: any Transaction, _ organization: OrganizationID, _ account: AccountID, now: Int64
    ) throws {
        let contacts: [ContactID] = try tx.rows(
            "SELECT id FROM contacts WHERE organization_id = $1 AND account_id = $2", [.id(organization), .id(account)]
        ) { try $0.id(0) }
        for contact in contacts { try Contacts.setAccount(tx, organization, contact, nil, now: now) }
        try Activities.accountLeaves(tx, organization, account, now: now)
        try tx.execute(
            "DELETE FROM accounts WHERE organization_id = $1 AND id = $2", [.id(organization), .id(account)])
        try Changes.append(tx, Change(organization: organization, account: account), now: now)
    }

    public static func find(
        _ tx: any Transaction, _ organization: OrganizationID, _ account: AccountID
    ) throws -> Account? {
        try tx.first(
            """
            SELECT id, name, domain, phone, address, city, country, industry, notes, owner_id, created_at, updated_at
            FROM accounts WHERE organization_id = $1 AND id = $2
            """, [.id(organization), .id(account)]
        ) { row in
            Account(
                id: try row.id(0), name: try row.text(1), domain: try row.text(2), phone: try row.text(3),
                address: try row.text(4), city: try row.text(5), country: try row.text(6), industry: try row.text(7),
                notes: try row.text(8), owner: try row.optionalID(9), createdAt: try row.integer(10),
                updatedAt: try row.integer(11))
        }
    }

    public static func count(_ tx: any Transaction, _ organization: OrganizationID) throws -> Int {
        Int(try tx.integer("SELECT count(*) FROM accounts WHERE organization_id = $1", [.id(organization)]))
    }
}
