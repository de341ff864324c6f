import CRM
import Database

/// Queries for lists of contacts.
public enum ContactList {
    /// A line of the list.
    public struct Listed: Sendable, Hashable {
        public let id: ContactID
        public let name: String
        public let title: String
        public let account: AccountID?
        public let accountName: String?
        /// The main address; nil where there is none.
        public let address: String?
        public let phone: String
        /// In seconds since 1970 UTC.
        public let createdAt: Int64
        public let changedAt: Int64
    }

    /// By last name; with a query, those in whose names, addresses or account's name every word of it begins a word.
    public static func page(
        _ tx: any Transaction, _ organization: OrganizationID, matching query: String = "", after key: ListKey? = nil,
        limit: Int
    ) throws -> ListPage<Listed> {
        try page(tx, organization, ContactFilter(query: query), after: key, limit: limit)
    }

    /// The contacts of an account, by last name.
    public static func page(
        _ tx: any Transaction, _ organization: OrganizationID, of account: AccountID, after key: ListKey? = nil,
        limit: Int
    ) throws -> ListPage<Listed> {
        var filter = ContactFilter()
        filter.account = account
        return try page(tx, organization, filter, after: key, limit: limit)
    }

    /// Those that a filter lets through, in an order.
    ///
    /// - Parameter key: the ``ListPage/next`` of the page before, which was in the same order.
    public static func page(
        _ tx: any Transaction, _ organization: OrganizationID, _ filter: ContactFilter, by order: ListOrder = .byName,
        after key: ListKey? = nil, limit: Int
    ) throws -> ListPage<Listed> {
        let page = try ContactQuery.page(tx, organization, filter, order, after: key, limit: limit)
        return ListPage(elements: try lines(tx, organization, page.elements.map { ContactID($0) }), next: page.next)
    }

    public static func count(_ tx: any Transaction, _ organization: OrganizationID) throws -> Int {
        Int(try tx.integer("SELECT count(*) FROM contacts WHERE organization_id = $1", [.id(organization)]))
    }

    /// The names of these contacts, to name who a message was exchanged with.
    public static func names(
        _ tx: any Transaction, _ organization: OrganizationID, _ contacts: some Sequence<ContactID>
    ) throws -> [ContactID: String] {
        var names: [ContactID: String] = [:]
        try tx.query(
            """
            SELECT c.id, c.first_name, c.last_name, \(mainAddress) FROM contacts c
            WHERE c.organization_id = $1 AND c.id \(tx.dialect.inIntegers("$2"))
            """, [.id(organization), .ids(contacts)]
        ) { row in
            names[try row.id(0)] = PersonName.full(
                first: try row.text(1), last: try row.text(2), orElse: try row.optionalText(3))
        }
        return names
    }

    private static let mainAddress = """
        (SELECT x.address FROM contact_addresses x WHERE x.organization_id = c.organization_id AND x.contact_id = c.id \
        ORDER BY x.position LIMIT 1)
        """

    /// In the order of the ids.
    private static func lines(
        _ tx: any Transaction, _ organization: OrganizationID, _ ids: [ContactID]
    ) throws -> [Listed] {
        var lines: [ContactID: Listed] = [:]
        try tx.query(
            """
            SELECT c.id, c.first_name, c.last_name, c.title, c.account_id, a.name, \(mainAddress), c.phone,
                c.created_at, c.updated_at
            FROM contacts c LEFT JOIN accounts a ON a.organization_id = c.organization_id AND a.id = c.account_id
            WHERE c.organization_id = $1 AND c.id \(tx.dialect.inIntegers("$2"))
            """, [.id(organization), .ids(ids)]
        ) { row in
            let address = try row.optionalText(6)
            let id: ContactID = try row.id(0)
            lines[id] = Listed(
                id: id, name: PersonName.full(first: try row.text(1), last: try row.text(2), orElse: address),
                title: try row.text(3), account: try row.optionalID(4), accountName: try row.optionalText(5),
                address: address, phone: try row.text(7), createdAt: try row.integer(8), changedAt: try row.integer(9))
        }
        return ids.compactMap { lines[$0] }
    }
}
