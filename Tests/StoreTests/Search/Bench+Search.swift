import CRM
import Database
import Store
import Testing

extension Bench {
    /// All that a user finds in the emails of all cards, or of one, page by page. Those without a text are found, too, since
    /// none is to be expected.
    func search(
        _ text: String, for viewer: UserID, on card: Card? = nil, filter: CardFilter = CardFilter(), pageSize: Int = 50
    ) async throws -> [CardEntry] {
        try await write { tx, organization in
            for mailbox in try Mailboxes.list(tx, organization) {
                try Mailboxes.setStatus(tx, organization, mailbox.id, .paused)
            }
        }
        return try await read { tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: viewer)
            guard let words = SearchWords(text) else { return [] }
            var filter = filter
            filter.words = words
            var entries: [CardEntry] = []
            var key: CardKey?
            repeat {
                let page =
                    if let card {
                        try Cards.page(
                            tx, organization, card, visible: visible, filter: filter, after: key, limit: pageSize)
                    } else {
                        try FoundEmails.page(tx, organization, words, visible: visible, after: key, limit: pageSize)
                    }
                entries += page.entries
                key = page.next
            } while key != nil
            return entries
        }
    }

    /// The subjects of what a user finds.
    func found(_ text: String, for viewer: UserID, on card: Card? = nil) async throws -> [String] {
        try await search(text, for: viewer, on: card).map(\.subject)
    }

    /// Compares the index, word for word, with one that is made anew from what is stored.
    func checkIndex(_ comment: Comment = "", sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let (kept, fresh) = try await write { tx, _ in
            try tx.executeScript(
                """
                CREATE VIRTUAL TABLE temp.fresh USING fts5 (
                    subject, correspondents, body, scope, tokenize = 'unicode61 remove_diacritics 2');
                INSERT INTO fresh (rowid, subject, correspondents, body, scope)
                    SELECT id, subject, correspondents, body, scope FROM message_search_rows;
                CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab (main, message_search, instance);
                CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab (temp, fresh, instance);
                """)
            let kept = Set(try tx.rows("SELECT term, doc, col, \"offset\" FROM kept_words") { $0.values })
            let fresh = Set(try tx.rows("SELECT term, doc, col, \"offset\" FROM fresh_words") { $0.values })
            try tx.executeScript(
                "DROP TABLE temp.kept_words; DROP TABLE temp.fresh_words; DROP TABLE temp.fresh;")
            return (kept, fresh)
        }
        #expect(kept == fresh, comment, sourceLocation: sourceLocation)
    }
}
