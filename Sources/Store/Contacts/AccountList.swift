import CRM
import Database

extension Accounts {
    /// By name; with a query, those in whose name, city or domain every word of it begins a word.
    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, matching query: String = "", after key: ListKey? = nil,
        limit: Int
    ) throws -> ListPage<Listed> {
        try list(tx, organization, AccountFilter(query: query), after: key, limit: limit)
    }

    /// Those that a filter lets through, in an order.
    ///
    /// - Parameter key: the ``ListPage/next`` of the page before, which was in the same order.
    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, _ filter: AccountFilter, by order: ListOrder = .byName,
        after key: ListKey? = nil, limit: Int
    ) throws -> ListPage<Listed> {
        var query = ListQuery(organization, isDescending: order.isDescending)
        query.require("a.organization_id = $1")
        if let owner = filter.owner { query.require(query.condition(owner, of: "a")) }
        let words = SearchText.queryWords(filter.query)
        for word in words {
            query.require("a.search_text \(tx.dialect.like(query.bind(SearchText.pattern(word))))")
        }
        try query.beginWithFew(
            tx,
            words.map { word in
                ListQuery.selection(ofWord: word) { ["SELECT DISTINCT w.account_id FROM account_words w WHERE \($0)"] }
            })
        let column =
            switch order.column {
            case .name, .account: "a.sort_key"
            case .created: "a.created_at"
            case .changed: "a.updated_at"
            }
        let part = ListQuery.Part(
            columns: [column, "a.id"], tables: "accounts a", tablesByID: "accounts a ON a.id = k.account_id")
        let page = try query.page(tx, [part], after: key, limit: limit)
        return ListPage(elements: try lines(tx, organization, page.elements.map { AccountID($0) }), next: page.next)
    }

    /// In the order of the ids.
    private static func lines(
        _ tx: any Transaction, _ organization: OrganizationID, _ ids: [AccountID]
    ) throws -> [Listed] {
        var lines: [AccountID: Listed] = [:]
        try tx.query(
            """
            SELECT a.id, a.name, a.domain, a.city, a.country,
                (SELECT count(*) FROM contacts c WHERE c.organization_id = a.organization_id AND c.account_id = a.id),
                a.created_at, a.updated_at
            FROM accounts a WHERE a.organization_id = $1 AND a.id \(tx.dialect.inIntegers("$2"))
            """, [.id(organization), .ids(ids)]
        ) { row in
            let id: AccountID = try row.id(0)
            lines[id] = Listed(
                id: id, name: try row.text(1), domain: try row.text(2), city: try row.text(3),
                country: try row.text(4), contactCount: Int(try row.integer(5)), createdAt: try row.integer(6),
                changedAt: try row.integer(7))
        }
        return ids.compactMap { lines[$0] }
    }
}
