import CRM
import Mail

/// Decides what a page of facts means for the mirror. Pure: facts, the rows that concern them and the address book in,
/// a plan out.
public struct Planner: Sendable {
    /// What the page was read for.
    public enum Purpose: Hashable, Sendable {
        /// Messages that were never reported before.
        case arrival
        /// Everything is read anew: the first sync, a lost checkpoint, a check of the mirror.
        case rescan
        /// Messages that were decided before, asked for again because the address book changed.
        case search
    }

    public let purpose: Purpose

    public init(purpose: Purpose) { self.purpose = purpose }

    /// - Parameter local: the rows for the messages that the page names, by ``LocalRows``.
    public func plan(_ decided: DecidedPage, local: LocalRows) -> PagePlan {
        let page = decided.page
        var plan = PagePlan()
        var planned: [MessageIdentity: Int] = [:]
        for message in decided.messages { place(message, local: local, planned: &planned, into: &plan) }
        for message in page.unreadable where local.locations[message.id] == nil && local.excluded[message.id] == nil {
            plan.setAsides.append(message)
            if purpose == .search { plan.noContact -= local.setAside.contains(message.id) ? 0 : 1 }
        }
        leave(page.gone, local: local, into: &plan)
        return plan
    }

    private func place(
        _ message: DecidedMessage, local: LocalRows, planned: inout [MessageIdentity: Int], into plan: inout PagePlan
    ) {
        let fact = message.fact
        let known = local.locations[fact.id]
        let wasExcluded = local.excluded[fact.id] != nil
        let wasSetAside = local.setAside.contains(fact.id)
        let wasDecided = known != nil || wasExcluded || wasSetAside
        if wasSetAside { plan.readableAgain.append(fact.id) }

        if wasExcluded {
            guard case .excluded(let rule, let addresses) = message.decision else {
                plan.notExcluded.append(fact.id)
                return settle(message, known: nil, wasDecided: true, local, &planned, &plan)
            }
            let excluded = ExcludedMessage(id: fact.id, rule: rule, addresses: addresses)
            if local.excluded[fact.id] != excluded { plan.excluded.append(excluded) }
            return
        }
        settle(message, known: known, wasDecided: wasDecided, local, &planned, &plan)
    }

    private func settle(
        _ message: DecidedMessage, known: StoredMessageID?, wasDecided: Bool, _ local: LocalRows,
        _ planned: inout [MessageIdentity: Int], _ plan: inout PagePlan
    ) {
        // A message that was decided as "no contact" is nowhere in the rows: in a search, an unknown message is one of
        // those.
        let countedBefore = purpose == .search && !wasDecided
        let fact = message.fact
        switch message.decision {
        case .noContact:
            if known != nil { plan.removedLocations.append(fact.id) }
            if !countedBefore { plan.noContact += 1 }
        case .excluded(let rule, let addresses):
            if known != nil { plan.removedLocations.append(fact.id) }
            plan.excluded.append(ExcludedMessage(id: fact.id, rule: rule, addresses: addresses))
            if countedBefore { plan.noContact -= 1 }
        case .matched(let matches):
            if countedBefore { plan.noContact -= 1 }
            if let known {
                if local.isStanding(fact) {
                    if let old = local.matches[known], Set(old) != Set(matches) {
                        plan.rematches.append(Rematch(message: known, matches: matches))
                    }
                    return
                }
                // The server has given the id to another message, against its word (RFC 9051, section 2.3.1.1).
                plan.removedLocations.append(fact.id)
            }
            guard let content = message.content else { return }
            let identity = content.identity
            if let existing = local.identities[identity] {
                plan.newLocations.append(NewLocation(id: fact.id, message: existing))
                if let old = local.matches[existing], Set(old) != Set(matches) {
                    plan.rematches.append(Rematch(message: existing, matches: matches))
                }
            } else if let index = planned[identity] {
                plan.inserts[index].ids.append(fact.id)
            } else {
                planned[identity] = plan.inserts.count
                plan.inserts.append(
                    NewMessage(ids: [fact.id], identity: identity, entry: content.entry, matches: matches))
            }
        }
    }

    private func leave(_ gone: Gone, local: LocalRows, into plan: inout PagePlan) {
        let total: Int
        let left: (RemoteMessageID) -> Bool
        switch gone {
        case .none:
            return
        case .reported(let ids, let count), .confirmed(let ids, let count):
            let set = Set(ids)
            left = { set.contains($0) }
            total = count
        case .allExcept(let listing, let count):
            left = { !listing.contains($0) }
            total = count
        }
        let locations = local.locations.keys.filter(left)
        let excluded = local.excluded.keys.filter(left)
        let setAside = local.setAside.filter(left)
        plan.removedLocations += locations.sorted { $0.rawValue < $1.rawValue }
        plan.notExcluded += excluded
        plan.readableAgain += setAside
        if purpose != .rescan { plan.noContact -= total - locations.count - excluded.count - setAside.count }
    }
}

/// The rows of one folder that a page of facts concerns.
public struct LocalRows: Sendable {
    /// Where the messages that the page names stand in the mirror. When the page says that messages left, all rows of
    /// the folder are here.
    public var locations: [RemoteMessageID: StoredMessageID]
    public var excluded: [RemoteMessageID: ExcludedMessage]
    public var setAside: Set<RemoteMessageID>
    /// Messages of the mailbox, in whatever folder, that are the same as one of the page.
    public var identities: [MessageIdentity: StoredMessageID]
    /// The contacts on whose cards the messages above stand now.
    public var matches: [StoredMessageID: [ContactMatch]]
    /// What tells that the messages at `locations` are those that the provider describes; for a rescan.
    public var names: [StoredMessageID: MessageName]

    public init(
        locations: [RemoteMessageID: StoredMessageID] = [:], excluded: [RemoteMessageID: ExcludedMessage] = [:],
        setAside: Set<RemoteMessageID> = [], identities: [MessageIdentity: StoredMessageID] = [:],
        matches: [StoredMessageID: [ContactMatch]] = [:], names: [StoredMessageID: MessageName] = [:]
    ) {
        self.locations = locations
        self.excluded = excluded
        self.setAside = setAside
        self.identities = identities
        self.matches = matches
        self.names = names
    }

    /// Whether the message stands in the mirror at its place, and is the one that was found there before.
    public func isStanding(_ fact: MessageFact) -> Bool {
        guard let known = locations[fact.id] else { return false }
        return names[known]?.fits(fact) ?? true
    }
}
