import Foundation
import Mail
import Mirror
import OAuth
import Wording

extension MicrosoftMailSource {
    /// Messages that a search finds at most (Microsoft Graph, "use the $search query parameter": 1,000 results).
    private static let searchLimit = 1000
    private static let searchPage = 250
    /// Seconds of the newest mail that are read besides: the index of a mailbox lags behind it, by minutes as a rule.
    private static let indexLag: Int64 = 2 * 3600

    /// Graph's search is an index of words: it lags behind, tokenises addresses in its own way, does not look at Bcc
    /// and tells no more than 1,000 messages. So the newest mail of the folder is reported whatever it is, and where
    /// the search reaches its limit or is refused, the folder counts as one that cannot be searched and is read anew.
    public func find(
        _ addresses: [EmailAddress], in folder: RemoteFolder, coveredBy checkpoint: Checkpoint,
        page: @Sendable @escaping ([MessageFact], [UnreadableMessage]) async throws -> Void
    ) async throws {
        guard let known = MicrosoftCheckpoint(checkpoint) else {
            throw SourceError.folderUnreadable("It is not known how far the folder \(folder.name) was read.")
        }
        let unsearchable: Phrase = "Microsoft's search does not tell all messages of the folder \(folder.name)."
        guard known.isScanned || known.oldest != nil, let terms = SearchTerms.participants(addresses) else {
            throw SourceError.folderUnreadable(unsearchable)
        }
        try await reading(folder) {
            var seen: Set<UInt64> = []
            let path = "me/mailFolders/\(GraphTarget.id(folder.id))/messages"
            let since = now() - Self.indexLag
            let queries: [[(name: String, value: String)]] = [
                [("$search", terms), ("$select", GraphMessage.selection), ("$top", "\(Self.searchPage)")],
                [
                    ("$filter", SearchTerms.received(since: since)),
                    ("$select", GraphMessage.selection), ("$top", "\(FolderScan.pageSize)"),
                ],
            ]
            for (index, query) in queries.enumerated() {
                var count = 0
                let first = GraphTarget(path, query)
                var next: GraphTarget? = first
                while let target = next {
                    let found: GraphPage<GraphMessage>
                    do {
                        found = try await graph.get(target)
                    } catch let fault as GraphFault where fault.isPassing || fault.status == 200 {
                        // One message that Graph cannot show spoils the page; an outage spoils everything.
                        try await graph.demandService()
                        throw SourceError.folderUnreadable(unsearchable)
                    }
                    count += found.value.count
                    let facts = found.value.map(\.fact).filter { fact in
                        seen.insert(fact.id.digest).inserted
                            && (known.isScanned || known.oldest.map { fact.internalDate > $0 } ?? false)
                    }
                    if !facts.isEmpty {
                        await tree.note(found: facts.map(\.id), in: folder.id)
                        try await page(facts, [])
                    }
                    if index == 0, count >= Self.searchLimit { throw SourceError.folderUnreadable(unsearchable) }
                    next = found.nextLink.flatMap(first.following)
                }
            }
        }
    }

    // MARK: One message

    /// Messages that an answer to a question names at most.
    private static let locateLimit = 20

    public func locate(_ query: MessageQuery) async throws -> LocatedMessages {
        try await meaning {
            try await tree.list()
            let folders = Dictionary(await tree.folders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            var located = LocatedMessages()
            for terms in SearchTerms.locating(query) {
                let page: GraphPage<GraphMessage> = try await graph.get(
                    GraphTarget(
                        "me/messages",
                        terms + [("$select", GraphMessage.selection), ("$top", "\(Self.locateLimit)")]))
                for message in page.value where located.messages.count < Self.locateLimit {
                    guard let folder = message.parentFolderId.flatMap({ folders[$0] }) else { continue }
                    let found = LocatedMessage(folder: folder, fact: message.fact)
                    if !located.messages.contains(found) { located.messages.append(found) }
                }
                if !located.messages.isEmpty { break }
            }
            return located
        }
    }
}
