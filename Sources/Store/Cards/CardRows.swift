import CRM
import Database

/// One row of the table that cards are read from.
struct CardRow: Hashable {
    static let columns = "sent_at, message_id, contact_id, mailbox_id, dedupe_key, direction"

    let sentAt: Int64
    let message: StoredMessageID
    let contact: ContactID
    let mailbox: MailboxID
    let dedupeKey: [UInt8]
    let direction: Direction

    init(_ row: Row) throws {
        guard let direction = Direction(rawValue: try row.integer(5)) else {
            throw DatabaseError.misuse("direction \(try row.integer(5))")
        }
        self.direction = direction
        sentAt = try row.integer(0)
        message = try row.id(1)
        contact = try row.id(2)
        mailbox = try row.id(3)
        dedupeKey = try row.blob(4)
    }
}

/// Where the rows of a page come from.
protocol CardRowSource {
    /// Rows behind a key, the newest first.
    func after(_ tx: any Transaction, _ key: CardKey?, limit: Int) throws -> [CardRow]

    /// The messages of a key's second that stood on the pages up to the key, by their ``CardRow/dedupeKey``.
    func shownBefore(_ tx: any Transaction, _ key: CardKey) throws -> Set<CardFolding.Mail>
}

/// The rows of a card that a viewer may see and a filter lets through.
struct CardRows: CardRowSource {
    let organization: OrganizationID
    let card: Card
    let visible: VisibleMailboxes
    let filter: CardFilter

    /// Rows behind a key, in the order of the card: read along the index of each mailbox that the viewer may see, and
    /// merged. So the cost is that of what is shown, whatever else others have on the card.
    func after(_ tx: any Transaction, _ key: CardKey?, limit: Int) throws -> [CardRow] {
        let (sentAt, message) = (key?.sentAt ?? .max, key?.message.rawValue ?? .max)
        let sources = try visible.mailboxes.map { mailbox in
            try tx.rows(
                """
                SELECT \(CardRow.columns) FROM card_entries
                WHERE \(conditions(mailbox)) AND (sent_at, message_id) < ($6, $7)
                ORDER BY sent_at DESC, message_id DESC LIMIT $8
                """, binds(mailbox.id, notAfter: sentAt) + [.integer(sentAt), .integer(message), .integer(limit)],
                as: CardRow.init)
        }
        guard sources.count > 1 else { return sources.first ?? [] }
        return Array(
            sources.joined().sorted { ($0.sentAt, $0.message.rawValue) > ($1.sentAt, $1.message.rawValue) }
                .prefix(limit))
    }

    func shownBefore(_ tx: any Transaction, _ key: CardKey) throws -> Set<CardFolding.Mail> {
        var shown: Set<CardFolding.Mail> = []
        for mailbox in visible.mailboxes {
            try tx.query(
                "SELECT dedupe_key FROM card_entries WHERE \(conditions(mailbox)) AND sent_at = $6 AND message_id >= $7",
                binds(mailbox.id) + [.integer(key.sentAt), .integer(key.message.rawValue)]
            ) { shown.insert(CardFolding.Mail(sentAt: key.sentAt, dedupeKey: try $0.blob(0))) }
        }
        return shown
    }

    func countDistinct(_ tx: any Transaction, upTo limit: Int) throws -> Int {
        var found: Set<CardFolding.Mail> = []
        for mailbox in visible.mailboxes where found.count < limit {
            try tx.query(
                "SELECT DISTINCT sent_at, dedupe_key FROM card_entries WHERE \(conditions(mailbox)) LIMIT $6",
                binds(mailbox.id) + [.integer(limit)]
            ) { found.insert(CardFolding.Mail(sentAt: try $0.integer(0), dedupeKey: try $0.blob(1))) }
        }
        return min(found.count, limit)
    }

    /// With the binds $1 to $5.
    private func conditions(_ mailbox: VisibleMailboxes.Mailbox) -> String {
        let column =
            switch card {
            case .contact: "contact_id"
            case .account: "account_id"
            }
        let direction = filter.direction.map { " AND direction = \($0.rawValue)" } ?? ""
        return "organization_id = $1 AND \(column) = $2 AND mailbox_id = $3 AND sent_at >= $4 AND sent_at < $5"
            + direction + (mailbox.reason.isOwn ? "" : " AND is_hidden = 0")
    }

    /// - Parameter second: nothing later is asked for, so that SQLite, which looks for the end of the time and not for
    ///   the key, begins to read there and not at the top of the card.
    private func binds(_ mailbox: MailboxID, notAfter second: Int64 = .max) -> [Value] {
        let id: Value =
            switch card {
            case .contact(let contact): .id(contact)
            case .account(let account): .id(account)
            }
        return [
            .id(organization), id, .id(mailbox), .integer(filter.from ?? .min),
            .integer(min(filter.until ?? .max, second == .max ? .max : second + 1)),
        ]
    }
}
