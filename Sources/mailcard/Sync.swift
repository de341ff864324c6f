import ArgumentParser
import ServiceLifecycle

/// Mirrors without serving pages.
struct Sync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep all connected mailboxes mirrored, without serving pages.")

    @OptionGroup var options: CommonOptions

    func run() async throws {
        let installation = try await Installation(options)
        let group = ServiceGroup(
            services: [installation.engine], gracefulShutdownSignals: [.sigterm, .sigint], logger: installation.logger)
        try await group.run()
    }
}
