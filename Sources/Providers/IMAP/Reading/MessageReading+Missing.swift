import IMAP
import Mirror
import Wording

/// When something is missing from pages.
extension MessageReading {
    /// Messages whose headers are asked for at once.
    private static let headerWindow = 200

    /// Describes what the pages lack, that of all of them together.
    func complete(_ drafts: inout [Draft], items: String) async throws {
        if drafts.isEmpty { return }
        var halving = Halving(described: drafts.reduce(0) { $0 + $1.outcome.present.count })
        let missing = UIDSet(ranges: drafts.flatMap(\.missing.ranges))
        if !missing.isEmpty {
            interruptions.begin(missing)
            try await halve(try await stillThere(missing), items: items, &halving)
        }
        // Addresses may have been lost on the way into ENVELOPE.
        let bare = halving.found.filter { $0.value.headers.hasNoAddress }.map(\.key)
        try await readHeaders(UIDSet(ranges: drafts.flatMap(\.bare.ranges)).union(UIDSet(bare)), drafts, &halving)
        for index in drafts.indices { halving.complete(&drafts[index]) }
    }

    private func readHeaders(_ uids: UIDSet, _ drafts: [Draft], _ halving: inout Halving) async throws {
        if uids.isEmpty { return }
        var stableIDs: [UInt32: String] = [:]
        for fact in drafts.flatMap(\.outcome.present) + halving.found.values {
            if let uid = fact.id.uid, uids.contains(uid) { stableIDs[uid] = fact.stableID }
        }
        for window in uids.windows(of: Self.headerWindow) {
            interruptions.begin(window)
            let headers = try await connection.fetch(FetchRequest(window, Facts.headerItems))
            for message in headers.messages {
                guard let uid = message.uid, let fact = Facts.factFromHeader(message, stableID: stableIDs[uid]) else {
                    continue
                }
                halving.found[uid] = fact
            }
        }
    }

    private func halve(_ uids: UIDSet, items: String, _ halving: inout Halving) async throws {
        var open = [uids]
        while let window = open.popLast() {
            if window.isEmpty { continue }
            interruptions.begin(window)
            let page = try await connection.fetch(FetchRequest(window, items))
            try demandAnswer(page)
            halving.take(page.messages.compactMap(Facts.fact))
            let rest = window.subtracting(UIDSet(halving.found.keys))
            if rest.isEmpty { continue }
            if rest.count == 1 {
                try await readAlone(rest, &halving)
                continue
            }
            var low = rest
            let high = low.takeHighest((rest.count + 1) / 2)
            open += [low, high]
        }
    }

    /// One message that the server does not describe: its header may still be had.
    private func readAlone(_ uid: UIDSet, _ halving: inout Halving) async throws {
        interruptions.begin(uid)
        let page = try await connection.fetch(FetchRequest(uid, Facts.headerItems))
        try demandAnswer(page)
        let facts = page.messages.compactMap { Facts.factFromHeader($0, stableID: nil) }
        if !facts.isEmpty { return halving.take(facts) }
        // It may have left just now.
        guard try await !stillThere(uid).isEmpty, let id = uid.min else { return }
        let refusal = page.status.status == .ok ? nil : CommandRefusal(page)
        try halving.fail(id, refusal: refusal, isGarbled: !page.unparsable.isEmpty)
    }

    /// A server that wants fewer requests is not asked by halves.
    private func demandAnswer(_ page: FetchedPage) throws {
        guard page.status.status != .ok else { return }
        let refusal = CommandRefusal(page)
        if refusal.asksForPause { throw IMAPError.refused(refusal) }
    }
}

/// What asking again by halves has turned up.
private struct Halving {
    /// Messages that the server described before.
    let described: Int
    var found: [UInt32: MessageFact] = [:]
    private var unreadable: [UInt32: UnreadableMessage] = [:]
    /// Messages in a row that were refused for the moment, with nothing described in between.
    private var refusedInARow = 0

    /// So many messages in a row are not all bad: the server has a trouble that is not theirs.
    private static let hopeless = 5

    init(described: Int) { self.described = described }

    mutating func take(_ facts: [MessageFact]) {
        for fact in facts { if let uid = fact.id.uid { found[uid] = fact } }
        if !facts.isEmpty { refusedInARow = 0 }
    }

    /// One message cannot be read.
    /// - Throws: when it is no message's fault.
    mutating func fail(_ uid: UInt32, refusal: CommandRefusal?, isGarbled: Bool) throws {
        if let refusal, refusal.isTemporary {
            refusedInARow += 1
            if refusedInARow >= Self.hopeless { throw IMAPError.refused(refusal) }
        }
        let reason: Phrase =
            isGarbled
            ? "The server describes this message in a way that is not understood."
            : "The server lists this message and does not describe it."
        unreadable[uid] = UnreadableMessage(id: RemoteMessageID(uid: uid), reason: reason)
        if unreadable.count >= Self.hopeless, found.isEmpty, described == 0 {
            throw SourceError.folderUnreadable("The server does not describe the messages of this folder.")
        }
    }

    /// Puts into a page what belongs there.
    func complete(_ draft: inout MessageReading.Draft) {
        for (index, fact) in draft.outcome.present.enumerated() {
            if let uid = fact.id.uid, draft.bare.contains(uid), let better = found[uid] {
                draft.outcome.present[index] = better
            }
        }
        for uid in draft.missing.uids {
            if let fact = found[uid] { draft.outcome.present.append(fact) }
            if let message = unreadable[uid] { draft.outcome.unreadable.append(message) }
        }
    }
}
