import CRM
import Database
import Foundation
import Mirror

/// An address book with the number of the change that made it.
public struct VersionedAddressBook: Sendable {
    public let version: Int64
    public let addressBook: AddressBook

    public init(version: Int64, addressBook: AddressBook) {
        self.version = version
        self.addressBook = addressBook
    }

    /// Older than any other.
    public static let none = VersionedAddressBook(version: -1, addressBook: AddressBook(entries: [:]))
}

/// Queries for the addresses that decide which mail is mirrored.
public enum AddressBooks {
    /// To be called in the transaction of every change to contacts' addresses, a contact's account, exclusions, own
    /// domains or the choice to mirror received mail.
    public static func changed(_ tx: any Transaction, _ organization: OrganizationID) throws {
        try tx.execute(
            "UPDATE organizations SET address_book_version = address_book_version + 1 WHERE id = $1",
            [.integer(organization.rawValue)])
    }

    /// The present address book; `known` itself while it is still valid.
    public static func current(
        _ tx: any Transaction, _ organization: OrganizationID, known: VersionedAddressBook
    ) throws -> VersionedAddressBook {
        guard
            let row = try tx.first(
                "SELECT address_book_version, own_domains, mirrors_received FROM organizations WHERE id = $1",
                [.integer(organization.rawValue)])
        else { throw DatabaseError.misuse("organisation \(organization) does not exist") }
        let version = try row.integer(0)
        if version == known.version { return known }
        var entries: [String: AddressBook.Entry] = [:]
        try tx.query(
            """
            SELECT a.address_key, a.contact_id, c.account_id FROM contact_addresses a
            JOIN contacts c ON c.organization_id = a.organization_id AND c.id = a.contact_id
            WHERE a.organization_id = $1
            """, [.integer(organization.rawValue)]
        ) { row in
            entries[try row.text(0)] = AddressBook.Entry(
                contact: ContactID(try row.integer(1)),
                account: try row.optionalInteger(2).map(AccountID.init(_:)))
        }
        let exclusions = try tx.rows(
            "SELECT pattern FROM exclusions WHERE organization_id = $1", [.integer(organization.rawValue)]
        ) { try $0.text(0) }
        let book = AddressBook(
            entries: entries, exclusions: exclusions, ownDomains: try JSONText.decode([String].self, try row.text(1)),
            mirrorsReceived: try row.bool(2))
        return VersionedAddressBook(version: version, addressBook: book)
    }
}

/// Addresses to be asked for at the providers, because they were added to a contact after the mail was read.
public enum Backfills {
    public struct Pending: Sendable, Hashable {
        public let addressKey: String
        public let address: String
        /// Tells a request from a later one for the same address.
        let generation: Int64
    }

    /// To be called in the transaction that adds the addresses.
    public static func request(
        _ tx: any Transaction, _ organization: OrganizationID, addresses: [(key: String, address: String)], now: Int64
    ) throws {
        for (key, address) in addresses {
            try tx.execute(
                """
                INSERT INTO backfills (organization_id, mailbox_id, address_key, address, created_at, generation)
                SELECT $1, m.id, $2, $3, $4, o.address_book_version FROM mailboxes m
                JOIN organizations o ON o.id = m.organization_id WHERE m.organization_id = $1
                ON CONFLICT (organization_id, mailbox_id, address_key) DO UPDATE SET generation = excluded.generation
                """, [.integer(organization.rawValue), .text(key), .text(address), .integer(now)])
        }
    }

    /// The same for all new addresses of an import, in the transaction that makes them the contacts'.
    static func requestStaged(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, now: Int64
    ) throws {
        let join = tx.dialect.joinInOrder
        try tx.execute(
            """
            INSERT INTO backfills (organization_id, mailbox_id, address_key, address, created_at, generation)
            SELECT $1, box.id, a.address_key, a.address, $3, o.address_book_version FROM organizations o
            \(join) mailboxes box ON box.organization_id = o.id
            \(join) import_addresses a ON a.organization_id = o.id AND a.import_id = $2 AND a.is_new = 1
            WHERE o.id = $1
            ON CONFLICT (organization_id, mailbox_id, address_key) DO UPDATE SET generation = excluded.generation
            """, [.id(organization), .id(id), .integer(now)])
    }

    /// Forgets addresses that belong to no contact any more and were not asked for yet.
    static func withdraw(_ tx: any Transaction, _ organization: OrganizationID, addressKeys: [String]) throws {
        for key in addressKeys {
            try tx.execute(
                """
                DELETE FROM backfills WHERE organization_id = $1 AND address_key = $2
                    AND mailbox_id IN (SELECT id FROM mailboxes WHERE organization_id = $1)
                """, [.id(organization), .text(key)])
        }
    }

    public static func pending(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, limit: Int
    ) throws -> [Pending] {
        try tx.rows(
            """
            SELECT address_key, address, generation FROM backfills WHERE organization_id = $1 AND mailbox_id = $2
            ORDER BY created_at, address_key LIMIT $3
            """, [.integer(organization.rawValue), .integer(mailbox.rawValue), .integer(limit)]
        ) { Pending(addressKey: try $0.text(0), address: try $0.text(1), generation: try $0.integer(2)) }
    }

    /// The addresses were searched. One that was asked for again meanwhile stays, since mail may have been read in between
    /// that was decided without it.
    public static func done(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ backfills: [Pending]
    ) throws {
        for backfill in backfills {
            try tx.execute(
                """
                DELETE FROM backfills
                WHERE organization_id = $1 AND mailbox_id = $2 AND address_key = $3 AND generation = $4
                """,
                [
                    .id(organization), .id(mailbox), .text(backfill.addressKey), .integer(backfill.generation),
                ])
        }
    }
}
