import Database
import Logging
import ServiceLifecycle
import Store

/// Removes from time to time what has expired: sessions, sign-in links, changes that no open page asks for any more, old
/// imports, and the words of deleted emails from the index that they were searched by.
public struct Housekeeping: Service {
    let database: any Database
    let now: @Sendable () -> Int64
    let logger: Logger

    static let interval = Duration.seconds(600)

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var mergedAt: Int64?
            while !Task.isCancelled {
                await tidy()
                if mergedAt.map({ $0 + MessageIndexMerge.interval <= now() }) ?? true {
                    await mergeIndex()
                    mergedAt = now()
                }
                do {
                    try await Task.sleep(for: Self.interval)
                } catch {
                    return
                }
            }
        }
    }

    /// A failure is nothing lost: the next time does it.
    func tidy() async {
        let now = now()
        do {
            try await database.write { tx in
                try Sessions.prune(tx, now: now)
                try Invitations.prune(tx, now: now)
                try Changes.prune(tx, now: now)
                try ContactImports.prune(tx, now: now)
            }
        } catch {
            logger.warning("expired rows could not be removed", metadata: ["error": "\(error)"])
        }
    }

    func mergeIndex() async {
        do {
            var isFirst = true
            while !Task.isCancelled {
                let hasMore = try await database.write { [isFirst] tx in
                    try MessageIndexMerge.step(tx, isFirst: isFirst)
                }
                if !hasMore { return }
                isFirst = false
                // Whoever waits to write comes first.
                try await Task.sleep(for: .milliseconds(50))
            }
        } catch is CancellationError {
            // The next time goes on.
        } catch {
            logger.warning("the index of emails could not be merged", metadata: ["error": "\(error)"])
        }
    }
}
