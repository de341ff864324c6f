import CRM
import Database

/// Contacts with all that is known of them, for export.
public enum ContactExport {
    public struct Exported: Sendable, Hashable {
        public let contact: Contact
        public let account: Account?
    }

    /// The contacts of the list, in its order (``ContactList/page(_:_:_:by:after:limit:)``).
    public static func page(
        _ tx: any Transaction, _ organization: OrganizationID, _ filter: ContactFilter, by order: ListOrder,
        after key: ListKey?, limit: Int
    ) throws -> ListPage<Exported> {
        let listed = try ContactList.page(tx, organization, filter, by: order, after: key, limit: limit)
        var accounts: [AccountID: Account] = [:]
        let exported = try listed.elements.compactMap { line -> Exported? in
            guard let contact = try Contacts.find(tx, organization, line.id) else { return nil }
            if let id = contact.account, accounts[id] == nil {
                accounts[id] = try Accounts.find(tx, organization, id)
            }
            return Exported(contact: contact, account: contact.account.flatMap { accounts[$0] })
        }
        return ListPage(elements: exported, next: listed.next)
    }
}
