import IMAP
import Mail
import Mirror

/// Reads what changed in one folder, on a connection that belongs to it for the time.
struct FolderScan: Sendable {
    let connection: IMAPConnection
    let folder: RemoteFolder
    let mirrored: @Sendable () async throws -> [RemoteMessageID]
    let deliver: @Sendable (ChangePage) async throws -> Void
    /// Is told the UIDVALIDITY that the server gives when it opens the folder; 0 for none.
    let opened: @Sendable (UInt32) -> Void
    /// Whether the server's own word that messages vanished may be passed on: who doubts it asks for a listing, and needs
    /// a second connection for that.
    let passesOnVanished: Bool
    let interruptions: Interruptions

    /// Messages on the first pages of a scan: few, so that the newest mail stands on the cards at once.
    private static let firstWindows = [100, 400]
    /// Messages on a page.
    static let window = 1000
    /// How often a folder is opened again in which messages leave while it is looked at.
    private static let looks = 4

    var windowSize: Int { min(Self.window, interruptions.limit) }

    /// - Throws: ``IMAPError/refused(_:)`` where the server refuses anything that another time it may not.
    func run(since checkpoint: Checkpoint?) async throws -> ChangesOutcome {
        var known: IMAPCheckpoint?
        if let checkpoint {
            guard let decoded = IMAPCheckpoint(checkpoint) else { return .checkpointUnusable(.malformed) }
            known = decoded
            if let snapshot = folder.snapshot, decoded.isComplete, folder.epoch.rawValue == String(decoded.uidValidity),
                decoded.agrees(with: snapshot)
            {
                return .unchanged
            }
        }
        for look in 1...Self.looks {
            let selected: SelectedMailbox
            switch try await Opening.open(folder, connection, since: known?.knownState) {
            case .opened(let mailbox): selected = mailbox
            case .missing: return .folderMissing
            }
            let validity = selected.uidValidity ?? 0
            opened(validity)
            guard selected.exists <= Plausibility.messageLimit else {
                throw await connection.violation("EXAMINE counts \(selected.exists) messages")
            }
            guard let known else {
                guard folder.epoch.rawValue == String(validity) else { return .checkpointUnusable(.epochChanged) }
                try await readAll(selected)
                return .complete
            }
            guard known.uidValidity == validity else { return .checkpointUnusable(.epochChanged) }
            if let outcome = try await readChanges(since: known, selected, isLastLook: look == Self.looks) {
                return outcome
            }
            // Messages came or went between two answers, so that the counts cannot agree: look again.
        }
        return .checkpointUnusable(.countsDisagree)
    }

    // MARK: From the start

    private func readAll(_ selected: SelectedMailbox) async throws {
        var listing = try await CompleteListing.read(connection, folder: folder)
        let gone: Gone
        if listing.isComplete {
            gone = .allExcept(.uids(listing.uids.ranges), total: 0)
        } else {
            gone = .confirmed(try await absent(from: &listing, within: 1...UInt32.max), total: 0)
        }
        let next = max(selected.uidNext ?? 1, try Plausibility.next(after: listing.uids.max))
        let position = IMAPCheckpoint(
            uidValidity: selected.uidValidity ?? 0, next: next, low: next, count: 0,
            modSequence: selected.highestModSequence, ghosts: listing.ghosts)
        try await readDown(from: position, rest: listing.uids, first: (gone, false))
    }

    /// Which mirrored messages do not stand in a listing that may lack some, and are gone for certain. Those that are
    /// there all the same are added to it.
    func absent(
        from listing: inout CompleteListing, within range: ClosedRange<UInt32>
    ) async throws -> [RemoteMessageID] {
        let unlisted = UIDSet(try await mirrored().compactMap(\.uid)).intersection(range).subtracting(listing.uids)
        let absent = try await Absence.confirm(unlisted, connection)
        listing.insert(unlisted.subtracting(absent))
        return absent.uids.map(RemoteMessageID.init(uid:))
    }

    /// Reads the messages below what was read, the newest first, and delivers a page for each window.
    /// - Parameter first: what the first page says about messages that left, where nothing said it yet.
    func readDown(from start: IMAPCheckpoint, rest: UIDSet, first: (Gone, sawTransients: Bool)?) async throws {
        let progress = Progress(start)
        let listed = start.count + rest.count
        var rest = rest
        if rest.isEmpty {
            progress.position.low = 1
            try await deliver(
                ChangePage(
                    gone: first?.0 ?? .none, listed: listed, processed: start.count,
                    sawTransients: first?.sawTransients ?? false,
                    isScanComplete: true, checkpoint: try progress.position.checkpoint))
            return
        }
        var windows: [UIDSet] = []
        if start.count == 0 {
            for size in Self.firstWindows {
                windows += rest.takeHighest(size).windows(of: min(size, interruptions.limit))
            }
        }
        windows += rest.windows(of: windowSize)
        windows.removeAll(where: \.isEmpty)
        let last = windows.count - 1
        try await MessageReading(connection: connection, interruptions: interruptions).read(windows) {
            index, window, facts in
            var position = progress.position
            position.low = index == last ? 1 : window.min ?? 1
            position.count += facts.present.count + facts.unreadable.count
            progress.position = position
            let isFirst = index == 0
            let gone = (isFirst ? first?.0 ?? .none : .none).adding(facts.missing(of: window))
            try await deliver(
                ChangePage(
                    present: facts.present, unreadable: facts.unreadable, gone: gone,
                    listed: position.isComplete ? position.count : max(listed, position.count),
                    processed: position.count,
                    sawTransients: isFirst && first?.sawTransients ?? false, isScanComplete: position.isComplete,
                    checkpoint: try position.checkpoint))
        }
    }
}

extension IMAPCheckpoint {
    fileprivate var knownState: KnownState? {
        guard let modSequence, uidValidity > 0 else { return nil }
        return KnownState(uidValidity: uidValidity, modSequence: modSequence, uidNext: next)
    }
}

extension MessageReading.Outcome {
    /// Those that left between the listing and the reading.
    fileprivate func missing(of window: UIDSet) -> UIDSet {
        guard present.count + unreadable.count < window.count else { return UIDSet() }
        return window.subtracting(UIDSet(present.compactMap(\.id.uid) + unreadable.compactMap(\.id.uid)))
    }
}

extension Gone {
    /// With messages that were listed and turned out to have left. They were not reported, so the total stays.
    fileprivate func adding(_ uids: UIDSet) -> Gone {
        if uids.isEmpty { return self }
        let ids = uids.uids.map(RemoteMessageID.init(uid:))
        switch self {
        case .none: return .confirmed(ids, total: 0)
        case .reported(let others, let total): return .reported(others + ids, total: total)
        case .confirmed(let others, let total): return .confirmed(others + ids, total: total)
        case .allExcept(.uids(let ranges), let total):
            return .allExcept(.uids(UIDSet(ranges: ranges).subtracting(uids).ranges), total: total)
        case .allExcept(.ids(let others), let total): return .allExcept(.ids(others.subtracting(ids)), total: total)
        case .allExcept(.digests(let others), let total):
            return .allExcept(.digests(others.subtracting(ids.map(\.digest))), total: total)
        }
    }

    var total: Int {
        switch self {
        case .none: 0
        case .reported(_, let total), .confirmed(_, let total), .allExcept(_, let total): total
        }
    }
}
