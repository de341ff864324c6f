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
    let interruptions: Interruptions

    /// Messages on the first pages of a scan: few, so that the newest mail stands on the cards at once.
    private static let firstWindows = [100, 400]
    /// Messages on a page.
    static let window = 1000
    /// UIDs in one question after mirrored messages: fits in a command line.
    private static let questions = 500

    private var windowSize: Int { min(Self.window, interruptions.limit) }

    func run(since checkpoint: Checkpoint?) async throws -> ChangesOutcome {
        var known: IMAPCheckpoint?
        if let checkpoint {
            guard let decoded = IMAPCheckpoint(checkpoint) else { return .checkpointUnusable(.malformed) }
            known = decoded
            if let snapshot = folder.snapshot, decoded.isComplete, folder.epoch.rawValue == String(decoded.uidValidity),
                snapshot.messages == decoded.count, snapshot.uidNext == decoded.next
            {
                return .unchanged
            }
        }
        for _ in 0..<3 {
            let selected: SelectedMailbox
            do {
                selected = try await connection.examine(FolderPath.name(folder.path), since: known?.knownState)
            } catch IMAPError.refused(let refusal) {
                if refusal.saysMissing { return .folderMissing }
                if refusal.isTemporary { throw IMAPError.refused(refusal) }
                throw SourceError.folderUnreadable("The server does not open the folder \(folder.name).")
            }
            let validity = selected.uidValidity ?? 0
            opened(validity)
            if let known {
                guard known.uidValidity == validity else { return .checkpointUnusable(.epochChanged) }
                if let outcome = try await readChanges(since: known, selected) { return outcome }
            } else {
                guard folder.epoch.rawValue == String(validity) else { return .checkpointUnusable(.epochChanged) }
                try await readAll(selected)
                return .complete
            }
            // Messages came or went between two answers, so that the counts cannot agree: look again.
        }
        return .checkpointUnusable(.countsDisagree)
    }

    // MARK: From the start

    private func readAll(_ selected: SelectedMailbox) async throws {
        let listing = try await CompleteListing.read(connection, folder: folder)
        let next = max(selected.uidNext ?? 1, (listing.max ?? 0) + 1)
        let position = IMAPCheckpoint(
            uidValidity: selected.uidValidity ?? 0, next: next, low: next, count: 0,
            modSequence: selected.highestModSequence)
        try await readDown(from: position, rest: listing, first: (.allExcept(.uids(listing.ranges), total: 0), false))
    }

    /// Reads the messages below what was read, the newest first, and delivers a page for each window.
    /// - Parameter first: what the first page says about messages that left, where nothing said it yet.
    private func readDown(from start: IMAPCheckpoint, rest: UIDSet, first: (Gone, sawTransients: Bool)?) async throws {
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

    // MARK: Since a checkpoint

    /// Nil when the server's answers did not fit together.
    private func readChanges(since known: IMAPCheckpoint, _ selected: SelectedMailbox) async throws -> ChangesOutcome? {
        let end: UInt32
        if let told = selected.uidNext {
            // A folder restored from a backup: UIDs that we know may come to mean other messages.
            guard told >= known.next else { return .checkpointUnusable(.countsDisagree) }
            end = told
        } else {
            end = max(known.next, (try await connection.search("UID \(known.next):*").max ?? 0) + 1)
        }
        var arrivals = UIDSet()
        if end > known.next {
            arrivals = try await connection.search("UID \(known.next):\(end - 1)").intersection(known.next...(end - 1))
        }
        var below = UIDSet()
        if known.low > 1 {
            below = try await connection.search("UID 1:\(known.low - 1)").intersection(1...(known.low - 1))
        }

        // What of the messages that were reported is still there, by the server's own count when it opened the folder.
        let present = selected.exists - arrivals.count - below.count
        guard present >= 0, present <= known.count else { return nil }
        let left = known.count - present
        if left == 0, arrivals.isEmpty, known.isComplete, end == known.next { return .unchanged }

        guard let gone = try await gone(left, known, selected) else { return nil }
        try await report(gone, arrivals: arrivals, below: below, end: end, known: known, selected)
        return .complete
    }

    /// Which messages left, `left` of them by the counts. Nil when the server's answers do not agree.
    private func gone(_ left: Int, _ known: IMAPCheckpoint, _ selected: SelectedMailbox) async throws -> Gone? {
        if left == 0 { return Gone.none }
        guard known.next > known.low else { return nil }
        let range = known.low...(known.next - 1)
        let vanished = selected.vanished.intersection(range)
        if known.modSequence != nil, vanished.count == left {
            return .reported(vanished.uids.map(RemoteMessageID.init(uid:)), total: left)
        }
        let session = await connection.session
        if session.can(.esearch) || session.can(.imap4rev2) {
            let listing = try await CompleteListing.read(connection, folder: folder)
            return .allExcept(.uids(listing.ranges), total: known.count - listing.intersection(range).count)
        }
        // Asking only after what is mirrored: the cost follows the mirror and not the mailbox.
        let asked = UIDSet(try await mirrored().compactMap(\.uid)).intersection(range)
        var found = UIDSet()
        for window in asked.windows(of: Self.questions) {
            found.formUnion(try await connection.search("UID \(window)"))
        }
        let missing = asked.subtracting(Set(found.uids))
        guard missing.count <= left else { return nil }
        return .confirmed(missing.uids.map(RemoteMessageID.init(uid:)), total: left)
    }

    private func report(
        _ gone: Gone, arrivals: UIDSet, below: UIDSet, end: UInt32, known: IMAPCheckpoint, _ selected: SelectedMailbox
    ) async throws {
        var position = known
        position.modSequence = selected.highestModSequence
        position.count -= gone.total
        // UIDs were used up by messages that are not here any more: somebody moved them on meanwhile.
        let sawTransients = Int(end - known.next) > arrivals.count
        if arrivals.isEmpty {
            position.next = end
            if !below.isEmpty || known.isComplete == false {
                try await readDown(from: position, rest: below, first: (gone, sawTransients))
                return
            }
            try await deliver(
                ChangePage(
                    gone: gone, listed: position.count, processed: position.count, sawTransients: sawTransients,
                    isScanComplete: true, checkpoint: try position.checkpoint))
            return
        }
        // Arrivals are read upwards, so that each page's checkpoint covers all that lies below it.
        let windows = Array(arrivals.windows(of: windowSize).reversed())
        let progress = Progress(position)
        let listed = position.count + arrivals.count + below.count
        try await MessageReading(connection: connection, interruptions: interruptions).read(windows) {
            index, window, facts in
            var position = progress.position
            position.next = index == windows.count - 1 ? end : (window.max ?? 0) + 1
            position.count += facts.present.count + facts.unreadable.count
            progress.position = position
            try await deliver(
                ChangePage(
                    present: facts.present, unreadable: facts.unreadable, gone: index == 0 ? gone : .none,
                    listed: index == windows.count - 1 && position.isComplete ? position.count : listed,
                    processed: position.count, sawTransients: index == 0 && sawTransients,
                    isScanComplete: position.isComplete,
                    checkpoint: try position.checkpoint))
        }
        if !known.isComplete { try await readDown(from: progress.position, rest: below, first: nil) }
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
        return window.subtracting(Set(present.compactMap(\.id.uid) + unreadable.compactMap(\.id.uid)))
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
            return .allExcept(.uids(UIDSet(ranges: ranges).subtracting(Set(uids.uids)).ranges), total: total)
        case .allExcept(.ids(let others), let total): return .allExcept(.ids(others.subtracting(ids)), total: total)
        }
    }

    fileprivate var total: Int {
        switch self {
        case .none: 0
        case .reported(_, let total), .confirmed(_, let total), .allExcept(_, let total): total
        }
    }
}
