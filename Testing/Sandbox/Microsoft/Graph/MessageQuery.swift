import Foundation

/// `$search`, `$filter` and `$orderby` on messages.
struct MessageQuery: Sendable {
    let context: GraphContext

    /// A search gives no more than this many (Use the $search query parameter).
    private static let searchLimit = 1000

    func apply(to messages: [MailboxMessage]) throws(GraphError) -> [MailboxMessage] {
        var found = messages
        if let search = context.query["search"] {
            guard context.query["filter"] == nil, context.query["orderby"] == nil else {
                throw .badRequest(
                    "SearchWithFilter", "The query parameter '$search' cannot be combined with '$filter' or '$orderby'."
                )
            }
            guard try context.query.number("skip") == nil else {
                throw .badRequest("SearchWithSkip", "The query parameter '$skip' cannot be combined with '$search'.")
            }
            let wanted = try KeywordQuery(search)
            // Results of a search come by the date that they were sent, the newest first.
            return Array(
                found.filter { wanted.matches($0.letter) }.sorted { $0.letter.sent > $1.letter.sent }
                    .prefix(Self.searchLimit))
        }
        if let text = context.query["filter"] {
            let filter = try ODataFilter(text)
            var matching: [MailboxMessage] = []
            for message in found {
                let item = MessageRepresentation(message: message, context: context)
                if try filter.matches({ item.property($0) }) { matching.append(message) }
            }
            found = matching
        }
        for term in context.query.order.reversed() {
            let keyed = found.map { message in
                (message, MessageRepresentation(message: message, context: context).property(term.property))
            }
            let sorted = keyed.sorted { one, other in
                let isBefore = ODataFilter.compare(one.1, other.1) == .orderedAscending
                let isAfter = ODataFilter.compare(one.1, other.1) == .orderedDescending
                return term.isDescending ? isAfter : isBefore
            }
            found = sorted.map(\.0)
        }
        return found
    }
}
