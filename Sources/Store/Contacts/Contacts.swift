import CRM
import Database
import Wording

/// Queries on contacts. A contact's addresses decide which mail is mirrored, so every function that changes them brings
/// the mirror along in the same transaction; what has to be asked of the mail providers is left to the engine, which
/// the caller wakes after the commit.
public enum Contacts {
    /// - Throws: ``ContactError``.
    public static func create(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ValidContact, now: Int64
    ) throws -> ContactID {
        try requireAccount(tx, organization, contact.account)
        let id = ContactID(
            try tx.insertReturningID(
                """
                INSERT INTO contacts (organization_id, account_id, first_name, last_name, title, phone, notes, owner_id, sort_key,
                    search_text, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) RETURNING id
                """, [.id(organization)] + fields(contact) + [.integer(now)]))
        if try ContactAddresses.replace(tx, organization, id, with: contact.addresses, now: now) {
            try AddressBooks.changed(tx, organization)
        }
        try Changes.append(tx, Change(organization: organization, contact: id, account: contact.account), now: now)
        return id
    }

    /// Changes a contact. Mail that it no longer needs leaves the mirror, unless another contact needs it.
    ///
    /// - Returns: false when there is no such contact.
    /// - Throws: ``ContactError``.
    @discardableResult
    public static func update(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactID, _ contact: ValidContact, now: Int64
    ) throws -> Bool {
        guard let before = try find(tx, organization, id) else { return false }
        try setAccount(tx, organization, id, contact.account, now: now)
        try tx.execute(
            """
            UPDATE contacts SET account_id = $2, first_name = $3, last_name = $4, title = $5, phone = $6, notes = $7,
                owner_id = $8, sort_key = $9, search_text = $10, updated_at = $11
            WHERE organization_id = $1 AND id = $12
            """, [.id(organization)] + fields(contact) + [.integer(now), .id(id)])
        if try ContactAddresses.replace(tx, organization, id, with: contact.addresses, now: now) {
            try AddressBooks.changed(tx, organization)
            try MirrorCleanup.contactChanged(tx, organization, contact: id, now: now)
        }
        let isNamedAsBefore = before.firstName == contact.firstName && before.lastName == contact.lastName
        if !isNamedAsBefore || before.addresses != contact.addresses.map(\.address) {
            try Activities.contactIsRenamed(tx, organization, id, now: now)
        }
        try Changes.append(tx, Change(organization: organization, contact: id, account: before.account), now: now)
        return true
    }

    /// Moves a contact to another account, and its mail to that account's card.
    ///
    /// - Throws: ``ContactError/noSuchAccount``.
    public static func setAccount(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ContactID, _ account: AccountID?, now: Int64
    ) throws {
        guard let before = try find(tx, organization, contact), before.account != account else { return }
        try requireAccount(tx, organization, account)
        let binds: [Value] = [.id(organization), .id(contact), .id(account)]
        try tx.execute("UPDATE contacts SET account_id = $3 WHERE organization_id = $1 AND id = $2", binds)
        try tx.execute("UPDATE card_entries SET account_id = $3 WHERE organization_id = $1 AND contact_id = $2", binds)
        // The address book knows the account of each contact.
        try AddressBooks.changed(tx, organization)
        for card in [before.account, account] {
            try Changes.append(tx, Change(organization: organization, contact: contact, account: card), now: now)
        }
    }

    /// Removes a contact, and with it the mail that no other contact needs. Their activities stay, without them.
    public static func delete(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ContactID, now: Int64
    ) throws {
        guard let before = try find(tx, organization, contact) else { return }
        try ContactAddresses.replace(tx, organization, contact, with: [], now: now)
        try AddressBooks.changed(tx, organization)
        try MirrorCleanup.contactChanged(tx, organization, contact: contact, now: now)
        try Activities.contactLeaves(tx, organization, contact, now: now)
        try tx.execute(
            "DELETE FROM contacts WHERE organization_id = $1 AND id = $2", [.id(organization), .id(contact)])
        try Changes.append(tx, Change(organization: organization, contact: contact, account: before.account), now: now)
    }

    public static func find(
        _ tx: any Transaction, _ organization: OrganizationID, _ contact: ContactID
    ) throws -> Contact? {
        try tx.first(
            """
            SELECT id, account_id, first_name, last_name, title, phone, notes, owner_id, created_at, updated_at
            FROM contacts WHERE organization_id = $1 AND id = $2
            """, [.id(organization), .id(contact)]
        ) { row in
            Contact(
                id: try row.id(0), account: try row.optionalID(1), firstName: try row.text(2),
                lastName: try row.text(3), title: try row.text(4), phone: try row.text(5), notes: try row.text(6),
                owner: try row.optionalID(7),
                addresses: try ContactAddresses.list(tx, organization, contact),
                createdAt: try row.integer(8), updatedAt: try row.integer(9))
        }
    }

    // MARK: -

    /// The columns from account_id to search_text.
    static func fields(_ contact: ValidContact) -> [Value] {
        let addresses = contact.addresses.map(\.address)
        let name = contact.lastName.isEmpty && contact.firstName.isEmpty ? addresses.first ?? "" : contact.lastName
        return [
            .id(contact.account), .text(contact.firstName), .text(contact.lastName), .text(contact.title),
            .text(contact.phone), .text(contact.notes), .id(contact.owner),
            .text(SearchText.sortKey(name, contact.firstName)),
            .text(SearchText.text(names: [contact.firstName, contact.lastName], addresses: addresses)),
        ]
    }

    private static func requireAccount(
        _ tx: any Transaction, _ organization: OrganizationID, _ account: AccountID?
    ) throws {
        guard let account else { return }
        let exists = try tx.exists(
            "SELECT 1 FROM accounts WHERE organization_id = $1 AND id = $2", [.id(organization), .id(account)])
        if !exists { throw ContactError.noSuchAccount }
    }
}

/// Why a contact cannot be saved. Nothing of it was.
public enum ContactError: Error, Hashable, Sendable {
    /// An address belongs to one contact.
    case addressTaken(address: String, contact: ContactID, name: String)
    case noSuchAccount
    case tooManyAddresses(Int)

    public var sentence: Phrase {
        switch self {
        case .addressTaken(let address, _, let name):
            "\(address) already belongs to \(name). An address can belong to one contact only; remove it there first."
        case .tooManyAddresses(let count):
            "Together they have \(count) addresses, and a contact can have at most \(ContactForm.addressLimit). Remove some first."
        case .noSuchAccount: "The chosen account no longer exists. Choose another, or none."
        }
    }
}
