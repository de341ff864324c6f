import ArgumentParser

/// The server and its tools.
@main
struct Mailcard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailcard",
        abstract: "Mirrors people's mailboxes onto the cards of a CRM.",
        subcommands: [Serve.self, Sync.self],
        defaultSubcommand: Serve.self)
}
