import CRM
import Database
import Logging
import Mirror
import Store
import Synchronization

/// Keeps one mailbox mirrored for as long as it runs: connects, reads, waits for changes, and starts over after every
/// failure. What happens to it concerns no other mailbox.
final class MailboxTask: Sendable {
    private let row: MailboxRow
    private let services: EngineServices
    private let wake = WakeSignal()
    private let restart = WakeSignal()
    private let textsWanted = WakeSignal()
    private let parking = FolderParking()
    private let requests = Mutex(Requests())
    private let checks = Mutex(Checks())
    private let open = Mutex<MailboxSession?>(nil)
    private let logger: Logger

    private struct Requests {
        var check = false
        /// A person asked to try now.
        var now = false
    }

    init(row: MailboxRow, services: EngineServices) {
        self.row = row
        self.services = services
        var logger = services.logger
        logger[metadataKey: "mailbox"] = .string(row.id.description)
        self.logger = logger
    }

    /// Looks at the mailbox now, also when it waits for a retry.
    func syncNow() {
        requests.withLock { $0.now = true }
        wake.set()
    }

    /// The credentials or the settings changed: whatever goes on with the old ones ends.
    func signInAgain() {
        restart.set()
        syncNow()
    }

    /// Compares the mirror with the whole mailbox, as soon as possible.
    func check() {
        requests.withLock {
            $0.check = true
            $0.now = true
        }
        wake.set()
    }

    /// What is open at the provider at present. Some let nobody in a second time.
    var session: MailboxSession? { open.withLock { $0 } }

    /// Contacts or rules changed.
    func addressBookChanged() { wake.set() }

    // MARK: The life of the task

    /// Runs until cancelled.
    func run() async {
        var failures = 0
        while !Task.isCancelled {
            // What is asked for from here on is not lost, whenever it comes.
            requests.withLock { $0.now = false }
            restart.clear()
            let began = ContinuousClock.now
            let outcome = await session()
            if Task.isCancelled { return }
            if outcome is SettingsChanged {
                failures = 0
                continue
            }
            // A connection that held for a while was a good one: the next failure starts counting anew.
            failures = began.duration(to: .now) > .seconds(300) ? 1 : failures + 1
            let pause = await report(outcome, failures: failures)
            // An attempt that a person asks for does not make the next pause longer.
            if await waitForRetry(pause) { failures -= 1 }
        }
    }

    private struct SettingsChanged: Error {}

    /// One life of a connection; ends with the error that ended it.
    private func session() async -> any Error {
        do {
            let session = try await services.session(for: row)
            let context = services.context(for: row, source: session.source, logger: logger)
            open.withLock { $0 = session }
            let result = await run(context, session.calendar)
            open.withLock { $0 = nil }
            await session.source.close()
            return result
        } catch {
            return error
        }
    }

