import ArgumentParser
import Foundation

/// Pages over the mail of a large organisation, as its director sees them: 25 visible mailboxes.
struct ScalePages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale", abstract: "Cards, tabs, lists and searches of a large organisation.")

    @Option(help: "Contacts.")
    var contacts = 100_000

    @Option(help: "Messages in all mailboxes together.")
    var messages = 1_000_000

    @Option(help: "Pages fetched of each kind.")
    var pages = 500

    func run() async throws {
        let started = Date()
        let store = try await ScaleStore.make(contacts: contacts, messages: messages)
        let filled = Date().timeIntervalSince(started)
        let product = Product(database: store.database, providers: [:], now: { ScaleStore.now })
        let reports = try await product.serving { port in
            // A thread of its own: the client blocks, and the server needs the tasks' threads.
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try measure(store, port: port) }) }
            }
        }
        say("\n## \(messages) messages, \(contacts) contacts, 25 visible mailboxes\n")
        say("One connection, one page after another, \(pages) of each kind. Filled in \(filled.shown(0)) s.\n")
        say("| page | median ms | p99 ms | slowest ms | KB |\n|---|---|---|---|---|")
        for report in reports { say(report) }
        say("\nLoad \(Machine.load); memory of server and client \(ProcessFacts.peakMemory().megabytes).")
    }

    private func measure(_ store: ScaleStore, port: Int) throws -> [String] {
        var fetcher = try PageFetcher(port: port, sessionToken: store.sessionToken)
        func word() -> String { ScaleStore.words.randomElement() ?? "" }
        let kinds: [(String, () -> String)] = [
            ("a contact's card", { "/contacts/\(store.contacts.randomElement()!)" }),
            ("the card of a contact with much mail", { "/contacts/\(store.contacts[Int.random(in: 0..<1_000)])" }),
            ("an account's tab", { "/accounts/\(store.accounts.randomElement()!)" }),
            ("the contacts", { "/contacts" }),
            ("contacts, searched by a word", { "/contacts?q=\(word())" }),
            ("contacts, searched by a name", { "/contacts?q=\(word())+\(Int.random(in: 0..<contacts))" }),
            ("search across everything, a frequent word", { "/search?q=\(word())" }),
            ("search across everything, two words", { "/search?q=\(word())+\(word())" }),
        ]
        return try kinds.map { name, path in
            var octets = 0
            for _ in 0..<20 { octets = try fetcher.get(path()).count }
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
