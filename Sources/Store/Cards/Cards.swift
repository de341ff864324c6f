import CRM
import Database

/// Reads the synchronized emails of contacts and accounts.
public enum Cards {
    /// A page of a card, newest first: only mail that stands in the viewer's visible mailboxes, each message once.
    ///
    /// The cost follows the size of the page, not of the card, as long as most of the card is visible to the viewer.
    ///
    /// - Parameter key: the page before's ``CardPage/next``.
    public static func page(
        _ tx: any Transaction, _ organization: OrganizationID, _ card: Card, visible: VisibleMailboxes,
        filter: CardFilter = CardFilter(), after key: CardKey? = nil, limit: Int
    ) throws -> CardPage {
        let visible = filter.colleague.map(visible.narrowed(to:)) ?? visible
        if visible.mailboxes.isEmpty || limit < 1 { return .empty }
        guard let words = filter.words else {
            let rows = CardRows(organization: organization, card: card, visible: visible, filter: filter)
            return try page(tx, organization, rows, visible, found: nil, after: key, limit: limit)
        }
        let rows = try FoundRows(tx, organization, card, visible, filter, words)
        return try page(tx, organization, rows, visible, found: rows.query, after: key, limit: limit)
    }

    /// - Parameter query: what the index was asked, where the rows come from it.
    static func page(
        _ tx: any Transaction, _ organization: OrganizationID, _ rows: some CardRowSource, _ visible: VisibleMailboxes,
        found query: MessageQuery?, after key: CardKey?, limit: Int
    ) throws -> CardPage {
        var folding = CardFolding(limit: limit, alreadyShown: try key.map { try rows.shownBefore(tx, $0) } ?? [])
        var cursor = key
        var batch = limit * 2 + 2
        while !folding.isComplete {
            var read = try rows.after(tx, cursor, limit: batch)
            let isLast = read.count < batch
            if !isLast {
                // The last message may have more contacts than were read; its rows are read with the next batch.
                let cut = read.last?.message
                while let last = read.last, last.message == cut { read.removeLast() }
                if read.isEmpty { batch *= 2 }
            }
            for row in read where !folding.isComplete { folding.add(row) }
            if isLast { break }
            if let last = read.last { cursor = CardKey(sentAt: last.sentAt, message: last.message) }
        }
        return CardPage(
            entries: try CardDetails.entries(tx, organization, folding.groups, visible, found: query),
            next: folding.hasMore ? folding.groups.last?.key : nil)
    }

    /// How many entries a card has for the viewer, counted up to a limit. Words are not among what it is narrowed to.
    public static func count(
        _ tx: any Transaction, _ organization: OrganizationID, _ card: Card, visible: VisibleMailboxes,
        filter: CardFilter = CardFilter(), upTo limit: Int
    ) throws -> Int {
        let visible = filter.colleague.map(visible.narrowed(to:)) ?? visible
        if visible.mailboxes.isEmpty { return 0 }
        let rows = CardRows(organization: organization, card: card, visible: visible, filter: filter)
        return try rows.countDistinct(tx, upTo: limit)
    }
}
