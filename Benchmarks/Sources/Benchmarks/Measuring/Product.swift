import CRM
import Database
import Foundation
import Logging
import Mirror
import ServiceLifecycle
import Store
import SyncEngine
import Web

/// The product on a database: its engine and its pages.
struct Product: Sendable {
    let database: any Database
    let engine: SyncEngine
    private let feed: ChangeFeed
    private let now: @Sendable () -> Int64
    private let logger: Logger

    init(
        database: any Database, providers: [String: any MailProvider], configuration: EngineConfiguration = .init(),
        now: @escaping @Sendable () -> Int64
    ) {
        var logger = Logger(label: "benchmark") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        feed = ChangeFeed(database: database)
        engine = SyncEngine(
            database: database, providers: providers, sealer: Sealer(key: Secret(Array(repeating: 7, count: 32))),
            feed: feed, configuration: configuration, now: now, logger: logger)
        self.database = database
        self.now = now
        self.logger = logger
    }

    /// Serves the pages while `work` runs, which is told the port.
    func serving<Result: Sendable>(_ work: @escaping @Sendable (Int) async throws -> Result) async throws -> Result {
        let front = try WebFront(database: database, engine: engine, feed: feed, now: now, logger: logger)
        let (ports, port) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let server = front.server(host: "127.0.0.1", port: 0) { _ = port.yield($0) }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { return nil }
                return try await work(port)
            }
            while let finished = try await group.next() {
                if let finished {
                    group.cancelAll()
                    return finished
                }
            }
            throw BenchmarkError.notFinished("The server of the pages")
        }
    }
}
