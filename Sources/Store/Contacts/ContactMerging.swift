import CRM
import Database

extension Contacts {
    /// Makes one contact of two that are the same person: addresses, mail and activities of the duplicate go to the one that is kept,
    /// and so does what the kept one lacks (title, telephone, account, owner); its notes are put below.
    ///
    /// - Returns: false when one of them does not exist.
    /// - Throws: ``ContactError/tooManyAddresses(_:)``; `FormProblems` where the notes together are too long.
    @discardableResult
    public static func merge(
        _ tx: any Transaction, _ organization: OrganizationID, _ duplicate: ContactID, into kept: ContactID, now: Int64
    ) throws -> Bool {
        guard duplicate != kept, let stays = try find(tx, organization, kept),
            let goes = try find(tx, organization, duplicate)
        else { return false }
        let addresses = stays.addresses + goes.addresses
        guard addresses.count <= ContactForm.addressLimit else {
            throw ContactError.tooManyAddresses(addresses.count)
        }
        try tx.execute(
            """
            UPDATE contact_addresses SET contact_id = $3, position = position + $4
            WHERE organization_id = $1 AND contact_id = $2
            """, [.id(organization), .id(duplicate), .id(kept), .integer(stays.addresses.count)])
        var form = ContactForm(stays)
        form.addresses = addresses
        if form.firstName.isEmpty && form.lastName.isEmpty {
            (form.firstName, form.lastName) = (goes.firstName, goes.lastName)
        }
        if form.title.isEmpty { form.title = goes.title }
        if form.phone.isEmpty { form.phone = goes.phone }
        form.account = form.account ?? goes.account
        form.owner = form.owner ?? goes.owner
        form.notes = [stays.notes, goes.notes].filter { !$0.isEmpty }.joined(separator: "\n\n")
        try update(tx, organization, kept, try form.validated(), now: now)
        try AddressBooks.changed(tx, organization)
        // Decided by the addresses, which are the kept one's now, the mail changes cards.
        try MirrorCleanup.contactChanged(tx, organization, contact: duplicate, now: now)
        try Activities.contactMerges(tx, organization, duplicate, into: kept, now: now)
        try tx.execute(
            "DELETE FROM contacts WHERE organization_id = $1 AND id = $2", [.id(organization), .id(duplicate)])
        for (contact, account) in [(duplicate, goes.account), (kept, form.account)] {
            try Changes.append(tx, Change(organization: organization, contact: contact, account: account), now: now)
        }
        return true
    }
}
