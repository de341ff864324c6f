import Mirror

/// From the start: the first reading, after a lost checkpoint, and to check the mirror.
extension FolderScan {
    /// What has been read since this reading began.
    private struct Progress {
        var position: MicrosoftCheckpoint
        /// It goes on where an earlier one was cut off, so that ``seen`` is not all.
        let isResumed: Bool
        var seen: Set<UInt64> = []
        /// Said to have left since they were reported.
        var hints: Set<RemoteMessageID> = []
        var sawTransients = false
        var watched: Set<RemoteMessageID> = []
        /// Messages of the mirror that may be here or not.
        var assumed = 0
    }

    func readAll(
        from position: MicrosoftCheckpoint, counts: (total: Int, unread: Int)
    ) async throws -> ChangesOutcome {
        let isLean = await tree.isLean(folder.id)
        var progress = Progress(position: position, isResumed: !position.link.isEmpty)
        var current = try await page(
            target(position.link, isLean: isLean), size: progress.isResumed ? Self.pageSize : Self.firstPageSize)
        while let link = try query(of: current.nextLink) {
            let messages = current.value
            async let following = page(GraphTarget(path, query: link))
            let news = try await take(messages, isLean: isLean, &progress)
            progress.position.link = link
            try await deliver(
                ChangePage(
                    present: news.facts, unreadable: news.unreadable,
                    listed: max(counts.total, progress.position.count), processed: progress.position.count,
                    isScanComplete: false, checkpoint: try progress.position.checkpoint))
            current = try await following
        }
        return try await finish(current, isLean: isLean, counts, &progress)
    }

    /// Messages that were not reported before, in the order of the page.
    private func take(
        _ messages: [GraphMessage], isLean: Bool, _ progress: inout Progress
    ) async throws -> (facts: [MessageFact], unreadable: [UnreadableMessage]) {
        var items = ChangedItems()
        items.add(messages)
        var facts = items.facts
        var unreadable: [UnreadableMessage] = []
        for (_, presence) in try await presence(of: items.undescribed(isLean: isLean)) {
            switch presence {
            case .here(let fact): facts.append(fact)
            case .unreadable(let message): unreadable.append(message)
            case .gone, .elsewhere: continue
            }
        }
        progress.hints.subtract(facts.map(\.id))
        facts = facts.filter { progress.seen.insert($0.id.digest).inserted }
        unreadable = unreadable.filter { progress.seen.insert($0.id.digest).inserted }
        for id in items.removed where progress.isResumed || progress.seen.contains(id.digest) {
            progress.hints.insert(id)
        }
        progress.position.count += facts.count + unreadable.count
        for fact in facts {
            guard let oldest = progress.position.oldest else { break }
            progress.position.oldest = fact.internalDate <= oldest ? fact.internalDate : nil
        }
        return (facts, unreadable)
    }

    private func finish(
        _ last: GraphPage<GraphMessage>, isLean: Bool, _ counts: (total: Int, unread: Int), _ progress: inout Progress
    ) async throws -> ChangesOutcome {
        var news = try await take(last.value, isLean: isLean, &progress)
        progress.position.link = try query(of: last.deltaLink) ?? ""
        var total = try await freshCount()
        if total != progress.position.count - progress.hints.count {
            // What came and went while it was read.
            var current = try await page(GraphTarget(path, query: progress.position.link))
            while true {
                let more = try await take(current.value, isLean: isLean, &progress)
                news.facts += more.facts
                news.unreadable += more.unreadable
                guard let link = try query(of: current.nextLink) else { break }
                current = try await page(GraphTarget(path, query: link))
            }
            progress.position.link = try query(of: current.deltaLink) ?? ""
            total = try await freshCount()
        }
        if progress.isResumed, total != progress.position.count - progress.hints.count {
            // What was told before it was cut off may have been told again since, or may have left.
            await tree.mustRead(folder.id)
            return .checkpointUnusable(.countsDisagree)
        }
        let isCertain = try await compare(total, &news, &progress)
        let gone = try await departures(isCertain: isCertain, &news, &progress)
        progress.position.isScanned = true
        let surplus = total - (progress.position.count - progress.position.departed)
        progress.position.ghosts = surplus < 0 ? min(surplus + progress.assumed, 0) : surplus
        progress.position.oldest = nil
        progress.position.watch(progress.watched)
        try await deliver(
            ChangePage(
                present: news.facts, unreadable: news.unreadable, gone: gone, listed: progress.position.count,
                processed: progress.position.count, sawTransients: progress.sawTransients, isScanComplete: true,
                checkpoint: try progress.position.checkpoint))
        if progress.position.departed == 0 {
            await tree.read(folder.id, upTo: progress.position.link, counts: (total, counts.unread))
        } else {
            await tree.mustRead(folder.id)
        }
        return .complete
    }

