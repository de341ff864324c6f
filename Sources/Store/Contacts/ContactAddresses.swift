import CRM
import Database

/// Queries on the addresses of contacts.
enum ContactAddresses {
    /// As they were typed, in the order that was chosen.
    static func list(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ContactID
    ) throws -> [String] {
        try tx.rows(
            "SELECT address FROM contact_addresses WHERE organization_id = $1 AND contact_id = $2 ORDER BY position",
            [.id(organization), .id(contact)]
        ) { try $0.text(0) }
    }

    /// Gives a contact exactly these addresses, and asks for the mail of those that are new.
    ///
    /// - Returns: whether the set of addresses is another one than before.
    /// - Throws: ``ContactError/addressTaken(address:contact:name:)``.
    @discardableResult
    static func replace(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ContactID,
        with addresses: [ValidContact.Address], now: Int64
    ) throws -> Bool {
        let before = Set(
            try tx.rows(
                "SELECT address_key FROM contact_addresses WHERE organization_id = $1 AND contact_id = $2",
                [.id(organization), .id(contact)]
            ) { try $0.text(0) })
        let after = Set(addresses.map(\.key))
        let removed = before.subtracting(after).sorted()
        for key in removed {
            try tx.execute(
                "DELETE FROM contact_addresses WHERE organization_id = $1 AND address_key = $2",
                [.id(organization), .text(key)])
        }
        try Backfills.withdraw(tx, organization, addressKeys: removed)
        try MirrorCleanup.addressesRemoved(tx, organization, keys: removed)
        for (position, address) in addresses.enumerated() {
            // An address of another contact is left alone, and then no row is written.
            let written = try tx.execute(
                """
                INSERT INTO contact_addresses (organization_id, address_key, address, contact_id, position)
                VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (organization_id, address_key) DO UPDATE SET address = excluded.address, position = excluded.position
                WHERE contact_addresses.contact_id = excluded.contact_id
                """,
                [.id(organization), .text(address.key), .text(address.address), .id(contact), .integer(position)])
            if written == 0 { throw try taken(tx, organization, address) }
        }
        let added = addresses.filter { !before.contains($0.key) }
        try Backfills.request(
            tx, organization, addresses: added.map { (key: $0.key, address: $0.address) }, now: now)
        return before != after
    }

    private static func taken(
        _ tx: any Transaction, _ organization: OrganizationID, _ address: ValidContact.Address
    ) throws -> any Error {
        let holder: (ContactID, String)? = try tx.first(
            """
            SELECT c.id, c.first_name, c.last_name, a.address FROM contact_addresses a
            JOIN contacts c ON c.organization_id = a.organization_id AND c.id = a.contact_id
            WHERE a.organization_id = $1 AND a.address_key = $2
            """, [.id(organization), .text(address.key)]
        ) { row in
            let name = PersonName.full(first: try row.text(1), last: try row.text(2), orElse: try row.text(3))
            return (try row.id(0), name)
        }
        guard let (contact, name) = holder else { return DatabaseError.misuse("an address is taken by nobody") }
        return ContactError.addressTaken(address: address.address, contact: contact, name: name)
    }
}
