import ArgumentParser
import CRM
import Database
import Foundation
import Logging
import ServiceLifecycle
import Store
import SyncEngine
import Synchronization
import Web

/// The page of a card with very many entries and the tab of its account, through the product's own server: session,
/// queries, template.
struct CardPages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cards", abstract: "The page of a very full card, and its account's tab.")

    @Option(help: "Entries on the card.")
    var entries = 100_000

    @Option(help: "Pages fetched of each kind.")
    var pages = 1000

    func run() async throws {
        let store = try await CardStore.make(entries: entries)
        let reports = try await serving(store) { port in try measure(store, port: port) }
        say("\n## A card with \(entries) entries\n")
        say("One connection, one page after another, \(pages) of each kind: request sent to last octet read.\n")
        say("| page | median ms | p99 ms | slowest ms | KB |\n|---|---|---|---|---|")
        for report in reports { say(report) }
        say("\nLoad \(Machine.load); memory of server and client \(ProcessFacts.peakMemory().megabytes).")
    }

    private func serving<Result: Sendable>(_ store: CardStore, _ work: @escaping @Sendable (Int) throws -> Result)
        async throws -> Result
    {
        var logger = Logger(label: "benchmark") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let feed = ChangeFeed(database: store.database)
        let engine = SyncEngine(
            database: store.database, providers: [:], sealer: Sealer(key: Secret(Array(repeating: 7, count: 32))),
            feed: feed,
            now: { CardStore.now }, logger: logger)
        let front = try await WebFront(
            database: store.database, engine: engine, feed: feed, now: { CardStore.now }, logger: logger)
        let (ports, port) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let server = front.server(host: "127.0.0.1", port: 0) { _ = port.yield($0) }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { return nil }
                // A thread of its own: the client blocks, and the server needs the tasks' threads.
                return try await withCheckedThrowingContinuation { continuation in
                    Thread.detachNewThread { continuation.resume(with: Swift.Result { try work(port) }) }
                }
            }
            while let finished = try await group.next() {
                if let finished {
                    group.cancelAll()
                    return finished
                }
            }
            throw BenchmarkError.notFinished("The server of the cards")
        }
    }

    private func measure(_ store: CardStore, port: Int) throws -> [String] {
        var fetcher = try PageFetcher(port: port, sessionToken: store.sessionToken)
        var random = SystemRandomNumberGenerator()
        let (card, tab) = ("/contacts/\(store.contact)", "/accounts/\(store.account)")
        // Entries lie 600 seconds apart; a key need not name an entry that exists.
        func deep() -> String {
            let number = Int.random(in: 100..<max(entries, 101), using: &random)
            return "before=\(CardStore.now - Int64(entries - number) * 600)-\(number + 1)"
        }
        let kinds: [(String, () -> String)] = [
            ("card, newest", { card }), ("card, anywhere", { card + "?" + deep() }),
            ("account's tab, newest", { tab }), ("account's tab, anywhere", { tab + "?" + deep() }),
        ]
        return try kinds.map { name, path in
            var octets = 0
            for _ in 0..<50 { octets = try fetcher.get(path()).count }
            var times: [Double] = []
            for _ in 0..<pages {
                let path = path()
                times.append(try seconds { octets = try fetcher.get(path).count } * 1000)
            }
            return
                "| \(name) | \(times.median.shown()) | \(times.quantile(0.99).shown()) | \(times.quantile(1).shown()) | \(octets / 1000) |"
        }
    }
}
