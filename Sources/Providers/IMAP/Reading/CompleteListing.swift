import IMAP
import Mirror

/// All UIDs of the selected mailbox. Messages are taken for deleted because they do not stand in such a listing, so it is
/// held against the server's count; where the two do not agree, it says so.
struct CompleteListing: Sendable {
    private(set) var uids: UIDSet
    /// Whether no message stands in the mailbox but these, by the server's own count.
    private(set) var isComplete: Bool
    /// Messages that the server counts and neither finds nor fetches: damage that lasts.
    private(set) var ghosts: Int

    /// Looks at a mailbox that does not change.
    private static let looks = 3
    /// Looks at one in which messages leave at the time.
    private static let looksWhileMoving = 6
    /// UIDs in one question after what a search leaves out; what a server sends in answer is kept in memory.
    private static let gapWindow = 1 << 16
    private static let gapLimit = 1 << 24

    /// - Parameter ghosts: that were there the last time.
    /// - Throws: ``SourceError/folderUnreadable(_:)`` when far fewer messages are listed than are counted.
    static func read(_ connection: IMAPConnection, folder: RemoteFolder, ghosts: Int = 0) async throws
        -> CompleteListing
    {
        var steady = 0
        for _ in 0..<looksWhileMoving {
            let look = try await Look(connection)
            if look.isSteady, look.lacking == 0 { return CompleteListing(uids: look.uids, isComplete: true, ghosts: 0) }
            if look.isSteady { steady += 1 }
            if look.isSteady, ghosts > 0, look.lacking == ghosts {
                return CompleteListing(uids: look.uids, isComplete: false, ghosts: ghosts)
            }
            if steady == looks { return try await searchingGaps(look, connection, folder) }
        }
        // Messages leave faster than they can be listed.
        let look = try await Look(connection)
        return try tolerated(look, ghosts: ghosts, folder)
    }

    /// Fetches what the searches left out.
    private static func searchingGaps(
        _ look: Look, _ connection: IMAPConnection, _ folder: RemoteFolder
    ) async throws -> CompleteListing {
        let last = try await connection.plausibleSearch("UID \(look.uids.max ?? 1):*").max ?? 1
        let uidNext = await connection.session.selected?.uidNext ?? 1
        let gaps = UIDSet(1...max(last, uidNext - 1, 1)).subtracting(look.uids)
        guard gaps.count <= gapLimit else { throw disagreement(look, folder) }
        let requests = gaps.windows(of: gapWindow).map { FetchRequest($0, "FLAGS") }
        let second = try await Look(connection, adding: look.uids) {
            var found: [UInt32] = []
            for request in requests {
                let page = try await connection.fetch(request)
                guard page.status.status == .ok else { throw IMAPError.refused(CommandRefusal(page)) }
                found += page.messages.compactMap(\.uid)
            }
            return UIDSet(found)
        }
        if second.isSteady, second.lacking == 0 {
            return CompleteListing(uids: second.uids, isComplete: true, ghosts: 0)
        }
        return try tolerated(second, ghosts: max(second.lacking, 0), folder)
    }

    /// A few that can be neither found nor fetched, but are counted, may be damage. They are never believed to be gone
    /// for it.
    private static func tolerated(_ look: Look, ghosts: Int, _ folder: RemoteFolder) throws -> CompleteListing {
        let tolerance = min(3 + look.counted / 100, look.counted / 2)
        guard look.lacking <= tolerance, look.lacking >= (look.isSteady ? 0 : -tolerance) else {
            throw disagreement(look, folder)
        }
        return CompleteListing(uids: look.uids, isComplete: false, ghosts: look.isSteady ? look.lacking : ghosts)
    }

    private static func disagreement(_ look: Look, _ folder: RemoteFolder) -> SourceError {
        .folderUnreadable(
            "The server counts \(look.counted) messages in the folder \(folder.name) and lists \(look.uids.count).")
    }

    /// Adds messages that turned out to stand there all the same.
    mutating func insert(_ found: UIDSet) {
        uids.formUnion(found)
        ghosts = max(ghosts - found.count, 0)
    }
}

/// A list of messages, and how many the server counted at the same time.
private struct Look {
    var uids: UIDSet
    let counted: Int
    /// Whether no message left meanwhile, by what the server told.
    let isSteady: Bool

    /// How many messages are counted and not listed.
    var lacking: Int { counted - uids.count }

    init(_ connection: IMAPConnection) async throws {
        try await self.init(connection, adding: UIDSet()) { try await connection.plausibleSearch("ALL") }
    }

    init(_ connection: IMAPConnection, adding known: UIDSet, _ list: () async throws -> UIDSet) async throws {
        let before = await connection.session.selected
        uids = known.union(try await list())
        var after = await connection.session.selected
        // Messages that left meanwhile are counted still, until NOOP tells of them.
        if uids.count != after?.exists { after = try await connection.noop() }
        counted = after?.exists ?? 0
        isSteady = before?.expungedWhileSelected == after?.expungedWhileSelected
    }
}
