import ArgumentParser
import Foundation

/// Measures what docs/benchmarks.md tells of, and prints it as Markdown.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measures Mailcard beside what it can be measured with. All of it takes some minutes.",
        subcommands: [
            All.self, FirstSyncBenchmark.self, CardPages.self, LiveCard.self, ScalePages.self, TextSpeed.self,
            MirrorRun.self,
            WireLimit.self,
            TextRun.self,
        ],
        defaultSubcommand: All.self)
}

/// Everything, one after another.
struct All: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "all", abstract: "All measurements.")

    @Option(help: "Messages in the large mailbox, and entries on the large card.")
    var messages = 100_000

    func run() async throws {
        say("\(Machine.facts). Load when it began: \(Machine.load).\n")
        try await FirstSyncBenchmark.parse(["--messages", "\(messages)"]).run()
        try await CardPages.parse(["--entries", "\(messages)"]).run()
        try await LiveCard.parse([]).run()
        try await ScalePages.parse([]).run()
        try await TextSpeed.parse([]).run()
    }
}
