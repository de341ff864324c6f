import ArgumentParser
import Foundation

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
        let product = Product(database: store.database, providers: [:], now: { CardStore.now })
        let reports = try await product.serving { port in
            // A thread of its own: the client blocks, and the server needs the tasks' threads.
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try measure(store, port: port) }) }
            }
        }
        say("\n## A card with \(entries) entries\n")
        say("One connection, one page after another, \(pages) of each kind: request sent to last octet read.\n")
        say("| page | median ms | p99 ms | slowest ms | KB |\n|---|---|---|---|---|")
        for report in reports { say(report) }
        say("\nLoad \(Machine.load); memory of server and client \(ProcessFacts.peakMemory().megabytes).")
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
