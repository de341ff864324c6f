import IMAP
import Logging
import Mail
import Mirror
import Networking
import Synchronization

/// A mailbox on an IMAP server, read over up to three connections: one for the folders, one for texts and questions of
/// people, one that waits for news. Where the server allows fewer, the first does for all. None of them alters anything.
public final class IMAPMailSource: MailSource {
    private let host: String
    private let account: String
    let connections: ReadingConnections
    private let watching: Watching
    let refusals = RefusalScope()
    /// Folders for which STATUS tells another UIDVALIDITY than opening them does (Courier).
    private let validities = Mutex<[MailboxName: (told: UInt32, opened: UInt32)]>([:])

    init(host: String, account: String, logger: Logger, open: @escaping @Sendable () async throws -> IMAPConnection) {
        self.host = host
        self.account = account
        connections = ReadingConnections(open: open, logger: logger)
        watching = Watching(open: FurtherConnectionRefused.wrapping(open), logger: logger)
    }

    /// Errors of the protocol become what they mean for the mailbox.
    func meaning<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as IMAPError {
            throw SourceError(error, host: host)
        } catch let error as NetworkRefusal {
            throw SourceError(error, host: host)
        }
    }

    public func identity() async throws -> SourceIdentity {
        _ = try await meaning { try await connections.main.lend(isRepeatable: true) { try await $0.noop() } }
        return SourceIdentity(primaryAddress: nil, aliases: [], accountID: account, server: host)
    }

    public func folders() async throws -> [RemoteFolder] {
        try await meaning { try await connections.main.lend(isRepeatable: true) { try await self.folders($0) } }
    }

    private func note(_ opened: UInt32, of folder: RemoteFolder) {
        guard let told = UInt32(folder.epoch.rawValue), told != opened else { return }
        validities.withLock { $0[FolderPath.name(folder.path)] = (told, opened) }
    }

    func folders(_ connection: IMAPConnection) async throws -> [RemoteFolder] {
        let prefixes = try await connection.foreignPrefixes()
        var listings = try await connection.list()
        guard listings.count <= Plausibility.folderLimit else {
            throw await connection.violation("LIST names \(listings.count) mailboxes")
        }
        let session = await connection.session
        // Without LIST-STATUS, or where it left some out.
        let unknown = listings.indices.filter { listings[$0].isSelectable && listings[$0].status?.uidValidity == nil }
        let statuses = try await connection.statuses(of: unknown.map { listings[$0].name })
        for (index, status) in zip(unknown, statuses) {
            listings[index].status = status
            // Some tell UIDVALIDITY only of a mailbox that is opened.
            if status?.uidValidity == nil, let opened = try await Self.validity(listings[index].name, connection) {
                listings[index].status = MailboxStatusData()
                listings[index].status?.uidValidity = opened
            }
        }
        validities.withLock { validities in
            for index in listings.indices {
                guard let known = validities[listings[index].name], listings[index].status?.uidValidity == known.told
                else { continue }
                listings[index].status?.uidValidity = known.opened > 0 ? known.opened : nil
            }
        }
        let folders = await FolderTable(
            listings: listings, foreignPrefixes: prefixes, isUTF8: connection.usesUTF8,
            allIsStore: session.can("X-GM-EXT-1")
        ).folders()
        refusals.listed(folders.filter(\.role.isMirrored).map { FolderPath.name($0.path) })
        return folders
    }

    /// Nil where the server does not open the mailbox.
    private static func validity(_ name: MailboxName, _ connection: IMAPConnection) async throws -> UInt32? {
        do {
            return try await connection.examine(name).uidValidity
        } catch IMAPError.refused {
            return nil
        }
    }

    public func changes(
        in folder: RemoteFolder, since checkpoint: Checkpoint?,
        mirrored: @Sendable @escaping () async throws -> [RemoteMessageID],
        page: @Sendable @escaping (ChangePage) async throws -> Void
    ) async throws -> ChangesOutcome {
        let reached = Mutex(checkpoint)
        return try await persevering { interruptions in
            try await connections.reading { connection in
                try await refusals.reading(folder, connection) {
                    try await FolderScan(
                        connection: connection, folder: folder, mirrored: mirrored,
                        deliver: { changes in
                            try await page(changes)
                            reached.withLock { $0 = changes.checkpoint }
                        }, opened: { self.note($0, of: folder) }, passesOnVanished: !connections.isShared,
                        interruptions: interruptions
                    ).run(since: reached.withLock { $0 })
                }
            }
        }
    }

    /// Begins anew with less at once when a message makes the server hang up or fall silent.
    private func persevering<Result>(_ work: (Interruptions) async throws -> Result) async throws -> Result {
        let interruptions = Interruptions()
        return try await meaning {
            while true {
                do {
                    return try await work(interruptions)
                } catch let error as IMAPError where interruptions.goesOn(after: error) {
                    // An outage is no message's fault: a new connection has to come about.
                    _ = try await connections.main.lend { try await $0.noop() }
                }
            }
        }
    }

    public func covers(_ checkpoint: Checkpoint, _ id: RemoteMessageID) -> Bool {
        guard let known = IMAPCheckpoint(checkpoint), let uid = id.uid else { return false }
        return uid >= known.low && uid < known.next
    }

    public func listing(of folder: RemoteFolder) async throws -> RemoteListing {
        try await meaning {
            try await connections.beside { connection in
                try await self.refusals.reading(folder, connection) {
                    try await Opening.openSame(folder, connection)
                    let listing = try await CompleteListing.read(connection, folder: folder)
                    guard listing.isComplete else {
                        throw SourceError.folderUnreadable(
                            "The server does not list all messages that it counts in the folder \(folder.name).")
                    }
                    return .uids(listing.uids.ranges)
                }
            }
        }
    }

    public func find(
        _ addresses: [EmailAddress], in folder: RemoteFolder, coveredBy checkpoint: Checkpoint,
        page: @Sendable @escaping ([MessageFact], [UnreadableMessage]) async throws -> Void
    ) async throws {
        guard let known = IMAPCheckpoint(checkpoint), known.next > known.low else { return }
        try await persevering { interruptions in
            try await connections.main.lend { connection in
                try await self.refusals.reading(folder, connection) {
                    let selected = try await Opening.openSame(folder, connection)
                    if selected.exists == 0 { return }
                    let range = known.low...(known.next - 1)
                    let terms = SearchTerms(anyOf: addresses)
                    var found: UIDSet
                    do {
                        found = try await connection.plausibleSearch(
                            "UID \(UIDSet(range)) \(terms.criteria)", strings: terms.strings, within: range)
                    } catch IMAPError.refused(let refusal) where !refusal.isTemporary {
                        // A server that cannot search: all is read again, and the planner decides.
                        found = try await connection.plausibleSearch("UID \(UIDSet(range))", within: range)
                    }
                    let windows = found.windows(of: min(FolderScan.window, interruptions.limit))
                    try await MessageReading(connection: connection, interruptions: interruptions).read(windows) {
                        _, _, outcome in try await page(outcome.present, outcome.unreadable)
                    }
                }
            }
        }
    }

    public func describe(_ ids: [RemoteMessageID], in folder: RemoteFolder) async throws -> (
        present: [MessageFact], unreadable: [UnreadableMessage]
    ) {
        let outcome = try await persevering { interruptions in
            try await connections.main.lend { connection in
                try await self.refusals.reading(folder, connection) {
                    try await Opening.openSame(folder, connection)
                    return try await MessageReading(connection: connection, interruptions: interruptions).describe(
                        UIDSet(ids.compactMap(\.uid)))
                }
            }
        }
        return (outcome.present, outcome.unreadable)
    }

    public func waitForChange(limit: Duration) async throws -> ChangeHint {
        try await meaning {
            // Where only one connection is allowed, it must be the one that reads.
            if await !connections.main.isConnected { try await connections.main.lend { _ in } }
            do {
                return try await watching.wait(limit: limit) ? .changed : .timeLimitReached
            } catch let refusal as FurtherConnectionRefused {
                throw refusal.cause
            }
        }
    }

    public func close() async {
        await connections.close()
        await watching.close()
    }
}
