import IMAP
import Mirror
import Synchronization

/// Describes messages of the selected mailbox. What a server leaves out is asked for again, by halves where it must be,
/// until the one bad message is found.
struct MessageReading: Sendable {
    let connection: IMAPConnection
    var interruptions = Interruptions()

    struct Outcome: Sendable {
        var present: [MessageFact] = []
        var unreadable: [UnreadableMessage] = []
    }

    /// Reads windows of UIDs that were listed a moment ago, in order.
    func read(_ windows: [UIDSet], deliver: @Sendable (Int, UIDSet, Outcome) async throws -> Void) async throws {
        let items = Facts.items(hasObjectID: await connection.session.can(.objectID))
        let deadly = interruptions.deadly
        let asked = windows.map { deadly.isEmpty ? $0 : $0.subtracting(Set(deadly.uids)) }
        var begin = 0
        while begin < windows.count {
            let offset = begin
            if asked[begin].isEmpty {
                try await deliver(begin, windows[begin], Outcome(unreadable: Self.spared(windows[begin], deadly)))
                begin += 1
                continue
            }
            let end = asked[begin...].firstIndex(where: \.isEmpty) ?? windows.count
            let next = Mutex(begin)
            let troubled = Mutex<FetchedPage?>(nil)
            interruptions.begin(asked[begin])
            try await connection.fetch(asked[offset..<end].map { FetchRequest($0, items) }) { page in
                guard var outcome = complete(page) else {
                    troubled.withLock { $0 = page }
                    return false
                }
                let index = offset + page.index
                outcome.unreadable += Self.spared(windows[index], deadly)
                try await deliver(index, windows[index], outcome)
                next.withLock { $0 = index + 1 }
                if index + 1 < end { interruptions.begin(asked[index + 1]) }
                return true
            }
            begin = next.withLock { $0 }
            if let page = troubled.withLock({ $0 }) {
                var outcome = try await resolve(page, items: items)
                outcome.unreadable += Self.spared(windows[begin], deadly)
                try await deliver(begin, windows[begin], outcome)
                begin += 1
            }
            interruptions.ended()
        }
    }

    private static func spared(_ window: UIDSet, _ deadly: UIDSet) -> [UnreadableMessage] {
        deadly.uids.filter(window.contains).map {
            UnreadableMessage(
                id: RemoteMessageID(uid: $0), reason: "The server hangs up when it is asked for this message.")
        }
    }

    /// Describes single messages; those that are not there are left out.
    func describe(_ uids: UIDSet) async throws -> Outcome {
        var result = Outcome()
        let collected = Mutex(Outcome())
        let existing = try await stillThere(uids)
        try await read(existing.windows(of: min(FolderScan.window, interruptions.limit))) { _, _, outcome in
            collected.withLock {
                $0.present += outcome.present
                $0.unreadable += outcome.unreadable
            }
        }
        result = collected.withLock { $0 }
        return result
    }

    /// Those of `uids` that stand in the mailbox now.
    func stillThere(_ uids: UIDSet) async throws -> UIDSet {
        var found = UIDSet()
        for window in uids.windows(of: 500) { found.formUnion(try await connection.search("UID \(window)")) }
        return UIDSet(found.uids.filter(uids.contains))
    }

    /// The facts, when the page tells all of every message that was asked for.
    private func complete(_ page: FetchedPage) -> Outcome? {
        var facts: [MessageFact] = []
        facts.reserveCapacity(page.messages.count)
        var seen: Set<UInt32> = []
        for message in page.messages {
            guard let fact = Facts.fact(message) else { continue }
            if fact.headers.hasNoAddress { return nil }
            if let uid = message.uid, seen.insert(uid).inserted { facts.append(fact) }
        }
        return seen.count == page.asked.count ? Outcome(present: facts) : nil
    }

    // MARK: When something is missing

    private func resolve(_ page: FetchedPage, items: String) async throws -> Outcome {
        var known: [UInt32: MessageFact] = [:]
        collect(page, &known)
        var missing = page.asked.subtracting(Set(known.keys))
        if !missing.isEmpty { missing = try await stillThere(missing) }
        var halving = Halving(windowSize: page.asked.count)
        try await halve(missing, items: items, known: &known, &halving)

        // Addresses may have been lost on the way into ENVELOPE.
        let bare = UIDSet(known.filter { $0.value.headers.hasNoAddress }.keys)
        for window in bare.windows(of: 200) {
            let headers = try await connection.fetch(FetchRequest(window, Facts.headerItems))
            for message in headers.messages {
                guard let uid = message.uid, let fact = Facts.factFromHeader(message, stableID: known[uid]?.stableID)
                else { continue }
                known[uid] = fact
            }
        }
        return Outcome(
            present: known.values.sorted { ($0.id.uid ?? 0) > ($1.id.uid ?? 0) }, unreadable: halving.unreadable)
    }

    private struct Halving {
        let windowSize: Int
        var unreadable: [UnreadableMessage] = []
        var successes = 0

        /// A server that describes none of so many messages has a trouble that is not theirs.
        var isHopeless: Bool { unreadable.count >= 5 && successes == 0 }
    }

    private func halve(
        _ uids: UIDSet, items: String, known: inout [UInt32: MessageFact], _ halving: inout Halving
    ) async throws {
        var open = [uids]
        while let window = open.popLast() {
            if window.isEmpty { continue }
            let page = try await connection.fetch(FetchRequest(window, items))
            if page.status.status != .ok { try demandLasting(page) }
            let before = known.count
            collect(page, &known)
            halving.successes += known.count - before
            let rest = window.subtracting(Set(known.keys))
            if rest.isEmpty { continue }
            if rest.count == 1 {
                try await readAlone(rest, &known, &halving)
                if halving.isHopeless {
                    throw SourceError.folderUnreadable("The server does not describe the messages of this folder.")
                }
                continue
            }
            var low = rest
            let high = low.takeHighest((rest.count + 1) / 2)
            open += [low, high]
        }
    }

    /// One message that the server does not describe: its header may still be had.
    private func readAlone(_ uid: UIDSet, _ known: inout [UInt32: MessageFact], _ halving: inout Halving) async throws {
        let page = try await connection.fetch(FetchRequest(uid, Facts.headerItems))
        if page.status.status != .ok { try demandLasting(page) }
        for message in page.messages {
            if let id = message.uid, let fact = Facts.factFromHeader(message, stableID: nil) {
                known[id] = fact
                halving.successes += 1
                return
            }
        }
        // It may have left just now.
        guard try await !stillThere(uid).isEmpty, let id = uid.min else { return }
        let reason =
            page.unparsable.isEmpty
            ? "The server lists this message and does not describe it."
            : "The server describes this message in a way that is not understood."
        halving.unreadable.append(UnreadableMessage(id: RemoteMessageID(uid: id), reason: reason))
    }

    /// A refusal that will pass is no message's fault.
    private func demandLasting(_ page: FetchedPage) throws {
        let refusal = CommandRefusal(
            command: "UID FETCH", status: page.status.status, code: page.status.code?.name, text: page.status.text)
        if refusal.isTemporary { throw IMAPError.refused(refusal) }
    }

    private func collect(_ page: FetchedPage, _ known: inout [UInt32: MessageFact]) {
        for message in page.messages {
            if let uid = message.uid, let fact = Facts.fact(message) { known[uid] = fact }
        }
    }
}
