import CRM
import Database

/// The rows of a card, or of all cards, in whose messages words stand: only what a viewer may see and a filter lets
/// through.
struct FoundRows: CardRowSource {
    let organization: OrganizationID
    /// Nil for all.
    let card: Card?
    let visible: VisibleMailboxes
    let filter: CardFilter
    let query: MessageQuery

    /// Of an account with more contacts, all that is found in the visible mailboxes is looked at.
    static let contactLimit = 200

    init(
        _ tx: any Transaction, _ organization: OrganizationID, _ card: Card?, _ visible: VisibleMailboxes,
        _ filter: CardFilter, _ words: SearchWords
    ) throws {
        self.organization = organization
        self.card = card
        self.visible = visible
        self.filter = filter
        let contacts = try Self.contacts(tx, organization, card)
        query = try MessageQuery(tx, words, in: visible, of: contacts)
    }

    /// Nil where they do not narrow.
    private static func contacts(
        _ tx: any Transaction, _ organization: OrganizationID, _ card: Card?
    ) throws -> [ContactID]? {
        switch card {
        case nil: return nil
        case .contact(let contact): return [contact]
        case .account(let account):
            let contacts: [ContactID] = try tx.rows(
                "SELECT id FROM contacts WHERE organization_id = $1 AND account_id = $2 LIMIT $3",
                [.id(organization), .id(account), .integer(contactLimit + 1)]
            ) { try $0.id(0) }
            return contacts.isEmpty || contacts.count > contactLimit ? nil : contacts
        }
    }

    func after(_ tx: any Transaction, _ key: CardKey?, limit: Int) throws -> [CardRow] {
        try walk(tx, from: .first(ofSecond: filter.from ?? 0), below: key.map(SearchKey.init) ?? .end, limit)
    }

    func shownBefore(_ tx: any Transaction, _ key: CardKey) throws -> Set<CardFolding.Mail> {
        let shown = try walk(tx, from: SearchKey(key), below: .end(ofSecond: key.sentAt), .max)
        return Set(shown.map { CardFolding.Mail(sentAt: $0.sentAt, dedupeKey: $0.dedupeKey) })
    }

    private func walk(
        _ tx: any Transaction, from first: SearchKey, below end: SearchKey, _ limit: Int
    ) throws -> [CardRow] {
        let until = filter.until.map { min(end, .first(ofSecond: $0)) } ?? end
        var binds: [Value] = [
            .id(organization), query.bind, .integer(first.number), .integer(until.number), visible.bind,
            .integer(limit),
        ]
        var conditions = filter.direction.map { " AND e.direction = \($0.rawValue)" } ?? ""
        switch card {
        case .contact(let contact):
            conditions += " AND e.contact_id = $7"
            binds.append(.id(contact))
        case .account(let account):
            conditions += " AND e.account_id = $7"
            binds.append(.id(account))
        case nil: break
        }
        // What the index says of mailboxes and contacts only makes it fast; what may be seen is asked of the rows.
        return try tx.rows(
            """
            SELECT \(CardRow.columns) FROM message_search f
            \(tx.dialect.joinInOrder) card_entries e ON e.organization_id = $1 AND e.message_id = f.rowid % 2147483648
            WHERE \(MessageQuery.condition("$2")) AND f.rowid >= $3 AND f.rowid < $4
            AND \(visible.condition(5, tx.dialect, of: "e"))\(conditions)
            ORDER BY f.rowid DESC LIMIT $6
            """, binds, as: CardRow.init)
    }
}
