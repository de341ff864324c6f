import ArgumentParser
import Foundation
import Logging

/// What every command understands. Each option can be given in the environment instead.
struct CommonOptions: ParsableArguments {
    @Option(help: "The folder for database and key (MAILCARD_DATA).")
    var data: String = ProcessInfo.processInfo.environment["MAILCARD_DATA"] ?? "data"

    @Option(help: "trace, debug, info, notice, warning or error (MAILCARD_LOG_LEVEL).")
    var logLevel: String = ProcessInfo.processInfo.environment["MAILCARD_LOG_LEVEL"] ?? "info"

    @Option(help: "Seconds between two looks at a quiet mailbox (MAILCARD_POLL_SECONDS).")
    var pollSeconds: Int = ProcessInfo.processInfo.environment["MAILCARD_POLL_SECONDS"].flatMap(Int.init) ?? 10

    @Option(
        help: "Seconds that a folder with much of a mailbox in it has to come back (MAILCARD_FOLDER_RETURN_SECONDS).")
    var folderReturnSeconds: Int =
        ProcessInfo.processInfo.environment["MAILCARD_FOLDER_RETURN_SECONDS"].flatMap(Int.init) ?? 120

    @Flag(help: "Allow mail servers in private networks and on this machine (MAILCARD_ALLOW_PRIVATE_NETWORKS=1).")
    var allowPrivateNetworks: Bool = ProcessInfo.processInfo.environment["MAILCARD_ALLOW_PRIVATE_NETWORKS"] == "1"

    @Option(help: "A file with further certificate authorities to trust, in PEM (MAILCARD_CA_FILE).")
    var caFile: String?

    @OptionGroup var microsoft: MicrosoftOptions

    /// As given, or from the environment.
    var certificateAuthorities: String? { caFile ?? ProcessInfo.processInfo.environment["MAILCARD_CA_FILE"] }

    func validate() throws {
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("“\(logLevel)” is no log level. Use trace, debug, info, notice, warning or error.")
        }
        guard (1...3600).contains(pollSeconds) else {
            throw ValidationError("The poll interval must be between 1 and 3600 seconds.")
        }
        guard (0...86_400).contains(folderReturnSeconds) else {
            throw ValidationError("The time for a folder to come back must be between 0 and 86400 seconds.")
        }
    }

    func makeLogger(_ label: String) -> Logger {
        var logger = Logger(label: label)
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        return logger
    }
}
