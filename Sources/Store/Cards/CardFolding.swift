import CRM

/// Folds rows, which come in the order of a card, into entries: the copies of one message in several mailboxes, and its
/// several contacts on an account's card, are one.
///
/// Copies have the same date, so an entry is whole as soon as a later second begins. A page may end in the middle of a
/// second; the next one is told what of that second was shown.
struct CardFolding {
    struct Mail: Hashable {
        let sentAt: Int64
        let dedupeKey: [UInt8]
    }

    /// One entry to be.
    struct Group {
        /// The first of its rows, by which pages are cut.
        let key: CardKey
        var rows: [CardRow]
    }

    let limit: Int
    let alreadyShown: Set<Mail>
    private(set) var groups: [Group] = []
    /// Whether rows came that belong to a later page.
    private(set) var hasMore = false
    /// Whether no further row can belong to this page.
    private(set) var isComplete = false
    private var indexes: [Mail: Int] = [:]

    init(limit: Int, alreadyShown: Set<Mail>) {
        self.limit = limit
        self.alreadyShown = alreadyShown
    }

    mutating func add(_ row: CardRow) {
        let mail = Mail(sentAt: row.sentAt, dedupeKey: row.dedupeKey)
        if alreadyShown.contains(mail) { return }
        if let index = indexes[mail] {
            groups[index].rows.append(row)
            return
        }
        if groups.count < limit {
            indexes[mail] = groups.count
            groups.append(Group(key: CardKey(sentAt: row.sentAt, message: row.message), rows: [row]))
            return
        }
        hasMore = true
        if row.sentAt != groups.last?.key.sentAt { isComplete = true }
    }
}
