import CRM
import Database

/// Which contacts a page of a list has.
enum ContactQuery {
    static func page(
        _ tx: any Transaction, _ organization: OrganizationID, _ filter: ContactFilter, _ order: ListOrder,
        after key: ListKey?, limit: Int
    ) throws -> ListPage<Int64> {
        var query = ListQuery(organization, isDescending: order.isDescending)
        query.require("c.organization_id = $1")
        if let owner = filter.owner { query.require(query.condition(owner, of: "c")) }
        if let account = filter.account { query.require("c.account_id = \(query.bind(.id(account)))") }
        if let mail = filter.mail { query.require(condition(mail, tx.dialect, &query)) }
        let words = SearchText.queryWords(filter.query)
        for word in words {
            let like = tx.dialect.like(query.bind(SearchText.pattern(word)))
            query.require(
                """
                (c.search_text \(like) OR EXISTS (SELECT 1 FROM accounts x WHERE x.organization_id = c.organization_id
                    AND x.id = c.account_id AND x.search_text \(like)))
                """)
        }
        // Within one account, its name does not sort.
        let column = order.column == .account && filter.account != nil ? .name : order.column
        var selections = words.map { selection(ofWord: $0, tx.dialect) }
        if column == .account, let owner = filter.owner { selections.append(selection(of: owner)) }
        try query.beginWithFew(tx, selections)
        return try query.page(tx, parts(column, tx.dialect), after: key, limit: limit)
    }

    private static func parts(_ column: ListOrder.Column, _ dialect: Dialect) -> [ListQuery.Part] {
        let (all, byID) = ("contacts c", "contacts c ON c.id = k.contact_id")
        func part(_ columns: String..., condition: String? = nil) -> ListQuery.Part {
            ListQuery.Part(columns: columns, tables: all, tablesByID: byID, condition: condition)
        }
        switch column {
        case .name: return [part("c.sort_key", "c.id")]
        case .created: return [part("c.created_at", "c.id")]
        case .changed: return [part("c.updated_at", "c.id")]
        case .account:
            let account = "accounts a"
            let ofContact = "a.organization_id = c.organization_id AND a.id = c.account_id"
            let withAccount = ListQuery.Part(
                columns: ["a.sort_key", "a.id", "c.sort_key", "c.id"],
                tables: "\(account) \(dialect.joinInOrder) \(all) ON \(ofContact)",
                tablesByID: "\(byID) \(dialect.joinInOrder) \(account) ON \(ofContact)",
                condition: "a.organization_id = $1", first: "a.sort_key")
            return [withAccount, part("c.sort_key", "c.id", condition: "c.account_id IS NULL")]
        }
    }

    private static func selection(ofWord word: String, _ dialect: Dialect) -> ListQuery.Selection {
        ListQuery.selection(ofWord: word) { found in
            [
                "SELECT w.contact_id FROM contact_words w WHERE \(found)",
                """
                SELECT m.id AS contact_id FROM account_words w \(dialect.joinInOrder) contacts m
                ON m.organization_id = w.organization_id AND m.account_id = w.account_id WHERE \(found)
                """,
            ]
        }
    }

    private static func selection(of owner: OwnerFilter) -> ListQuery.Selection {
        { query in
            let condition = query.condition(owner, of: "m")
            return ["SELECT m.id AS contact_id FROM contacts m WHERE m.organization_id = $1 AND \(condition)"]
        }
    }

    /// Whether there is an email that the viewer may read.
    private static func condition(_ filter: MailFilter, _ dialect: Dialect, _ query: inout ListQuery) -> String {
        let (second, isThere) =
            switch filter.kind {
            case .since(let second): (second, true)
            case .notSince(let second): (second, false)
            }
        if filter.visible.mailboxes.isEmpty { return isThere ? "1 = 0" : "1 = 1" }
        let from = query.bind(.integer(second))
        _ = query.bind(filter.visible.bind)
        return """
            \(isThere ? "" : "NOT ")EXISTS (SELECT 1 FROM card_entries e WHERE e.organization_id = c.organization_id
            AND e.contact_id = c.id AND e.sent_at >= \(from)
            AND \(filter.visible.condition(query.binds.count, dialect, of: "e")))
            """
    }
}
