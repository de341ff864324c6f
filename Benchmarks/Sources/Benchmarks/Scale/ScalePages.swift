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

    @Option(help: "A file that keeps the database: filled where it is missing, measured as it is where it is there.")
    var database: String?

    func run() async throws {
        let started = Date()
        let store = try await ScaleStore.make(contacts: contacts, messages: messages, keptAt: database)
        let filled = Date().timeIntervalSince(started)
        say("\n## \(messages) messages, \(contacts) contacts, 25 visible mailboxes\n")
        say("One connection, one page after another, \(pages) of each kind. Filled in \(filled.shown(0)) s.\n")
        let word: @Sendable () -> String = { ScaleStore.words.randomElement() ?? "" }
        let times = PageTimes(
            database: store.database, sessionToken: store.sessionToken, now: ScaleStore.now, pages: pages, warmUp: 20)
        try await times.table([
            ("a contact's card", { "/contacts/\(store.contacts.randomElement()!)" }),
            ("the card of a contact with much mail", { "/contacts/\(store.contacts[Int.random(in: 0..<1_000)])" }),
            ("an account's tab", { "/accounts/\(store.accounts.randomElement()!)" }),
            ("the contacts", { "/contacts" }),
            ("contacts, searched by a word", { "/contacts?q=\(word())" }),
            (
                "contacts, searched by a name",
                { [contacts] in "/contacts?q=\(word())+\(Int.random(in: 0..<contacts))" }
            ),
            ("search across everything, a frequent word", { "/search?q=\(word())" }),
            ("search across everything, two words", { "/search?q=\(word())+\(word())" }),
        ])
    }
}
