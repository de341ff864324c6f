import Mirror
import OAuth

/// Reads what one folder holds, and what changed in it, by its message delta (Microsoft Graph, "message: delta").
struct FolderScan: Sendable {
    let graph: GraphClient
    let tree: FolderTree
    let folder: RemoteFolder
    let mirrored: @Sendable () async throws -> [RemoteMessageID]
    let deliver: @Sendable (ChangePage) async throws -> Void

    /// Messages on the first page of a first reading: few, so that the newest mail stands on the cards at once.
    static let firstPageSize = 100
    /// Messages on a page. Larger ones take Graph longer than it likes.
    static let pageSize = 500

    /// A page of headers cannot be had, even of one message, while other things can.
    private struct PageUnreadable: Error {}

    func run(since checkpoint: Checkpoint?) async throws -> ChangesOutcome {
        var position = MicrosoftCheckpoint.start
        if let checkpoint {
            guard let known = MicrosoftCheckpoint(checkpoint) else { return .checkpointUnusable(.malformed) }
            if known.isScanned, await tree.isQuiet(folder.id, since: known.link) { return .unchanged }
            position = known
        }
        if await tree.counts(of: folder.id) == nil { try await tree.list() }
        guard let counts = await tree.counts(of: folder.id) else { return .folderMissing }
        do {
            return position.isScanned
                ? try await readChanges(since: position, counts: counts)
                : try await readAll(from: position, counts: counts)
        } catch let fault as GraphFault where fault.isSyncStateLost {
            await tree.mustRead(folder.id)
            return .checkpointUnusable(.expired)
        } catch let fault as GraphFault where fault.isMissing {
            return .folderMissing
        } catch is PageUnreadable {
            // From the start, message by message.
            await tree.readLean(folder.id)
            return .checkpointUnusable(.malformed)
        }
    }

    // MARK: Pages

    var path: String { "me/mailFolders/\(GraphTarget.id(folder.id))/messages/delta" }

    func target(_ link: String, isLean: Bool) -> GraphTarget {
        if !link.isEmpty { return GraphTarget(path, query: link) }
        let selection = isLean ? "id,parentFolderId" : GraphMessage.selection
        return GraphTarget(path, [("$select", selection), ("$orderby", "receivedDateTime desc")])
    }

    /// One page; a smaller one where Graph fails at a large one.
    func page(_ target: GraphTarget, size: Int = FolderScan.pageSize) async throws -> GraphPage<GraphMessage> {
        var size = size
        while true {
            do {
                let page: GraphPage<GraphMessage> = try await graph.get(target, GraphPreferences(pageSize: size))
                guard page.nextLink != nil || page.deltaLink != nil else {
                    throw GraphFault(status: 200, code: "AnswerUnreadable", message: "a page without a link")
                }
                return page
            } catch let fault as GraphFault where fault.isPassing || fault.status == 200 {
                try await graph.demandService()
            } catch WebFailure.tooLarge where size > 1 {}
            guard size > 1 else { throw PageUnreadable() }
            size = max(1, size / 4)
        }
    }

    /// The query of a link to this folder's delta.
    func query(of link: String?) throws -> String? {
        guard let link else { return nil }
        guard let next = GraphTarget(path).following(link), next.query.utf8.count <= MicrosoftCheckpoint.linkLimit
        else {
            throw GraphFault(status: 200, code: "AnswerUnreadable", message: "a link without a token")
        }
        return next.query
    }

    // MARK: Counts

    /// How many items the folder counts now.
    func freshCount() async throws -> Int {
        let answer: GraphFolder = try await graph.get(
            GraphTarget("me/mailFolders/\(GraphTarget.id(folder.id))", [("$select", "id,totalItemCount")]))
        return max(answer.totalItemCount ?? 0, 0)
    }

    // MARK: Messages that are asked after

    func presence(of ids: [RemoteMessageID]) async throws -> [(id: RemoteMessageID, presence: Presence)] {
        try await Presence.of(ids, in: folder.id, graph)
    }

    /// A message of the mirror stands in another folder: that one is looked at, whatever its counts and its delta say.
    /// - Returns: whether the mirror wants it there.
    func expect(_ id: RemoteMessageID, in other: String) async -> Bool {
        guard await tree.isMirrored(other) ?? true else { return false }
        await tree.expect(id, in: other)
        return true
    }
}
