import CRM
import Database
import Logging
import Mirror
import Store
import Synchronization

/// Fetches the texts of mirrored messages, newest first, beside the reading of folders.
struct TextFetching: Sendable {
    let context: MailboxContext
    /// Set when there may be texts to fetch.
    let wanted: WakeSignal

    /// Runs until cancelled or until the provider fails.
    func run() async throws {
        // Some may have been postponed when the program ended.
        var postponed: ContinuousClock.Instant? = .now + .seconds(Self.postponement)
        while !Task.isCancelled {
            let began = ContinuousClock.now
            while let batch = try await nextBatch() {
                if batch.hasUnanswered { postponed = .now + .seconds(Self.postponement) }
            }
            if let due = postponed, due <= began { postponed = nil }
            await wanted.wait(limit: postponed.map { max($0 - .now, .milliseconds(10)) } ?? Self.retryInterval)
        }
    }

    /// Failed texts whose time has come are looked for this often.
    private static let retryInterval = Duration.seconds(60)
    /// Seconds after which a message is asked for again that was not there the first time (``Backoff/unanswered``): time
    /// for its folder to be read.
    private static let postponement: Int64 = 2

    private struct Batch {
        let hasUnanswered: Bool
    }

    /// Fetches one batch; false when there was nothing to fetch.
    func fetchBatch() async throws -> Bool { try await nextBatch() != nil }

    private func nextBatch() async throws -> Batch? {
        let (organization, mailbox) = (context.organization, context.mailbox)
        let (now, size) = (context.now(), context.configuration.textBatch)
        let (pending, folders) = try await context.read { tx in
            let pending = try MessageTexts.pending(
                tx, organization, mailbox, now: now, limit: size * Self.batchesAhead)
            return (pending, pending.isEmpty ? [] : try Folders.list(tx, organization, mailbox))
        }
        if pending.isEmpty { return nil }
        let remotes = Dictionary(folders.map { ($0.id, $0.remote) }, uniquingKeysWith: { first, _ in first })
        var hasUnanswered = false
        for texts in Self.byFolder(pending) {
            for start in stride(from: 0, to: texts.count, by: size) {
                var byReference: [RemoteReference: PendingText] = [:]
                for text in texts[start..<min(start + size, texts.count)] {
                    guard let remote = remotes[text.folder] else { continue }
                    byReference[RemoteReference(folder: remote, id: text.remoteID)] = text
                }
                let outcomes = Outcomes()
                try await context.source.texts(of: Array(byReference.keys)) { reference, result in
                    outcomes.add(reference, result)
                }
                if try await store(outcomes.take(), byReference) { hasUnanswered = true }
            }
        }
        return Batch(hasUnanswered: hasUnanswered)
    }

    /// So many batches are looked up together, so that those of one folder are fetched in a row: opening a large folder costs some
    /// servers as much as a batch.
    private static let batchesAhead = 5

    /// The folder of the newest first, each with its texts newest first.
    private static func byFolder(_ pending: [PendingText]) -> [[PendingText]] {
        var order: [FolderID] = []
        var groups: [FolderID: [PendingText]] = [:]
        for text in pending {
            if groups[text.folder] == nil { order.append(text.folder) }
            groups[text.folder, default: []].append(text)
        }
        return order.compactMap { groups[$0] }
    }

    /// - Returns: whether some were not there.
    private func store(
        _ results: [RemoteReference: Result<FetchedText, TextFailure>], _ pending: [RemoteReference: PendingText]
    ) async throws -> Bool {
        let organization = context.organization
        let now = context.now()
        // An answer that is missing means that the message left its folder since. The folder's next reading finds out.
        let unanswered = pending.filter { results[$0.key] == nil }.map(\.value)
        for case (let reference, .failure(let failure)) in results {
            context.logger.warning(
                "text of a message cannot be read",
                metadata: [
                    "folder": .string(reference.folder.path), "id": .string(reference.id.rawValue),
                    "reason": .string(failure.reason),
                ])
        }
        try await context.write { tx in
            for (reference, result) in results {
                guard let text = pending[reference] else { continue }
                switch result {
                case .success(let fetched):
                    try MessageTexts.store(tx, organization, text.message, fetched, now: now)
                case .failure(let failure):
                    let attempts = text.attempts + 1
                    let pause = Int64(Backoff.message.seconds(attempt: attempts, random: 1))
                    try MessageTexts.fail(
                        tx, organization, text.message, reason: failure.reason, attempts: attempts,
                        retryAt: now + pause,
                        now: now)
                }
            }
            try MessageTexts.postpone(tx, organization, unanswered, now: now)
        }
        return !unanswered.isEmpty
    }

    private final class Outcomes: Sendable {
        private let results = Mutex<[RemoteReference: Result<FetchedText, TextFailure>]>([:])

        func add(_ reference: RemoteReference, _ result: Result<FetchedText, TextFailure>) {
            results.withLock { $0[reference] = result }
        }

        func take() -> [RemoteReference: Result<FetchedText, TextFailure>] { results.withLock { $0 } }
    }
}

extension FolderRow {
    /// As the provider knows the folder.
    var remote: RemoteFolder { RemoteFolder(id: remoteID, path: path, name: name, role: role, epoch: epoch) }
}
