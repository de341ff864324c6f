import Mirror
import OAuth

/// The ids of all messages in a folder, or a failure. Graph pages through a listing by counting, so that a message that
/// leaves meanwhile makes another one slip by; the counts before and after tell.
struct CompleteListing: Sendable {
    let graph: GraphClient
    let folder: RemoteFolder

    private static let pageSize = 1000
    private static let looks = 3

    /// - Throws: ``SourceError/folderUnreadable(_:)`` when the folder does not hold still; ``GraphFault``; and what the
    ///   client throws.
    func read() async throws -> [RemoteMessageID] {
        let path = "me/mailFolders/\(GraphTarget.id(folder.id))/messages"
        let first = GraphTarget(path, [("$select", "id"), ("$top", "\(Self.pageSize)"), ("$count", "true")])
        for _ in 1...Self.looks {
            var ids: [RemoteMessageID] = []
            var page: GraphPage<GraphName> = try await graph.get(first)
            let count = page.count
            let isOnePage = page.nextLink == nil
            ids += page.value.map { RemoteMessageID($0.id) }
            while let next = page.nextLink.flatMap(first.following) {
                page = try await graph.get(next)
                ids += page.value.map { RemoteMessageID($0.id) }
            }
            guard Set(ids).count == ids.count, ids.count == count else { continue }
            if isOnePage { return ids }
            let again: GraphPage<GraphName> = try await graph.get(
                GraphTarget(path, [("$select", "id"), ("$top", "1"), ("$count", "true")]))
            if again.count == count { return ids }
        }
        throw SourceError.folderUnreadable(
            "Microsoft does not list all messages that it counts in the folder \(folder.name).")
    }
}
