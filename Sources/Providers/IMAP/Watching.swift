import IMAP
import Logging

/// Waits for news on a connection of its own: NOTIFY for all folders where the server has it, IDLE on the inbox
/// otherwise.
actor Watching {
    private let open: @Sendable () async throws -> IMAPConnection
    private let logger: Logger
    private var connection: IMAPConnection?
    private var openedAt = ContinuousClock.now
    /// The server has nothing of the kind; it is not signed in to again only to see that.
    private var isImpossible = false
    /// The server wants no further connection; until then it is not asked for one again.
    private var restsUntil: ContinuousClock.Instant?
    /// Connections in a row that ended soon after they began.
    private var shortLives = 0

    /// A connection that lived this long was a good one.
    private static let stableTime = Duration.seconds(300)

    init(open: @escaping @Sendable () async throws -> IMAPConnection, logger: Logger) {
        self.open = open
        self.logger = logger
    }

    /// - Returns: true when there may be news, false when `limit` passed.
    func wait(limit: Duration) async throws -> Bool {
        let end = ContinuousClock.now + limit
        if connection == nil {
            // Some servers let one in and hang up at once; knocking again at once would go on for ever.
            if shortLives > 1 {
                let pause = min(Duration.seconds(5 * (1 << min(shortLives, 6))), limit)
                try await Task.sleep(for: pause)
            }
            guard !isImpossible, restsUntil.map({ $0 < .now }) ?? true, let fresh = try await startUnlessRefused()
            else {
                try await Task.sleep(for: max(end - .now, .zero))
                return false
            }
            connection = fresh
            // What happened before the watch stood was told to nobody.
            return true
        }
        guard let current = connection else { return false }
        do {
            let hasNews = try await current.idle(limit: max(end - .now, .zero))
            if await current.session.notificationsOverflowed {
                connection = nil
                await current.logout()
                return true
            }
            return hasNews
        } catch {
            connection = nil
            await current.close()
            shortLives = openedAt.duration(to: .now) < Self.stableTime ? shortLives + 1 : 0
            // Servers end IDLE as they please; that is no failure, and something may have happened.
            if error is CancellationError || Task.isCancelled { throw error }
            logger.debug("The watching connection ended", metadata: ["error": "\(error)"])
            return true
        }
    }

    /// Nil where the server lets nobody watch, now or at all.
    private func startUnlessRefused() async throws -> IMAPConnection? {
        do {
            let fresh = try await start()
            isImpossible = fresh == nil
            return fresh
        } catch let refusal as FurtherConnectionRefused {
            logger.info("Watching is given up for a while", metadata: ["error": "\(refusal.cause)"])
            restsUntil = .now + FurtherConnectionRefused.memory
            return nil
        }
    }

    /// Nil where the server can do nothing of the kind.
    private func start() async throws -> IMAPConnection? {
        let fresh = try await open()
        openedAt = .now
        guard await fresh.session.can(.idle) else {
            await fresh.logout()
            return nil
        }
        if try await !fresh.notifyOfAllMailboxes() { _ = try await fresh.examine(.inbox) }
        return fresh
    }

    func close() async {
        let ending = connection
        connection = nil
        await ending?.close()
    }
}
