import Database
import Foundation

/// Times of pages over the product's own server: session, queries, template.
struct PageTimes: Sendable {
    let database: any Database
    let sessionToken: String
    let now: Int64
    /// Pages fetched of each kind, and before that without being measured.
    let pages: Int
    let warmUp: Int

    /// Fetches one page after another over one connection, and prints a table of their times.
    /// - Parameter kinds: each with a name, and what makes the path of one of its pages.
    func table(_ kinds: [(name: String, path: @Sendable () -> String)]) async throws {
        let product = Product(database: database, providers: [:], now: { [now] in now })
        let rows = try await product.serving { port in
            // A thread of its own: the client blocks, and the server needs the tasks' threads.
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try measure(kinds, port) }) }
            }
        }
        say("| page | median ms | p99 ms | slowest ms | KB |\n|---|---|---|---|---|")
        for row in rows { say(row) }
        say("\nLoad \(Machine.load); memory of server and client \(ProcessFacts.peakMemory().megabytes).")
    }

    private func measure(_ kinds: [(name: String, path: @Sendable () -> String)], _ port: Int) throws -> [String] {
        var fetcher = try PageFetcher(port: port, sessionToken: sessionToken)
        return try kinds.map { name, path in
            var octets = 0
            for _ in 0..<warmUp { octets = try fetcher.get(path()).count }
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
