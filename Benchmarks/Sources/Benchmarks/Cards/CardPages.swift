import ArgumentParser

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
        say("\n## A card with \(entries) entries\n")
        say("One connection, one page after another, \(pages) of each kind: request sent to last octet read.\n")
        let (card, tab) = ("/contacts/\(store.contact)", "/accounts/\(store.account)")
        // Entries lie 600 seconds apart; a key need not name an entry that exists.
        let deep: @Sendable () -> String = { [entries] in
            let number = Int.random(in: 100..<max(entries, 101))
            return "before=\(CardStore.now - Int64(entries - number) * 600)-\(number + 1)"
        }
        let times = PageTimes(
            database: store.database, sessionToken: store.sessionToken, now: CardStore.now, pages: pages, warmUp: 50)
        try await times.table([
            ("card, newest", { card }), ("card, anywhere", { card + "?" + deep() }),
            ("account's tab, newest", { tab }), ("account's tab, anywhere", { tab + "?" + deep() }),
        ])
    }
}