    /// Where the folder counts other than its delta told, its listing is asked as well.
    /// - Returns: whether what was not seen is not there, as far as two answers that agree tell.
    private func compare(
        _ total: Int, _ news: inout (facts: [MessageFact], unreadable: [UnreadableMessage]), _ progress: inout Progress
    ) async throws -> Bool {
        if progress.isResumed { return false }
        if total == progress.position.count - progress.hints.count { return true }
        let listed: [RemoteMessageID]
        do {
            listed = try await CompleteListing(graph: graph, folder: folder).read()
        } catch SourceError.folderUnreadable {
            return false
        }
        let untold = listed.filter { !progress.seen.contains($0.digest) }
        for (id, presence) in try await presence(of: untold) {
            switch presence {
            case .here(let fact):
                news.facts.append(fact)
                // The folder's changes go on from before it came.
                await tree.expect(id, in: folder.id)
            case .unreadable(let message): news.unreadable.append(message)
            case .gone, .elsewhere: continue
            }
            progress.seen.insert(id.digest)
            progress.position.count += 1
        }
        return true
    }

    /// Which messages of the mirror do not stand here any more. Each is asked after.
    private func departures(
        isCertain: Bool, _ news: inout (facts: [MessageFact], unreadable: [UnreadableMessage]),
        _ progress: inout Progress
    ) async throws -> Gone {
        let known = Set(try await mirrored())
        let unseen = known.filter { !progress.seen.contains($0.digest) }
        var gone: [RemoteMessageID] = []
        for (id, presence) in try await presence(of: Array(progress.hints.union(unseen))) {
            let wasReported = progress.hints.contains(id)
            switch presence {
            case .here(let fact):
                // Graph had forgotten it. What an earlier reading counted is counted.
                if !wasReported, !progress.isResumed { progress.position.count += 1 }
                if !wasReported { news.facts.append(fact) }
                if known.contains(id) { progress.watched.insert(id) }
                progress.seen.insert(id.digest)
            case .unreadable:
                // Nobody knows; it stays until somebody does.
                if !wasReported, !progress.isResumed {
                    progress.position.count += 1
                    progress.assumed += 1
                }
                progress.seen.insert(id.digest)
                if known.contains(id) { progress.watched.insert(id) }
            case .gone:
                leave(id, wasReported, known, &gone, &progress)
            case .elsewhere(let other, _):
                if known.contains(id), await expect(id, in: other) { progress.sawTransients = true }
                leave(id, wasReported, known, &gone, &progress)
            }
        }
        guard known.isEmpty, !progress.isResumed else { return .confirmed(gone, total: 0) }
        return isCertain ? .allExcept(.digests(progress.seen), total: 0) : .none
    }

    private func leave(
        _ id: RemoteMessageID, _ wasReported: Bool, _ known: Set<RemoteMessageID>, _ gone: inout [RemoteMessageID],
        _ progress: inout Progress
    ) {
        progress.seen.remove(id.digest)
        if known.contains(id) { gone.append(id) }
        guard wasReported else { return }
        // A message without a contact is nowhere but in the count, and taken off it by the next reading.
        if known.contains(id) { progress.position.count -= 1 } else { progress.position.departed += 1 }
    }
}
