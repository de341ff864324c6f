import CRM
import Database

/// Searches the emails on all cards.
public enum FoundEmails {
    /// A page of what is found, newest first: only mail that stands on a card and in the viewer's visible mailboxes,
    /// each message once.
    ///
    /// - Parameter key: the page before's ``CardPage/next``.
    public static func page(
        _ tx: any Transaction, _ organization: OrganizationID, _ words: SearchWords, visible: VisibleMailboxes,
        after key: CardKey? = nil, limit: Int
    ) throws -> CardPage {
        if visible.mailboxes.isEmpty || limit < 1 { return .empty }
        let rows = try FoundRows(tx, organization, nil, visible, CardFilter(), words)
        return try Cards.page(tx, organization, rows, visible, found: rows.query, after: key, limit: limit)
    }
}
