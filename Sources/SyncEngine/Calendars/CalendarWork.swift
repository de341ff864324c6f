import CRM
import Foundation
import Mirror
import Store

/// Keeps a calendar as the activities of its owner are, for as long as the session of the mailbox holds. Its failures are
/// no concern of the mail.
struct CalendarWork: Sendable {
    let context: MailboxContext
    let target: any CalendarTarget

    /// What nobody told of is looked at after this time.
    private static let longestPause = Duration.seconds(300)
    /// The outbox is not read more often, however much mail moves.
    private static let shortestPause = Duration.milliseconds(200)

    func run() async throws {
        let wake = WakeSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await push(wake) }
            group.addTask {
                for await _ in await context.changes() { wake.set() }
                // The feed ends with the program; until then, time alone wakes.
                try await Task.sleep(for: .seconds(86_400 * 365))
            }
            try await group.next()
            group.cancelAll()
        }
        throw CancellationError()
    }

    private func push(_ wake: WakeSignal) async throws {
        let push = CalendarPush(
            organization: context.organization, mailbox: context.mailbox, database: context.database, target: target,
            now: context.now, committed: context.committed, logger: context.logger)
        var failures = 0
        while !Task.isCancelled {
            do {
                let rest = try await push.pass()
                failures = 0
                try await Task.sleep(for: Self.shortestPause)
                let pause = rest.next.map { Duration.seconds(max($0 - context.now(), 1)) } ?? Self.longestPause
                await wake.wait(limit: min(pause, Self.longestPause))
            } catch let error as SourceError {
                // The mail finds out by itself that somebody has to sign in, and says so.
                if Task.isCancelled { throw CancellationError() }
                failures += 1
                context.logger.info("a calendar could not be written", metadata: ["error": "\(error)"])
                try await push.tell(error.sentence)
                var pause = Backoff.mailbox.seconds(attempt: failures, random: .random(in: 0..<1))
                if case .throttled(_, let seconds?) = error { pause = max(pause, Double(seconds)) }
                try await Task.sleep(for: .seconds(pause))
            }
        }
        throw CancellationError()
    }
}
