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
    }

    /// By last name; with a query, those in whose names, addresses or account's name every word of it begins a word.
    public static func page(
        _ tx: any Transaction, _ organization: OrganizationID, matching query: String = "", after key: NameKey? = nil,
        limit: Int
    ) throws -> NamePage<Listed> {
        let words = SearchText.queryWords(query)
        let conditions = words.indices.map { index in
            let like = tx.dialect.like("$\(index + 5)")
            return " AND (c.search_text \(like) OR a.search_text \(like))"
        }
        return try page(
            tx, limit: limit,
            where: "c.organization_id = $1 AND (c.sort_key, c.id) > ($2, $3)" + conditions.joined(),
            [.id(organization), .text(key?.sortKey ?? ""), .integer(key?.id ?? 0), .integer(limit + 1)]
                + words.map { .text(Dialect.containing($0)) })
    }

    /// The contacts of an account, by last name.
    public static func page(
        _ tx: any Transaction, _ organization: OrganizationID, of account: AccountID, after key: NameKey? = nil,
        limit: Int
    ) throws -> NamePage<Listed> {
        try page(
            tx, limit: limit,
            where: "c.organization_id = $1 AND c.account_id = $5 AND (c.sort_key, c.id) > ($2, $3)",
            [
                .id(organization), .text(key?.sortKey ?? ""), .integer(key?.id ?? 0), .integer(limit + 1), .id(account),
            ])
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

    private static func page(
        _ tx: any Transaction, limit: Int, where conditions: String, _ binds: [Value]
    ) throws -> NamePage<Listed> {
        var keys: [NameKey] = []
        var listed = try tx.rows(
            """
            SELECT c.id, c.first_name, c.last_name, c.title, c.account_id, a.name, \(mainAddress), c.phone, c.sort_key
            FROM contacts c LEFT JOIN accounts a ON a.organization_id = c.organization_id AND a.id = c.account_id
            WHERE \(conditions) ORDER BY c.sort_key, c.id LIMIT $4
            """, binds
        ) { row in
            keys.append(NameKey(sortKey: try row.text(8), id: try row.integer(0)))
            let address = try row.optionalText(6)
            return Listed(
                id: try row.id(0),
                name: PersonName.full(first: try row.text(1), last: try row.text(2), orElse: address),
                title: try row.text(3), account: try row.optionalID(4), accountName: try row.optionalText(5),
                address: address, phone: try row.text(7))
        }
        guard listed.count > limit else { return NamePage(elements: listed, next: nil) }
        listed.removeLast()
        return NamePage(elements: listed, next: keys[limit - 1])
    }
}
