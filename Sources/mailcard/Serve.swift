import ArgumentParser
import Database
import Foundation
import Logging
import ServiceLifecycle
import Store
import Web

/// The server: pages, live updates and the synchronisation of all mailboxes, in one process.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages and keep all connected mailboxes mirrored.")

    @OptionGroup var options: CommonOptions

    @Option(help: "The address to listen on (MAILCARD_HOST). Put a TLS proxy in front of any other than 127.0.0.1.")
    var host: String = ProcessInfo.processInfo.environment["MAILCARD_HOST"] ?? "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes any free one (MAILCARD_PORT).")
    var port: Int = ProcessInfo.processInfo.environment["MAILCARD_PORT"].flatMap(Int.init) ?? 8080

    @Option(
        help: """
            The proxies whose X-Forwarded-For is believed, as addresses or networks with commas between; this machine's own \
            unless given (MAILCARD_TRUSTED_PROXIES).
            """)
    var trustedProxies: String?

    private func proxies() throws -> [NetworkRange] {
        guard let words = trustedProxies ?? ProcessInfo.processInfo.environment["MAILCARD_TRUSTED_PROXIES"] else {
            return NetworkRange.loopback
        }
        return try words.split(separator: ",").map { word in
            let text = word.trimmingCharacters(in: .whitespaces)
            guard let range = NetworkRange(text) else {
                throw ValidationError(
                    "“\(text)” is neither an address nor a network. Write 10.0.0.7 or 10.0.0.0/8, with commas between.")
            }
            return range
        }
    }

    func validate() throws {
        _ = try proxies()
        guard (0...65_535).contains(port) else { throw ValidationError("The port must be between 0 and 65535.") }
    }

    func run() async throws {
        do {
            let installation = try await Installation(options)
            try await serve(installation)
            try installation.database.close()
        } catch {
            guard let sentence = sentence(for: error) else { throw error }
            FileHandle.standardError.write(Data((sentence + "\n").utf8))
            throw ExitCode.failure
        }
    }

    private func serve(_ installation: Installation) async throws {
        let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
        let web = try WebFront(
            database: installation.database, engine: installation.engine, feed: installation.feed,
            // The data folder is locked, and the database is a file in it.
            isAlone: true, trustedProxies: proxies(), now: now, logger: installation.logger)
        let host = host
        let server = web.server(host: host, port: port) { port in
            let shown = host == "0.0.0.0" || host == "::" ? "localhost" : host.contains(":") ? "[\(host)]" : host
            FileHandle.standardOutput.write(Data("Mailcard is ready: http://\(shown):\(port)\n".utf8))
        }
        // Services end in reverse order: pages first, so that nobody asks anything of an engine that has stopped.
        let group = ServiceGroup(
            services: [installation.engine, web.housekeeping, web.imports, server],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: installation.logger)
        try await group.run()
    }

    /// What went wrong and what to do, for errors that a person who starts the server can do something about.
    private func sentence(for error: any Error) -> String? {
        switch error {
        case let error as DatabaseError: error.sentence.english
        case let error as MigrationError: error.sentence.english
        case let error as SealerError: error.sentence
        default: ListeningError(error, host: host, port: port)?.sentence
        }
    }
}
