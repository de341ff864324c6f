import CRM
import Database
import Interchange
import Logging
import ServiceLifecycle
import Store
import SyncEngine
import Wording

/// Carries out imports, one after another, while the server runs.
///
/// What was under way when a program ended is not gone on with: nothing of it is to be seen, and its page says so once
/// that program has given no sign for some time, or at once where no other can have the database. What another program
/// carries out goes on, and what waited for its turn still does.
public struct ImportDesk: Service {
    let database: any Database
    let engine: SyncEngine
    let feed: ChangeFeed
    /// No other program has the database for as long as this one runs.
    let isAlone: Bool
    let now: @Sendable () -> Int64
    let logger: Logger
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// How long to wait after the database failed.
    static let pause = Duration.seconds(5)
    /// How often to look for imports whose program gives no sign any more.
    static let settling = Duration.seconds(15)

    init(
        database: any Database, engine: SyncEngine, feed: ChangeFeed, isAlone: Bool = false,
        now: @escaping @Sendable () -> Int64, logger: Logger
    ) {
        (self.database, self.engine, self.feed, self.isAlone) = (database, engine, feed, isAlone)
        (self.now, self.logger) = (now, logger)
        // One signal stands for any number: what waits is in the database.
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// To be called when an import waits or was cancelled.
    func look() { wake.yield() }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            // Before anything is carried out here: what is under way now is left over.
            if isAlone { await settle(isAlone: true) }
            await withDiscardingTaskGroup { group in
                group.addTask { await keepSettling() }
                look()
                for await _ in wakes { await drain() }
                group.cancelAll()
            }
        }
    }

    private func keepSettling() async {
        while !Task.isCancelled {
            await settle(isAlone: false)
            // Cancelled: the loop ends.
            try? await Task.sleep(for: Self.settling)
        }
    }

    /// Ends what a program left under way that is no more.
    private func settle(isAlone: Bool) async {
        do {
            let now = now()
            let interrupted = try await database.write { try ContactImports.interrupt($0, now: now, isAlone: isAlone) }
            if !interrupted.isEmpty {
                logger.warning("imports were interrupted", metadata: ["imports": "\(interrupted)"])
                look()
            }
        } catch {
            await waitAfter(error)
        }
    }

    private func drain() async {
        while !Task.isCancelled {
            do {
                try await clearLeftovers()
                let now = now()
                guard let (organization, started) = try await database.write({ try ContactImports.begin($0, now: now) })
                else { return }
                try await carryOut(organization, started)
                try await clearLeftovers()
            } catch {
                if !(error is CancellationError) { await waitAfter(error) }
            }
        }
    }

    private func carryOut(_ organization: OrganizationID, _ started: ContactImport) async throws {
        let clock = ContinuousClock()
        let began = clock.now
        do {
            let run = ImportRun(database: database, organization: organization, started: started, now: now)
            guard try await run.stage() else { return }
            guard try await run.finish() else { return }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let sentence: Phrase? = (error as? DatabaseError)?.sentence ?? (error as? ImportRun.Refusal)?.sentence
            logger.error("an import failed", metadata: ["import": "\(started.id)", "error": "\(error)"])
            let now = now()
            try await database.write {
                try ContactImports.fail(
                    $0, organization, started.id, sentence ?? "Mailcard made a mistake. The log has the details.",
                    now: now)
            }
            return
        }
        logger.info("contacts were imported", metadata: ["import": "\(started.id)", "took": "\(clock.now - began)"])
        await feed.committed()
        engine.addressBookChanged(organization: organization)
    }

    private func clearLeftovers() async throws {
        for (organization, id) in try await database.read({ try ContactImports.leftovers($0) }) {
            while try await database.write({ try ImportStaging.clear($0, organization, id) }) {}
        }
    }

    private func waitAfter(_ error: any Error) async {
        logger.warning("imports have to wait", metadata: ["error": "\(error)"])
        // Cancelled: whoever waits ends by itself.
        try? await Task.sleep(for: Self.pause)
    }
}
