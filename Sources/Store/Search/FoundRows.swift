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
    let words: SearchWords

    /// A card of so many messages is read, and each looked up in the index; of a fuller one, all that is found in the
    /// visible mailboxes is walked until a page is full. Looking up one costs about thirty times as much as walking over
    /// one.
    static let smallCard = 2_000

    func after(_ tx: any Transaction, _ key: CardKey?, limit: Int) throws -> [CardRow] {
        if let card {
            let rows = CardRows(organization: organization, card: card, visible: visible, filter: filter)
            if try rows.countDistinct(tx, upTo: Self.smallCard + 1) <= Self.smallCard {
                return try found(tx, among: try rows.after(tx, key, limit: .max), limit: limit)
            }
        }
        return try walk(tx, from: .first(ofSecond: filter.from ?? 0), below: key.map(SearchKey.init) ?? .end, limit)
    }

    func shownBefore(_ tx: any Transaction, _ key: CardKey) throws -> Set<CardFolding.Mail> {
        let shown = try walk(tx, from: SearchKey(key), below: .end(ofSecond: key.sentAt), .max)
        return Set(shown.map { CardFolding.Mail(sentAt: $0.sentAt, dedupeKey: $0.dedupeKey) })
    }

    private func found(_ tx: any Transaction, among rows: [CardRow], limit: Int) throws -> [CardRow] {
        var found: [CardRow] = []
        for start in stride(from: 0, to: rows.count, by: 200) where found.count < limit {
            let part = rows[start..<min(start + 200, rows.count)]
            let messages = try MessageIndex.matching(
                tx, words, Set(part.map { SearchKey(sentAt: $0.sentAt, message: $0.message) }))
            found += part.filter { messages.contains($0.message) }
        }
        return Array(found.prefix(limit))
    }

    private func walk(
        _ tx: any Transaction, from first: SearchKey, below end: SearchKey, _ limit: Int
    ) throws -> [CardRow] {
        let until = filter.until.map { min(end, .first(ofSecond: $0)) } ?? end
        var binds: [Value] = [
            .id(organization), MessageIndex.expression(words, in: visible), .integer(first.number),
            .integer(until.number), visible.bind, .integer(limit),
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
        // What the index says of mailboxes only makes it fast; what may be seen is asked of the rows themselves.
        return try tx.rows(
            """
            SELECT \(CardRow.columns) FROM message_search f
            \(tx.dialect.joinInOrder) card_entries e ON e.organization_id = $1 AND e.message_id = f.rowid % 2147483648
            WHERE \(MessageIndex.matches("$2")) AND f.rowid >= $3 AND f.rowid < $4
            AND \(visible.condition(5, tx.dialect, of: "e"))\(conditions)
            ORDER BY f.rowid DESC LIMIT $6
            """, binds, as: CardRow.init)
    }
}
