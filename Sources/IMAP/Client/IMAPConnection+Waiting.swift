extension IMAPConnection {
    /// Waits until the server tells news of a mailbox, by IDLE (RFC 2177), which is issued again before the network
    /// forgets the connection.
    /// - Returns: whether there was news before `limit` passed.
    public func idle(limit: Duration) async throws -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + limit
        let before = session.news
        while clock.now < end {
            let isWhole = try await idleOnce(limit: min(end - clock.now, deadlines.idle), newsBefore: before)
            // What is not told any more may have happened.
            if session.news != before || session.notificationsOverflowed { return true }
            if !isWhole, clock.now < end { try await Task.sleep(for: min(end - clock.now, Self.pauseAfterEnding)) }
        }
        return false
    }

    /// A server that ends IDLE by itself is not asked again at once: it may do so each time.
    private static let pauseAfterEnding = Duration.seconds(1)

    /// - Returns: false where the server ended IDLE by itself.
    private func idleOnce(limit: Duration, newsBefore: Int) async throws -> Bool {
        let tag = session.makeTag()
        write(Array("\(tag) IDLE\r\n".utf8))
        waiting: while true {
            switch try await next(silence: deadlines.signIn) {
            case .continuation: break waiting
            case .tagged(tag, let status):
                _ = try checked(status, "IDLE")
                return false
            default: continue
            }
        }
        let clock = ContinuousClock()
        let end = clock.now + limit
        while session.news == newsBefore, !session.notificationsOverflowed, clock.now < end {
            do {
                if case .tagged(tag, let status) = try await nextUnlessQuiet(for: end - clock.now) {
                    // The server ended IDLE by itself.
                    _ = try checked(status, "IDLE")
                    return false
                }
            } catch IMAPError.timedOut {
                break
            }
        }
        write(Array("DONE\r\n".utf8))
        _ = try checked(await completion(of: tag, silence: deadlines.signIn), "IDLE")
        return true
    }

    /// Asks for news of all of the person's mailboxes on this connection (RFC 5465).
    /// - Returns: false where the server refuses, so that IDLE on one mailbox has to do.
    public func notifyOfAllMailboxes() async throws -> Bool {
        guard session.can(.notify) else { return false }
        do {
            try await run(Command("NOTIFY SET", "(personal (MessageNew MessageExpunge))"))
            return true
        } catch IMAPError.refused {
            return false
        }
    }
}
