import Database
import Logging
import ServiceLifecycle
import Store

/// Removes from time to time what has expired: sessions, sign-in links, and changes that no open page asks for any more.
public struct Housekeeping: Service {
    let database: any Database
    let now: @Sendable () -> Int64
    let logger: Logger

    static let interval = Duration.seconds(600)

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await tidy()
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
            }
        } catch {
            logger.warning("expired rows could not be removed", metadata: ["error": "\(error)"])
        }
    }
}
