import CRM
import Database
import Logging
import Mirror
import ServiceLifecycle
import Store
import Synchronization

/// Keeps all connected mailboxes mirrored: one task for each, started with the engine or when a person connects one.
/// The failure of one concerns no other.
public final class SyncEngine: Service, Sendable {
    private struct Running {
        let organization: OrganizationID
        let task: MailboxTask
        let stop: WakeSignal
    }

    private enum Command: Sendable {
        case start(MailboxRow)
    }

    let services: EngineServices
    private let running = Mutex<[MailboxID: Running]>([:])
    private let tidying = WakeSignal()
    private let commands: AsyncStream<Command>
    private let send: AsyncStream<Command>.Continuation

    /// - Parameters:
    ///   - apps: what the installation's configuration registered at providers.
    ///   - now: seconds since 1970 UTC.
    public init(
        database: any Database, providers: [String: any MailProvider], apps: [String: ProviderApp] = [:],
        sealer: Sealer, feed: ChangeFeed,
        configuration: EngineConfiguration = EngineConfiguration(), now: @escaping @Sendable () -> Int64, logger: Logger
    ) {
        services = EngineServices(
            database: database, providers: providers, apps: apps, sealer: sealer, configuration: configuration,
            now: now,
            feed: feed,
            logger: logger)
        // Commands are few, and none may be lost.
        (commands, send) = AsyncStream.makeStream(of: Command.self, bufferingPolicy: .unbounded)
    }

    /// Runs until the service group shuts down.
    public func run() async throws {
        let mailboxes = try await services.database.read { try Mailboxes.all($0) }
        services.logger.info("synchronisation starts", metadata: ["mailboxes": "\(mailboxes.count)"])
        for row in mailboxes where !row.isPaused { send.yield(.start(row)) }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.keepTidying() }
            for await command in commands.cancelOnGracefulShutdown() {
                switch command {
                case .start(let row):
                    guard let entry = register(row) else { continue }
                    group.addTask { await self.keep(row, entry) }
                }
            }
            group.cancelAll()
        }
    }

    private func register(_ row: MailboxRow) -> Running? {
        running.withLock { running in
            if running[row.id] != nil { return nil }
            let entry = Running(
                organization: row.organization, task: MailboxTask(row: row, services: services), stop: WakeSignal())
            running[row.id] = entry
            return entry
        }
    }

    private func keep(_ row: MailboxRow, _ entry: Running) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await entry.task.run() }
            group.addTask { await entry.stop.wait() }
            await group.next()
            group.cancelAll()
        }
        running.withLock { $0[row.id] = nil }
    }

    // MARK: What people ask for

    /// Looks at the mailbox now, also when it waits for a retry.
    public func syncNow(_ mailbox: MailboxID) {
        running.withLock { $0[mailbox]?.task }?.syncNow()
    }

    /// The credentials or the settings of the mailbox changed; it is connected to with the new ones.
    func settingsChanged(_ mailbox: MailboxID) {
        running.withLock { $0[mailbox]?.task }?.signInAgain()
    }

    /// Compares the mirror with the whole mailbox as soon as possible.
    public func check(_ mailbox: MailboxID) {
        running.withLock { $0[mailbox]?.task }?.check()
    }

    /// Contacts, their addresses or rules changed: mail of added addresses is searched. To be called after the change
    /// was committed.
    public func addressBookChanged(organization: OrganizationID) {
        // Waking one that has nothing to do costs it one quiet look.
        for entry in running.withLock({ $0.values.filter { $0.organization == organization } }) {
            entry.task.addressBookChanged()
        }
    }

    /// Rules about what is mirrored changed: what is left to be decided again is, and mailboxes that have to be compared
    /// with their cards are. To be called after the change was committed; what it asks for outlives the program.
    public func rulesChanged(organization: OrganizationID) {
        tidying.set()
        addressBookChanged(organization: organization)
    }

    /// Decides messages again by rules that changed, and removes those of mailboxes that were disconnected: a batch at a
    /// time, so that others can write in between.
    private func tidy() async throws {
        let services = services
        while !Task.isCancelled {
            for organization in try await services.database.read({ try MirrorCleanup.unfinished($0) }) {
                try await repeatedly {
                    try MirrorCleanup.continueRules($0, organization, now: services.now())
                }
            }
            for departure in try await services.database.read({ try Departures.unfinished($0) }) {
                try await repeatedly { try Departures.proceed($0, departure) }
            }
            await tidying.wait()
        }
    }

    /// Writes as long as there is more to write.
    private func repeatedly(_ step: @escaping @Sendable (any Transaction) throws -> Bool) async throws {
        while !Task.isCancelled {
            let goesOn = try await services.database.write(step)
            await services.feed.committed()
            if !goesOn { return }
        }
    }

    private func keepTidying() async {
        while !Task.isCancelled {
            do {
                try await tidy()
            } catch {
                services.logger.error(
                    "messages could not be decided again or removed", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }

    public func pause(_ mailbox: MailboxID, organization: OrganizationID) async throws {
        try await services.database.write { try Mailboxes.setPaused($0, organization, mailbox, true) }
        try await stop(mailbox)
        try await services.database.write { try Mailboxes.setStatus($0, organization, mailbox, .paused) }
        await services.feed.committed()
    }

    public func resume(_ mailbox: MailboxID, organization: OrganizationID) async throws {
        try await services.database.write { try Mailboxes.setPaused($0, organization, mailbox, false) }
        await services.feed.committed()
        try await start(mailbox, organization)
    }

    /// Disconnects a mailbox and removes what was mirrored from it.
    public func disconnect(_ mailbox: MailboxID, organization: OrganizationID) async throws {
        let now = services.now()
        try await services.database.write { try Mailboxes.setPaused($0, organization, mailbox, true) }
        try await stop(mailbox)
        try await services.database.write { try Mailboxes.delete($0, organization, mailbox, now: now) }
        await services.feed.committed()
        tidying.set()
    }

    /// Works with what is open at the provider, or opens it for the time where the mailbox is paused or waits.
    func withSession<Result: Sendable>(
        of mailbox: MailboxID, _ organization: OrganizationID,
        _ work: @Sendable (MailboxSession) async throws -> Result
    ) async throws -> Result {
        if let session = running.withLock({ $0[mailbox]?.task })?.session { return try await work(session) }
        guard let row = try await services.database.read({ try Mailboxes.find($0, organization, mailbox) }) else {
            throw SourceError.misconfigured("The mailbox was disconnected.")
        }
        let session = try await services.session(for: row)
        do {
            let result = try await work(session)
            await session.source.close()
            return result
        } catch {
            await session.source.close()
            throw error
        }
    }

    /// Starts the task of a mailbox; nothing when it runs.
    func start(_ mailbox: MailboxID, _ organization: OrganizationID) async throws {
        guard let row = try await services.database.read({ try Mailboxes.find($0, organization, mailbox) }) else {
            return
        }
        send.yield(.start(row))
    }

    /// Ends the task of a mailbox and waits until it no longer writes.
    func stop(_ mailbox: MailboxID) async throws {
        running.withLock { $0[mailbox]?.stop }?.set()
        while running.withLock({ $0[mailbox] != nil }) {
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
