import Mirror

extension FolderScan {
    /// What changes mean.
    struct News {
        var facts: [MessageFact] = []
        var unreadable: [UnreadableMessage] = []
        /// Messages that are reported and not in the mirror: new ones, and those without a contact that changed.
        var arrivals = 0
        /// Those among them of which the delta does not tell the one from the other.
        var ambiguous = 0
        /// Of the mirror, by a search since the last reading, and told of now: they may or may not be counted.
        var foundBefore = 0
        /// Of the mirror, and not here any more.
        var gone: [RemoteMessageID] = []
        /// Said to have left, and not in the mirror.
        var strangers: [RemoteMessageID] = []
        var sawTransients = false
        /// Messages whose place was known from elsewhere, and is clear now.
        var met: Set<RemoteMessageID> = []
        /// Found by a search since the last reading.
        var found: Set<RemoteMessageID> = []
        /// Of the mirror, and here by their own word only.
        var watched: Set<RemoteMessageID> = []

        /// By how many messages the folder is larger than before, where its count after that is given: of the
        /// ambiguous, as many are new as the count has room for.
        func difference(from before: Int, to total: Int) -> Int {
            let certain = arrivals - ambiguous - gone.count - strangers.count
            return certain + min(max(total - before - certain, 0), ambiguous + foundBefore)
        }
    }

    /// - Parameter watched: messages to ask after in any case; nil where more pages follow.
    func news(
        of items: ChangedItems, isLean: Bool, _ reported: inout Set<UInt64>, _ watched: [String]?
    ) async throws -> News {
        var news = News()
        let elsewhere = watched == nil ? [] : await tree.expected(in: folder.id)
        let found = watched == nil ? [] : await tree.found(in: folder.id)
        if items.isEmpty, elsewhere.isEmpty, found.isEmpty, watched?.isEmpty ?? true { return news }
        let known = Set(try await mirrored())
        var facts = items.facts
        let whole = Set(facts.map(\.id))
        var asked = items.undescribed(isLean: isLean)
        let removed = items.removed
        news.strangers = removed.filter { !known.contains($0) && !elsewhere.contains($0) }
        let told = Set(facts.map(\.id) + asked)
        let hints = removed.filter { known.contains($0) || elsewhere.contains($0) }
        // What a search found here since the last reading may have come and gone between two of the folder's changes.
        let guarded = found.union((watched ?? []).map { RemoteMessageID($0) }).intersection(known).subtracting(told)
        asked += Set(hints).union(elsewhere.subtracting(told)).union(guarded)
        let hinted = Set(hints).union(guarded)
        for (id, presence) in try await presence(of: asked) {
            switch presence {
            case .here(let fact):
                facts.append(fact)
                let isAsked = !found.contains(id) || hints.contains(id)
                if isAsked, known.contains(id) || elsewhere.contains(id), !told.contains(id) { news.watched.insert(id) }
            case .unreadable(let message):
                if known.contains(id), hinted.contains(id) { news.watched.insert(id) }
                if !known.contains(id), !hinted.contains(id) { news.unreadable.append(message) }
            case .gone:
                if known.contains(id), hinted.contains(id) { news.gone.append(id) }
            case .elsewhere(let other, _):
                if known.contains(id) || elsewhere.contains(id), await expect(id, in: other) {
                    news.sawTransients = true
                }
                if known.contains(id), hinted.contains(id) { news.gone.append(id) }
            }
        }
        news.met = elsewhere
        news.found = found
        news.foundBefore = facts.count { found.contains($0.id) && known.contains($0.id) && whole.contains($0.id) }
        news.facts = facts.filter { fact in
            let isNew = reported.insert(fact.id.digest).inserted
            if isNew, !known.contains(fact.id) {
                news.arrivals += 1
                if !whole.contains(fact.id) { news.ambiguous += 1 }
            }
            return isNew
        }
        news.unreadable = news.unreadable.filter { reported.insert($0.id.digest).inserted }
        news.arrivals += news.unreadable.count
        return news
    }
}
