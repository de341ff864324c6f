import IMAP
import Mirror

/// Since a checkpoint.
extension FolderScan {
    /// What stands outside of the messages that were reported, when the folder was opened.
    private struct Look {
        /// No message that came so far has this UID or a higher one.
        let end: UInt32
        let arrivals: UIDSet
        /// Not read yet.
        let below: UIDSet
        /// UIDs were used up by messages that are not here any more: somebody moved them on meanwhile.
        let sawTransients: Bool
        /// No message left while it was looked at, so that the server's count when it opened the folder still holds.
        let isSteady: Bool
    }

    /// Nil when the server's answers did not fit together.
    func readChanges(
        since known: IMAPCheckpoint, _ selected: SelectedMailbox, isLastLook: Bool
    ) async throws -> ChangesOutcome? {
        // A folder restored from a backup: UIDs that we know may come to mean other messages.
        if let told = selected.uidNext, told < known.next { return .checkpointUnusable(.countsDisagree) }
        let look = try await look(since: known, selected)
        guard look.isSteady else {
            guard isLastLook else { return nil }
            // So many leave that they cannot be counted: what came is read, and which ones left is found out later.
            try await report(
                .none, look, known: known, modSequence: known.modSequence, ghosts: known.ghosts, sawTransients: true)
            return .complete
        }

        // What of the messages that were reported is still there, by the server's own count when it opened the folder.
        let present = selected.exists - known.ghosts - look.arrivals.count - look.below.count
        guard present >= 0, present <= known.count else { return nil }
        let left = known.count - present
        if left == 0, look.arrivals.isEmpty, known.isComplete, look.end == known.next { return .unchanged }

        guard let (gone, ghosts) = try await gone(left, known, selected) else { return nil }
        // A count that was right by chance, as one came and another left, must not make the server forget what vanished.
        let modSequence = look.sawTransients ? nil : selected.highestModSequence
        try await report(
            gone, look, known: known, modSequence: modSequence, ghosts: ghosts, sawTransients: look.sawTransients)
        return .complete
    }

    private func look(since known: IMAPCheckpoint, _ selected: SelectedMailbox) async throws -> Look {
        let end: UInt32
        if let told = selected.uidNext {
            end = told
        } else {
            let last = try await connection.plausibleSearch("UID \(known.next):*").max
            end = max(known.next, try Plausibility.next(after: last))
        }
        var arrivals = UIDSet()
        if end > known.next {
            arrivals = try await connection.plausibleSearch(
                "UID \(known.next):\(end - 1)", within: known.next...(end - 1))
        }
        var below = UIDSet()
        if known.low > 1 {
            below = try await connection.plausibleSearch("UID 1:\(known.low - 1)", within: 1...(known.low - 1))
        }
        let sawTransients = Int(end - known.next) > arrivals.count
        var after = await connection.session.selected
        // One may have left between the count and the search, and be counted; most servers tell that only when nothing
        // is asked.
        if sawTransients { after = try await connection.noop() }
        return Look(
            end: end, arrivals: arrivals, below: below, sawTransients: sawTransients,
            isSteady: after?.expungedWhileSelected == selected.expungedWhileSelected
                && (selected.uidNext != nil || after?.exists == selected.exists))
    }

    /// Which messages left, `left` of them by the counts, and how many are counted and are not there. Nil when the
    /// server's answers do not agree.
    private func gone(
        _ left: Int, _ known: IMAPCheckpoint, _ selected: SelectedMailbox
    ) async throws -> (Gone, ghosts: Int)? {
        if left == 0 { return (.none, known.ghosts) }
        guard known.next > known.low else { return nil }
        let range = known.low...(known.next - 1)
        let vanished = selected.vanished.intersection(range)
        if passesOnVanished, known.modSequence != nil, known.ghosts == 0, vanished.count == left {
            return (.reported(vanished.uids.map(RemoteMessageID.init(uid:)), total: left), 0)
        }
        let session = await connection.session
        if known.ghosts > 0 || session.can(.esearch) || session.can(.imap4rev2) {
            return try await listed(known, range)
        }
        // Asking only after what is mirrored: the cost follows the mirror and not the mailbox.
        let asked = UIDSet(try await mirrored().compactMap(\.uid)).intersection(range)
        let absent = try await Absence.confirm(asked, connection)
        guard absent.count <= left else { return nil }
        return (.confirmed(absent.uids.map(RemoteMessageID.init(uid:)), total: left), 0)
    }

    /// Which messages left by a listing of the folder.
    private func listed(_ known: IMAPCheckpoint, _ range: ClosedRange<UInt32>) async throws -> (Gone, ghosts: Int)? {
        var listing = try await CompleteListing.read(connection, folder: folder, ghosts: known.ghosts)
        let absent = listing.isComplete ? [] : try await absent(from: &listing, within: range)
        let total = known.count - listing.uids.intersection(range).count
        guard total >= absent.count else { return nil }
        return listing.isComplete
            ? (.allExcept(.uids(listing.uids.ranges), total: total), 0)
            : (.confirmed(absent, total: total), listing.ghosts)
    }

    private func report(
        _ gone: Gone, _ look: Look, known: IMAPCheckpoint, modSequence: UInt64?, ghosts: Int, sawTransients: Bool
    ) async throws {
        var position = known
        position.modSequence = modSequence
        position.ghosts = ghosts
        position.count -= gone.total
        let (arrivals, below) = (look.arrivals, look.below)
        if arrivals.isEmpty {
            position.next = look.end
            if !known.isComplete {
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
            let isLast = index == windows.count - 1
            position.next = isLast ? look.end : try Plausibility.next(after: window.max)
            position.count += facts.present.count + facts.unreadable.count
            progress.position = position
            try await deliver(
                ChangePage(
                    present: facts.present, unreadable: facts.unreadable, gone: index == 0 ? gone : .none,
                    listed: isLast && position.isComplete ? position.count : listed,
                    processed: position.count, sawTransients: index == 0 && sawTransients,
                    isScanComplete: position.isComplete,
                    checkpoint: try position.checkpoint))
        }
        if !known.isComplete { try await readDown(from: progress.position, rest: below, first: nil) }
    }
}
