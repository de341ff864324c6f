import IMAP
import Logging
import Mail
import Mirror
import Synchronization

/// A mailbox on an IMAP server, read over up to three connections: one for the folders, one for texts and questions of
/// people, one that waits for news. None of them alters anything.
public final class IMAPMailSource: MailSource {
    private let host: String
    private let account: String
    private let main: ConnectionSlot
    private let side: ConnectionSlot
    private let watching: Watching
    /// Folders for which STATUS tells another UIDVALIDITY than opening them does (Courier).
    private let validities = Mutex<[MailboxName: (told: UInt32, opened: UInt32)]>([:])

    init(host: String, account: String, logger: Logger, open: @escaping @Sendable () async throws -> IMAPConnection) {
        self.host = host
        self.account = account
        main = ConnectionSlot(open: open)
        side = ConnectionSlot(open: open)
        watching = Watching(open: open, logger: logger)
    }

    /// Errors of the protocol become what they mean for the mailbox.
    private func meaning<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as IMAPError {
            throw SourceError(error, host: host)
        } catch let error as NetworkRefusal {
            throw SourceError(error, host: host)
        }
    }

    public func identity() async throws -> SourceIdentity {
        _ = try await meaning { try await main.lend(isRepeatable: true) { try await $0.noop() } }
        return SourceIdentity(primaryAddress: nil, aliases: [], accountID: account, server: host)
    }

    public func folders() async throws -> [RemoteFolder] {
        try await meaning { try await main.lend(isRepeatable: true) { try await self.folders($0) } }
    }

    private func note(_ opened: UInt32, of folder: RemoteFolder) {
        guard let told = UInt32(folder.epoch.rawValue), told != opened else { return }
        validities.withLock { $0[FolderPath.name(folder.path)] = (told, opened) }
    }

    private func folders(_ connection: IMAPConnection) async throws -> [RemoteFolder] {
        let prefixes = try await connection.foreignPrefixes()
        var listings = try await connection.list()
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
        return await FolderTable(
            listings: listings, foreignPrefixes: prefixes, isUTF8: connection.usesUTF8,
            allIsStore: session.can("X-GM-EXT-1")
        ).folders()
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
            try await main.lend { connection in
                try await FolderScan(
                    connection: connection, folder: folder, mirrored: mirrored,
                    deliver: { changes in
                        try await page(changes)
                        reached.withLock { $0 = changes.checkpoint }
                    }, opened: { self.note($0, of: folder) }, interruptions: interruptions
                ).run(since: reached.withLock { $0 })
            }
        }
    }

    /// Begins anew with less at once when a message makes the server hang up.
    private func persevering<Result>(_ work: (Interruptions) async throws -> Result) async throws -> Result {
        let interruptions = Interruptions()
        return try await meaning {
            while true {
                do {
                    return try await work(interruptions)
                } catch let error as IMAPError where interruptions.goesOn(after: error) {
                    // An outage is no message's fault: a new connection has to come about.
                    _ = try await main.lend { try await $0.noop() }
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
            try await side.lend { connection in
                _ = try await Self.open(folder, connection)
                return .uids(try await CompleteListing.read(connection, folder: folder).ranges)
            }
        }
    }

    /// Opens a folder whose UIDs must still be the ones that are known.
    private static func open(_ folder: RemoteFolder, _ connection: IMAPConnection) async throws -> SelectedMailbox {
        let selected: SelectedMailbox
        do {
            selected = try await connection.examine(FolderPath.name(folder.path))
        } catch IMAPError.refused(let refusal) where !refusal.isTemporary {
            if refusal.saysMissing { throw SourceError.folderMissing("The folder \(folder.name) does not exist.") }
            throw SourceError.folderUnreadable("The server does not open the folder \(folder.name).")
        }
        guard String(selected.uidValidity ?? 0) == folder.epoch.rawValue else {
            throw SourceError.folderUnreadable("The folder \(folder.name) was made anew on the server.")
        }
        return selected
    }

    /// Whether the connection has the folder open, with the UIDs that are known. Dovecot reads the list of all UIDs whenever a Maildir
    /// folder is opened: 0.1 s for 60,000 messages.
    private static func isOpen(_ folder: RemoteFolder, _ connection: IMAPConnection) async -> Bool {
        guard let selected = await connection.session.selected else { return false }
        return selected.name == FolderPath.name(folder.path)
            && String(selected.uidValidity ?? 0) == folder.epoch.rawValue
    }

    public func find(
        _ addresses: [EmailAddress], in folder: RemoteFolder, coveredBy checkpoint: Checkpoint,
        page: @Sendable @escaping ([MessageFact]) async throws -> Void
    ) async throws {
        guard let known = IMAPCheckpoint(checkpoint), known.next > known.low else { return }
        try await persevering { interruptions in
            try await main.lend { connection in
                let selected = try await Self.open(folder, connection)
                if selected.exists == 0 { return }
                let range = known.low...(known.next - 1)
                let terms = SearchTerms(anyOf: addresses)
                var found: UIDSet
                do {
                    found = try await connection.search(
                        "UID \(UIDSet(range)) \(terms.criteria)", strings: terms.strings)
                } catch IMAPError.refused(let refusal) where !refusal.isTemporary {
                    // A server that cannot search: all is read again, and the planner decides.
                    found = try await connection.search("UID \(UIDSet(range))")
                }
                let windows = found.intersection(range).windows(of: min(FolderScan.window, interruptions.limit))
                try await MessageReading(connection: connection, interruptions: interruptions).read(windows) {
                    _, _, outcome in try await page(outcome.present)
                }
            }
        }
    }

    public func describe(_ ids: [RemoteMessageID], in folder: RemoteFolder) async throws -> (
        present: [MessageFact], unreadable: [UnreadableMessage]
    ) {
        let outcome = try await persevering { interruptions in
            try await main.lend { connection in
                _ = try await Self.open(folder, connection)
                return try await MessageReading(connection: connection, interruptions: interruptions).describe(
                    UIDSet(ids.compactMap(\.uid)))
            }
        }
        return (outcome.present, outcome.unreadable)
    }

    public func texts(
        of messages: [RemoteReference],
        deliver: @Sendable @escaping (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws {
        for (folder, references) in Dictionary(grouping: messages, by: \.folder) {
            let uids = UIDSet(references.compactMap(\.id.uid))
            let interruptions = Interruptions()
            var open = Array(uids.windows(of: 200).reversed())
            try await meaning {
                while let window = open.popLast() {
                    interruptions.begin(window)
                    do {
                        try await readTexts(window, in: folder, deliver: deliver)
                    } catch let error as IMAPError where interruptions.goesOn(after: error) {
                        _ = try await side.lend { try await $0.noop() }
                        if let uid = window.min, window.count == 1 {
                            let reason = "The server hangs up when it is asked for the text of this message."
                            try await deliver(
                                RemoteReference(folder: folder, id: RemoteMessageID(uid: uid)),
                                .failure(TextFailure(reason: reason)))
                        } else {
                            open += window.windows(of: (window.count + 1) / 2)
                        }
                    }
                }
            }
        }
    }

    private func readTexts(
        _ uids: UIDSet, in folder: RemoteFolder,
        deliver: @Sendable @escaping (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws {
        try await side.lend { connection in
            do {
                if await Self.isOpen(folder, connection) {
                    // Tells of what came since.
                    _ = try await connection.noop()
                } else {
                    _ = try await Self.open(folder, connection)
                }
            } catch is SourceError {
                // The folder went or was made anew; its next reading finds out, and these messages with it.
                return
            }
            try await TextReading(connection: connection, folder: folder, deliver: deliver).run(uids)
        }
    }

    /// Messages that an answer to a question names at most.
    private static let locateLimit = 20

    public func locate(_ query: MessageQuery) async throws -> [LocatedMessage] {
        let terms =
            switch query {
            case .messageID(let id): SearchTerms(messageID: id)
            case .subject(let words, let day): SearchTerms(subject: words, day: day)
            }
        return try await meaning {
            try await side.lend(isRepeatable: true) { connection in
                var located: [LocatedMessage] = []
                for folder in try await folders(connection) {
                    guard let selected = try? await Self.open(folder, connection), selected.exists > 0 else {
                        if await connection.isOver { throw IMAPError.closed(nil) }
                        continue
                    }
                    let found = try await connection.search(terms.criteria, strings: terms.strings)
                    var rest = found
                    let newest = rest.takeHighest(Self.locateLimit - located.count)
                    let facts = try await MessageReading(connection: connection).describe(newest).present
                    located += facts.map { LocatedMessage(folder: folder, fact: $0) }
                    if located.count >= Self.locateLimit { break }
                }
                return located
            }
        }
    }

    public func waitForChange(limit: Duration) async throws -> ChangeHint {
        try await meaning { try await watching.wait(limit: limit) } ? .changed : .timeLimitReached
    }

    public func close() async {
        await main.close()
        await side.close()
        await watching.close()
    }
}
