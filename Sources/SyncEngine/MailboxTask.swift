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
    private let textsWanted = WakeSignal()
    private let parking = FolderParking()
    private let requests = Mutex(Requests())
    private let logger: Logger

    private struct Requests {
        var check = false
        /// The credentials or the settings changed, or a person asked to try now.
        var reconnect = false
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
        requests.withLock { $0.reconnect = true }
        wake.set()
    }

    /// Compares the mirror with the whole mailbox, as soon as possible.
    func check() {
        requests.withLock {
            $0.check = true
            $0.reconnect = true
        }
        wake.set()
    }

    /// Contacts or rules changed.
    func addressBookChanged() { wake.set() }

    // MARK: The life of the task

    /// Runs until cancelled.
    func run() async {
        var failures = 0
        while !Task.isCancelled {
            let began = ContinuousClock.now
            let outcome = await session()
            if Task.isCancelled { return }
            // A connection that held for a while was a good one: the next failure starts counting anew.
            failures = began.duration(to: .now) > .seconds(300) ? 1 : failures + 1
            let pause = await report(outcome, failures: failures)
            requests.withLock { $0.reconnect = false }
            await waitForRetry(pause)
        }
    }

    /// One life of a connection; ends with the error that ended it.
    private func session() async -> any Error {
        do {
            let source = try await services.source(for: row)
            let context = services.context(for: row, source: source, logger: logger)
            let result = await run(context)
            await source.close()
            return result
        } catch {
            return error
        }
    }

    private func run(_ context: MailboxContext) async -> any Error {
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.mirror(context) }
            group.addTask { try await TextFetching(context: context, wanted: self.textsWanted).run() }
            group.addTask { await self.watch(context) }
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
        let addressBook = SharedAddressBook()
        let texts = textsWanted
        let search = AddressSearch(context: context, addressBook: addressBook, textsWanted: { texts.set() })
        texts.set()
        while !Task.isCancelled {
            try await passes(context, addressBook)
            try await search.backfill()
            try await search.retrySetAsides()
            if try await checkIsDue(context) {
                try await MirrorVerification(
                    context: context, addressBook: addressBook, textsWanted: { texts.set() }, parking: parking
                ).run()
                try await passes(context, addressBook)
            }
            await wake.wait(limit: context.configuration.pollInterval)
        }
        throw CancellationError()
    }

    /// Looks at all folders, and again while messages that lost their place may have one that was looked at too early.
    private func passes(_ context: MailboxContext, _ addressBook: SharedAddressBook) async throws {
        let texts = textsWanted
        for _ in 0..<context.configuration.passLimit {
            let report = try await MailboxPass(
                context: context, addressBook: addressBook, textsWanted: { texts.set() }, parking: parking
            ).run()
            if !report.isComplete { return }
            guard report.orphansRemain || report.folderWentMissing else { return }
        }
    }

    private func checkIsDue(_ context: MailboxContext) async throws -> Bool {
        let wasAsked = requests.withLock { requests in
            defer { requests.check = false }
            return requests.check
        }
        if wasAsked { return true }
        let (organization, mailbox) = (context.organization, context.mailbox)
        let interval = context.configuration.checkInterval.components.seconds
        let now = context.now()
        return try await context.read { tx in
            guard let row = try Mailboxes.find(tx, organization, mailbox) else { return false }
            if try Folders.list(tx, organization, mailbox).contains(where: { $0.scanComplete && $0.noContact < 0 }) {
                return true
            }
            return now - (row.lastCheck?.startedAt ?? row.createdAt) >= interval
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

    private func waitForRetry(_ pause: Duration?) async {
        let deadline = pause.map { ContinuousClock.now.advanced(by: $0) }
        while !Task.isCancelled {
            let rest = deadline.map { ContinuousClock.now.duration(to: $0) } ?? .seconds(3600)
            if rest <= .zero { return }
            await wake.wait(limit: rest)
            if requests.withLock({ $0.reconnect }) { return }
        }
    }
}
