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

    /// Pages that are held back at most, behind one of which something is missing, so that the server is kept busy
    /// meanwhile. They lie in memory.
    private static let heldLimit = 8
    /// The first pages of a reading are waited for by people.
    private static let hurriedPages = 2

    /// Reads windows of UIDs that were listed a moment ago, in order.
    func read(_ windows: [UIDSet], deliver: @escaping @Sendable (Int, UIDSet, Outcome) async throws -> Void)
        async throws
    {
        let items = Facts.items(hasObjectID: await connection.session.can(.objectID))
        let deadly = interruptions.deadly
        let asked = windows.map { deadly.isEmpty ? $0 : $0.subtracting(deadly) }
        let give: @Sendable (Draft) async throws -> Void = { draft in
            let window = windows[draft.index]
            var outcome = draft.outcome
            outcome.unreadable += Self.spared(window, deadly)
            try await deliver(draft.index, window, outcome)
        }
        var begin = 0
        var runLength = windows.count
        while begin < windows.count {
            if asked[begin].isEmpty {
                try await give(Draft(index: begin))
                begin += 1
                continue
            }
            let limit = begin + min(runLength, windows.count - begin)
            let run = begin..<(asked[begin..<limit].firstIndex(where: \.isEmpty) ?? limit)
            var (held, next) = try await read(run, of: asked, items: items, give: give)
            try await complete(&held, items: items)
            interruptions.ended()
            for draft in held { try await give(draft) }
            begin = next
            // What lies under way when a run is broken off was sent for nothing, so the next one ends by itself.
            runLength = held.isEmpty ? windows.count : Self.heldLimit
        }
    }

    /// Reads windows one after the other until one has something missing, and then a few more.
    /// - Returns: the pages that were not given, and the window to go on with.
    private func read(
        _ run: Range<Int>, of asked: [UIDSet], items: String, give: @Sendable (Draft) async throws -> Void
    ) async throws -> (held: [Draft], next: Int) {
        let state = Mutex<(held: [Draft], next: Int)>(([], run.lowerBound))
        interruptions.begin(asked[run.lowerBound])
        try await connection.fetch(asked[run].map { FetchRequest($0, items) }) { page in
            let draft = Draft(index: run.lowerBound + page.index, page)
            if state.withLock({ $0.held.isEmpty }), draft.isWhole {
                try await give(draft)
            } else {
                state.withLock { $0.held.append(draft) }
            }
            state.withLock { $0.next = draft.index + 1 }
            if draft.index + 1 < run.upperBound { interruptions.begin(asked[draft.index + 1]) }
            let held = state.withLock { $0.held.count }
            return held < (draft.index < Self.hurriedPages ? 1 : Self.heldLimit)
        }
        return state.withLock { $0 }
    }

    private static func spared(_ window: UIDSet, _ deadly: UIDSet) -> [UnreadableMessage] {
        deadly.intersection(window).uids.map {
            UnreadableMessage(
                id: RemoteMessageID(uid: $0),
                reason: "The server hangs up or falls silent when it is asked for this message.")
        }
    }

    /// Describes single messages; those that are not there are left out.
    func describe(_ uids: UIDSet) async throws -> Outcome {
        let collected = Mutex(Outcome())
        let existing = try await stillThere(uids)
        try await read(existing.windows(of: min(FolderScan.window, interruptions.limit))) { _, _, outcome in
            collected.withLock {
                $0.present += outcome.present
                $0.unreadable += outcome.unreadable
            }
        }
        return collected.withLock { $0 }
    }

    /// Those of `uids` that stand in the mailbox now.
    func stillThere(_ uids: UIDSet) async throws -> UIDSet {
        uids.subtracting(try await Absence.confirm(uids, connection))
    }
}

extension MessageReading {
    /// A page as far as it is known.
    struct Draft: Sendable {
        let index: Int
        var outcome = Outcome()
        /// Asked for and not described.
        var missing = UIDSet()
        /// Described without any address.
        var bare = UIDSet()

        var isWhole: Bool { missing.isEmpty && bare.isEmpty }

        init(index: Int) { self.index = index }

        init(index: Int, _ page: FetchedPage) {
            self.index = index
            outcome.present.reserveCapacity(page.messages.count)
            var seen: Set<UInt32> = []
            var bare: [UInt32] = []
            for message in page.messages {
                guard let fact = Facts.fact(message), let uid = message.uid, seen.insert(uid).inserted else { continue }
                outcome.present.append(fact)
                if fact.headers.hasNoAddress { bare.append(uid) }
            }
            if seen.count < page.asked.count { missing = page.asked.subtracting(UIDSet(seen)) }
            self.bare = UIDSet(bare)
        }
    }
}
