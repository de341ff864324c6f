import CRM
import Database

/// What the index of emails is asked (``MessageIndex``, docs/decisions/0006).
struct MessageQuery {
    /// For ``condition(_:)``.
    let bind: Value
    /// Any of the words, to mark them in messages that were found: it begins at each message at once, where all words
    /// together would be looked for from the newest on. Nil where words are gathered by their beginning, or are many.
    private let anyWord: Value?

    /// As many words may begin with what was typed last for each to be named to FTS5, which then walks them together and
    /// stops when the page is full. Named by their beginning only, all hits of all of them are gathered first.
    static let endingLimit = 40
    /// With more words than this, they are marked in one walk over the messages between the newest and the oldest.
    private static let markingLimit = 6

    /// - Parameter contacts: on whose cards messages are looked for; nil for any.
    init(
        _ tx: any Transaction, _ words: SearchWords, in visible: VisibleMailboxes, of contacts: [ContactID]?
    ) throws {
        var terms = words.words.map { [Self.quoted($0)] }
        var isGathered = false
        if words.lastIsPrefix {
            if let last = words.ending, let endings = try Self.endings(tx, of: last.beginning) {
                // Where there is none, nothing is found.
                if !endings.isEmpty { terms[terms.count - 1] = endings.map { Self.quoted(last.before + $0) } }
            } else {
                terms[terms.count - 1][0] += "*"
                isGathered = true
            }
        }
        var parts = terms.map(Self.anyOf)
        if let contacts { parts.insert("scope : " + Self.anyOf(contacts.map { "\"\u{E001}\($0)\"" }), at: 0) }
        // In brackets of their own, so that only what has all words is looked up in the mailboxes: FTS5 would make one
        // AND of two, and go through the mailboxes, which have all that there is, at each hit of each word.
        let found = "((\(parts.joined(separator: " AND "))) OR scope : \"\u{E002}\")"
        bind = .text(found + " AND scope : " + Self.anyOf(visible.mailboxes.map { "\"\u{E000}\($0.id)\"" }))
        let all = terms.flatMap(\.self)
        anyWord = isGathered || all.count > Self.markingLimit ? nil : .text(Self.anyOf(all))
    }

    /// Signs that stand in the index before the ids of mailboxes and contacts, and one that stands nowhere. They are
    /// never among the words.
    static let ownSigns: ClosedRange<Unicode.Scalar> = "\u{E000}"..."\u{E002}"

    /// The condition that a row of the index fits, with ``bind`` as the bind.
    static func condition(_ bind: String) -> String { "message_search MATCH \(bind)" }

    private static func anyOf(_ terms: [String]) -> String { "(" + terms.joined(separator: " OR ") + ")" }

    /// So that nothing in it means anything to FTS5.
    private static func quoted(_ word: String) -> String {
        "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// The words of the index with this beginning; nil where they are too many.
    private static func endings(_ tx: any Transaction, of beginning: String) throws -> [String]? {
        var found: [String] = []
        var from = beginning
        while let term = try tx.first(
            "SELECT term FROM message_search_words WHERE term >= $1 LIMIT 1", [.text(from)], as: { try $0.text(0) }),
            term.utf8.starts(with: beginning.utf8)
        {
            if found.count == endingLimit { return nil }
            found.append(term)
            // Behind this word and before all longer ones; asked for what is greater, FTS5 would walk all its hits.
            from = term + "\u{1}"
        }
        return found
    }

    /// How subject and text look around the words. Messages in which the words do not stand are missing.
    func marked(
        _ tx: any Transaction, _ messages: [SearchKey]
    ) throws -> [StoredMessageID: (subject: MarkedText, snippet: MarkedText)] {
        guard let first = messages.min(), let last = messages.max() else { return [:] }
        var found: [StoredMessageID: (subject: MarkedText, snippet: MarkedText)] = [:]
        // Asked for single numbers, FTS5 begins anew at each: gathering all words with a beginning each time, or looking for the
        // first message that has all words.
        let rows = anyWord == nil ? "rowid >= $2 AND rowid <= $3 AND +rowid" : "$2 <= $3 AND rowid"
        try tx.query(
            """
            SELECT rowid, highlight(message_search, 0, $5, $6), snippet(message_search, 2, $5, $6, '…', 20)
            FROM message_search WHERE \(Self.condition("$1")) AND \(rows) \(tx.dialect.inIntegers("$4"))
            """,
            [
                anyWord ?? bind, .integer(first.number), .integer(last.number), .list(messages.map(\.number)),
                .text(String(MarkedText.begin)), .text(String(MarkedText.end)),
            ]
        ) { row in
            found[SearchKey(number: try row.integer(0)).message] = (
                MarkedText(marked: try row.text(1)), MarkedText(markedLines: try row.text(2))
            )
        }
        return found
    }
}
