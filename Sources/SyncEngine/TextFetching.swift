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
        var pace = Pace(least: context.configuration.textBatch)
        while !Task.isCancelled {
            while let run = try await fetch(upTo: pace.count) { pace.record(run.texts, in: run.time) }
            await wanted.wait(limit: try await untilNextRetry())
        }
    }

    /// Texts whose time has come are looked for this often at least, whatever the clock did meanwhile.
    private static let retryInterval = Duration.seconds(60)

    private func untilNextRetry() async throws -> Duration {
        let (organization, mailbox, now) = (context.organization, context.mailbox, context.now())
        let next = try await context.read { try MessageTexts.nextRetry($0, organization, mailbox, after: now) }
        return next.map { min(.seconds($0 - now), Self.retryInterval) } ?? Self.retryInterval
    }

    struct Run {
        let texts: Int
        let time: Duration
    }

    /// - Returns: nil when there was nothing to fetch.
    func fetch(upTo limit: Int) async throws -> Run? {
        let began = ContinuousClock.now
        let (organization, mailbox, now) = (context.organization, context.mailbox, context.now())
        let (pending, folders) = try await context.read { tx in
            let pending = try MessageTexts.pending(tx, organization, mailbox, now: now, limit: limit)
            return (pending, pending.isEmpty ? [] : try Folders.list(tx, organization, mailbox))
        }
        if pending.isEmpty { return nil }
        let remotes = Dictionary(folders.map { ($0.id, $0.remote) }, uniquingKeysWith: { first, _ in first })
        for texts in Self.byFolder(pending) {
            guard let remote = remotes[texts[0].folder] else { continue }
            let byReference = Dictionary(
                texts.map { (RemoteReference(folder: remote, id: $0.remoteID), $0) },
                uniquingKeysWith: { first, _ in first })
            try await WriteBehind.during { writes in
                let storing = TextStoring(
                    context: context, pending: byReference, batch: context.configuration.textBatch, writes: writes)
                try await context.source.texts(of: Array(byReference.keys)) { try await storing.add($0, $1) }
                try await storing.finish()
            }
        }
        return Run(texts: pending.count, time: .now - began)
    }

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
}

/// How many texts are asked for in a row. Opening a large folder costs some servers as much as hundreds of texts, so those
/// of one folder are fetched together; but what comes meanwhile waits for the end of the run, so it has to be short.
struct Pace {
    private(set) var count: Int
    private let least: Int

    /// Seconds that a run may take, about.
    static let goal = 2.0
    /// Texts of a run at most, times the least.
    static let growth = 25

    init(least: Int) {
        self.least = least
        count = least
    }

    mutating func record(_ texts: Int, in time: Duration) {
        let fitting = Double(texts) / max(time / .seconds(1), 0.001) * Self.goal
        count = Int(min(max(fitting, Double(least)), Double(least * Self.growth)))
    }
}

extension FolderRow {
    /// As the provider knows the folder.
    var remote: RemoteFolder { RemoteFolder(id: remoteID, path: path, name: name, role: role, epoch: epoch) }
}
