import IMAP
import Mirror

/// All UIDs of the selected mailbox, or a failure. Messages are taken for deleted because they do not stand in such a
/// listing, so it is held against the server's count, and what a search leaves out is looked for in another way.
enum CompleteListing {
    static func read(_ connection: IMAPConnection, folder: RemoteFolder) async throws -> UIDSet {
        var listing = UIDSet()
        for _ in 0..<3 {
            listing = try await connection.search("ALL")
            if listing.count >= counted(await connection.session.selected) { return listing }
            // Messages that left while it was listed are counted still, until NOOP tells of them.
            if listing.count >= counted(try await connection.noop()) { return listing }
        }
        let page = try await connection.fetch(FetchRequest(UIDSet(1...UInt32.max), "FLAGS"))
        listing.formUnion(UIDSet(page.messages.compactMap(\.uid)))
        let counted = counted(await connection.session.selected)
        // A few that can be neither found nor fetched, but are counted, are damage that lasts.
        guard listing.count >= counted - 3 - counted / 100, !listing.isEmpty || counted == 0 else {
            throw SourceError.transient(
                "The server counts \(counted) messages in the folder \(folder.name) and lists only \(listing.count).")
        }
        return listing
    }

    private static func counted(_ selected: SelectedMailbox?) -> Int { selected?.exists ?? 0 }
}