    private func run(_ context: MailboxContext, _ calendar: (any CalendarTarget)?) async -> any Error {
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.mirror(context) }
            group.addTask { try await TextFetching(context: context, wanted: self.textsWanted).run() }
            group.addTask { await self.watch(context) }
            if let calendar {
                group.addTask { try await CalendarWork(context: context, target: calendar).run() }
            }
            group.addTask {
                await self.restart.wait()
                if !Task.isCancelled { throw SettingsChanged() }
            }
            do {
                // None of them ends by itself but by an error or by cancellation.
                try await group.next()
                group.cancelAll()
                return CancellationError()
            } catch {
                group.cancelAll()
                return error
            }
        }
    }

    /// Waits for the provider to say that something changed. When waiting itself fails, the poll goes on without it.
    private func watch(_ context: MailboxContext) async {
        var failures = 0
        while !Task.isCancelled {
            do {
                _ = try await context.source.waitForChange(limit: context.configuration.pollInterval)
                failures = 0
                wake.set()
            } catch {
                if Task.isCancelled { return }
                failures += 1
                context.logger.info("waiting for changes failed", metadata: ["error": "\(error)"])
                let pause = Backoff.mailbox.seconds(attempt: failures, random: .random(in: 0..<1))
                try? await Task.sleep(for: .seconds(pause))
            }
        }
    }

    private func mirror(_ context: MailboxContext) async throws {
        let texts = textsWanted
        let search = AddressSearch(context: context, textsWanted: { texts.set() })
        texts.set()
        var before = Duration.zero
        while !Task.isCancelled {
            let (changed, duration) = try await passes(context)
            if changed { checks.withLock { $0.mayDisagree = true } }
            try await search.backfill()
            try await search.retrySetAsides()
            if try await checkIsDue(context) { try await check(context) }
            // A single slow look says nothing about the mailbox: the machine was busy, or the program had just started.
            let pause = changed ? .zero : min(min(duration, before) * 10, Self.longestPause)
            before = duration
            await wake.wait(limit: max(context.configuration.pollInterval, pause))
        }
        throw CancellationError()
    }

    /// However long it takes to look at a mailbox, it is looked at again after this time.
    private static let longestPause = Duration.seconds(300)

    /// Looks at all folders, and again while messages that lost their place may have one that was looked at too early.
    ///
    /// - Returns: whether anything changed, and how long the last look took.
    private func passes(_ context: MailboxContext) async throws -> (changed: Bool, last: Duration) {
        let texts = textsWanted
        var changed = false
        var duration = Duration.zero
        for _ in 0..<context.configuration.passLimit {
            let began = ContinuousClock.now
            let report = try await MailboxPass(context: context, textsWanted: { texts.set() }, parking: parking).run()
            duration = began.duration(to: .now)
            changed = changed || report.changed || report.removed > 0
            let maySettle = report.isComplete && !report.isBlind && report.orphansRemain
            guard maySettle || report.folderWentMissing else { break }
        }
        return (changed, duration)
    }

    // MARK: Checks

    private struct Checks {
        /// When one was begun that has come to no end.
        var unfinished: ContinuousClock.Instant?
        /// Whether the sums have to be looked at.
        var mayDisagree = true
        /// Checks in a row that did not make the sums agree, and until when no further one is made for that.
        var inVain = 0
        var pausedUntil = ContinuousClock.now
    }

    /// A check that failed is begun again after this time at the earliest, unless a person asks: it costs a header scan of
    /// the whole mailbox.
    private static let checkPause = Duration.seconds(3600)

    private func checkIsDue(_ context: MailboxContext) async throws -> Bool {
        if requests.withLock({ $0.check }) { return true }
        let checks = checks.withLock { $0 }
        if let begun = checks.unfinished, begun.duration(to: .now) < Self.checkPause { return false }
        let (organization, mailbox) = (context.organization, context.mailbox)
        let interval = context.configuration.checkInterval.components.seconds
        let now = context.now()
        let isDue = try await context.read { tx in
            guard let row = try Mailboxes.find(tx, organization, mailbox) else { return false }
            return row.checksWanted > row.checksDone || now - (row.lastCheck?.finishedAt ?? row.createdAt) >= interval
        }
        if isDue { return true }
        guard checks.mayDisagree, checks.pausedUntil <= .now else { return false }
        let disagrees = try await sumsDisagree(context)
        self.checks.withLock { $0.mayDisagree = disagrees }
        return disagrees
    }

    private func sumsDisagree(_ context: MailboxContext) async throws -> Bool {
        let (organization, mailbox) = (context.organization, context.mailbox)
        return try await context.read { tx in
            try MailboxAccounting.folders(tx, organization, mailbox)
                .contains { $0.isScanned && $0.trouble == nil && !$0.accounting.addsUp }
        }
    }

    private func check(_ context: MailboxContext) async throws {
        let texts = textsWanted
        checks.withLock { $0.unfinished = .now }
        try await MirrorVerification(context: context, textsWanted: { texts.set() }, parking: parking).run()
        requests.withLock { $0.check = false }
        _ = try await passes(context)
        // A server whose counts are wrong is not read again and again.
        let disagrees = try await sumsDisagree(context)
        checks.withLock { checks in
            checks.unfinished = nil
            checks.inVain = disagrees ? checks.inVain + 1 : 0
            let pause = disagrees ? Backoff.disagreement.seconds(attempt: checks.inVain, random: 1) : 0
            checks.pausedUntil = .now + .seconds(pause)
        }
    }

    // MARK: Failures

    /// Tells the person, and returns how long to wait before the next attempt; nil when only a person can change
    /// something.
    private func report(_ error: any Error, failures: Int) async -> Duration? {
        let pause = Backoff.mailbox.seconds(attempt: failures, random: .random(in: 0..<1))
        let retryAt = services.now() + Int64(pause.rounded(.up))
        let status: MailboxStatus
        var wait: Duration? = .seconds(pause)
        switch error {
        case SourceError.signInNeeded(let reason):
            status = .signInNeeded(reason: reason.sentence)
            wait = nil
        case SourceError.misconfigured(let sentence):
            // The network between may be what is wrong, so it is tried again, slowly.
            status = .misconfigured(reason: sentence)
            wait = .seconds(max(pause, 300))
        case SourceError.throttled(let sentence, let seconds):
            let seconds = Double(seconds ?? 0)
            wait = .seconds(max(pause, seconds))
            status = .throttled(until: services.now() + Int64(max(pause, seconds).rounded(.up)), reason: sentence)
        case let error as SourceError:
            status = .retrying(at: retryAt, reason: error.sentence)
        case let error as DatabaseError:
            status = .retrying(at: retryAt, reason: error.sentence)
        default:
            status = .retrying(at: retryAt, reason: "Something went wrong on Mailcard's side. The log has the details.")
        }
        logger.warning(
            "mailbox is not synchronised at the moment",
            metadata: [
                "error": "\(error)", "retry-in": .string(wait.map { "\($0.components.seconds) s" } ?? "when asked"),
            ])
        await services.setStatus(row, status)
        return wait
    }

    /// - Returns: whether a person asked to try before the time had come.
    private func waitForRetry(_ pause: Duration?) async -> Bool {
        let deadline = pause.map { ContinuousClock.now.advanced(by: $0) }
        while !Task.isCancelled {
            if requests.withLock({ $0.now }) { return true }
            let rest = deadline.map { ContinuousClock.now.duration(to: $0) } ?? .seconds(3600)
            if rest <= .zero { return false }
            await wake.wait(limit: rest)
        }
        return false
    }
}
