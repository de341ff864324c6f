import CRM
import Database

/// One row of the table that cards are read from.
struct CardRow: Hashable {
    let sentAt: Int64
    let message: StoredMessageID
    let contact: ContactID
    let mailbox: MailboxID
    let dedupeKey: [UInt8]
    let direction: Direction
}

/// The rows of a card that a viewer may see and a filter lets through.
struct CardRows {
    let organization: OrganizationID
    let card: Card
    let visible: VisibleMailboxes
    let filter: CardFilter

    /// Rows behind a key, in the order of the card. Both indexes hold all columns in that order, so nothing is sorted
    /// and no other table is touched.
    func after(_ tx: any Transaction, _ key: CardKey?, limit: Int) throws -> [CardRow] {
        try tx.rows(
            """
            SELECT sent_at, message_id, contact_id, mailbox_id, dedupe_key, direction FROM card_entries
            WHERE \(conditions(tx.dialect)) AND (sent_at, message_id) < ($6, $7)
            ORDER BY sent_at DESC, message_id DESC LIMIT $8
            """,
            binds(notAfter: key?.sentAt) + [
                .integer(key?.sentAt ?? .max), .integer(key?.message.rawValue ?? .max), .integer(limit),
            ], as: row)
    }

    /// The messages of a key's second that stood on the pages up to the key, by their ``CardRow/dedupeKey``.
    func shownBefore(_ tx: any Transaction, _ key: CardKey) throws -> Set<CardFolding.Mail> {
        Set(
            try tx.rows(
                """
                SELECT dedupe_key FROM card_entries
                WHERE \(conditions(tx.dialect)) AND sent_at = $6 AND message_id >= $7
                """, binds() + [.integer(key.sentAt), .integer(key.message.rawValue)]
            ) { CardFolding.Mail(sentAt: key.sentAt, dedupeKey: try $0.blob(0)) })
    }

    func countDistinct(_ tx: any Transaction, upTo limit: Int) throws -> Int {
        Int(
            try tx.integer(
                """
                SELECT count(*) FROM (
                    SELECT DISTINCT sent_at, dedupe_key FROM card_entries WHERE \(conditions(tx.dialect)) LIMIT $6) AS counted
                """, binds() + [.integer(limit)]))
    }

    /// With the binds $1 to $5.
    private func conditions(_ dialect: Dialect) -> String {
        let column =
            switch card {
            case .contact: "contact_id"
            case .account: "account_id"
            }
        let direction = filter.direction.map { " AND direction = \($0.rawValue)" } ?? ""
        return "organization_id = $1 AND \(column) = $2 AND \(visible.condition("mailbox_id", 3, dialect))"
            + " AND sent_at >= $4 AND sent_at < $5" + direction
    }

    /// - Parameter second: nothing later is asked for, so that SQLite, which looks for the end of the time and not for the key, begins
    ///   to read there and not at the top of the card.
    private func binds(notAfter second: Int64? = nil) -> [Value] {
        let id: Value =
            switch card {
            case .contact(let contact): .id(contact)
            case .account(let account): .id(account)
            }
        return [
            .id(organization), id, visible.bind, .integer(filter.from ?? .min),
            .integer(min(filter.until ?? .max, second.map { $0 == .max ? .max : $0 + 1 } ?? .max)),
        ]
    }

    private func row(_ row: Row) throws -> CardRow {
        guard let direction = Direction(rawValue: try row.integer(5)) else {
            throw DatabaseError.misuse("direction \(try row.integer(5))")
        }
        return CardRow(
            sentAt: try row.integer(0), message: try row.id(1), contact: try row.id(2), mailbox: try row.id(3),
            dedupeKey: try row.blob(4), direction: direction)
    }
}
