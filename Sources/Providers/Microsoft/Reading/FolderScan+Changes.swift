import Mirror

/// Since a checkpoint.
extension FolderScan {
    /// Changes that are kept in memory at most before they are told.
    private static let itemLimit = 2000
    /// Messages that are said to have left, are not in the mirror, and are asked after all the same where the counts do
    /// not agree.
    private static let doubtLimit = 1000
    /// Readings that may end with counts that do not agree, before the folder is read from the start. Graph's counts
    /// and deltas lag behind each other for some seconds.
    private static let patience = 3

    func readChanges(
        since start: MicrosoftCheckpoint, counts: (total: Int, unread: Int)
    ) async throws -> ChangesOutcome {
        let isLean = await tree.isLean(folder.id)
        var position = start
        var reported: Set<UInt64> = []
        var items = ChangedItems()
        var current = try await page(GraphTarget(path, query: start.link))
        items.add(current.value)
        while let link = try query(of: current.nextLink) {
            if items.count >= Self.itemLimit {
                position.link = link
                try await tell(try await news(of: items, isLean: isLean, &reported, nil), &position)
                items = ChangedItems()
            }
            current = try await page(GraphTarget(path, query: link))
            items.add(current.value)
        }
        position.link = try query(of: current.deltaLink) ?? ""
        var news = try await news(of: items, isLean: isLean, &reported, start.watched ?? [])
        var total = counts.total - position.ghosts
        if !agrees(news, position, total) { total = try await freshCount() - position.ghosts }
        if !agrees(news, position, total) {
            // The folder goes on changing, or counts and delta lag behind each other.
            (news, total) = try await lookAgain(items, isLean: isLean, &reported, news, start, &position)
        }
        if !agrees(news, position, total) { try await doubt(&news, position, total) }
        return try await settle(news, since: start, position, total: total, counts: counts)
    }

    private func agrees(_ news: News, _ position: MicrosoftCheckpoint, _ total: Int) -> Bool {
        let before = position.count - position.departed
        return before + news.difference(from: before, to: total) == total
    }

    private func settle(
        _ news: News, since start: MicrosoftCheckpoint, _ position: MicrosoftCheckpoint, total: Int,
        counts: (total: Int, unread: Int)
    ) async throws -> ChangesOutcome {
        var position = position
        let before = position.count
        let expected = before - position.departed
        position.note(total - expected - news.difference(from: expected, to: total))
        guard position.unexplained <= 0 || position.doubts < Self.patience else {
            await tree.mustRead(folder.id)
            return .checkpointUnusable(.countsDisagree)
        }
        guard position.watch(news.watched) else {
            await tree.mustRead(folder.id)
            return .checkpointUnusable(.countsDisagree)
        }
        position.departed = 0
        position.count = total
        let isNothing =
            news.facts.isEmpty && news.unreadable.isEmpty && news.gone.isEmpty && news.strangers.isEmpty
            && !news.sawTransients
        if position != start || !isNothing {
            // All that the folder does not count any more has left, also what nobody told of.
            let left = before + news.arrivals - total
            try await deliver(page(news, left: left, position))
        }
        await tree.met(news.met, found: news.found, in: folder.id)
        if position.unexplained <= 0 {
            await tree.read(folder.id, upTo: position.link, counts: counts)
        } else {
            await tree.mustRead(folder.id)
        }
        return position == start && isNothing ? .unchanged : .complete
    }

    /// Tells of some of many changes.
    private func tell(_ news: News, _ position: inout MicrosoftCheckpoint) async throws {
        // As if all were new; what is not is put right by the count at the end.
        let left = news.gone.count + news.strangers.count
        position.count += news.arrivals - left
        try await deliver(page(news, left: left, position))
    }

    private func page(_ news: News, left: Int, _ position: MicrosoftCheckpoint) throws -> ChangePage {
        ChangePage(
            present: news.facts, unreadable: news.unreadable,
            gone: left == 0 && news.gone.isEmpty ? .none : .reported(news.gone, total: left),
            listed: position.count, processed: position.count, sawTransients: news.sawTransients, isScanComplete: true,
            checkpoint: try position.checkpoint)
    }

    // MARK: Counts that do not agree

    private func lookAgain(
        _ items: ChangedItems, isLean: Bool, _ reported: inout Set<UInt64>, _ before: News,
        _ start: MicrosoftCheckpoint, _ position: inout MicrosoftCheckpoint
    ) async throws -> (News, total: Int) {
        var items = items
        let count = items.count
        var isNews = false
        var current = try await page(GraphTarget(path, query: position.link))
        while true {
            isNews = isNews || !current.value.isEmpty
            items.add(current.value)
            guard let link = try query(of: current.nextLink) else { break }
            current = try await page(GraphTarget(path, query: link))
        }
        position.link = try query(of: current.deltaLink) ?? ""
        let total = try await freshCount() - position.ghosts
        guard isNews || items.count != count else { return (before, total) }
        // All of it anew: what was told first may not hold any more.
        for fact in before.facts { reported.remove(fact.id.digest) }
        for message in before.unreadable { reported.remove(message.id.digest) }
        return (try await news(of: items, isLean: isLean, &reported, start.watched ?? []), total)
    }

    /// More messages are there than should be: some that are said to have left have not.
    private func doubt(_ news: inout News, _ position: MicrosoftCheckpoint, _ total: Int) async throws {
        let before = position.count - position.departed
        guard before + news.difference(from: before, to: total) < total, !news.strangers.isEmpty,
            news.strangers.count <= Self.doubtLimit
        else { return }
        var strangers: [RemoteMessageID] = []
        for (id, presence) in try await presence(of: news.strangers) {
            switch presence {
            // Counted before and forgotten by Graph, or new and never told of.
            case .here(let fact):
                news.facts.append(fact)
                news.arrivals += 1
                news.ambiguous += 1
            case .unreadable: continue
            case .gone, .elsewhere: strangers.append(id)
            }
        }
        news.strangers = strangers
    }
}
