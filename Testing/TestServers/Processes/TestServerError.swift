/// Why a server of the tests could not be had.
public enum TestServerError: Error, Sendable, CustomStringConvertible {
    /// A program is not installed; `packages` is the set of `scripts/install.sh` that brings it.
    case notInstalled(program: String, packages: String)
    /// The server ended, or did not answer in time; the text holds the end of its log.
    case didNotStart(server: String, log: String)
    case commandFailed(command: String, output: String)
    case system(call: String, reason: String)
    /// A peer said something else than was expected, or nothing at all.
    case unexpected(String)

    public var description: String {
        switch self {
        case .notInstalled(let program, let packages):
            "\(program) is not installed. Run: scripts/install.sh \(packages)"
        case .didNotStart(let server, let log): "\(server) did not start. The end of its log:\n\(log)"
        case .commandFailed(let command, let output): "\(command) failed:\n\(output)"
        case .system(let call, let reason): "\(call) failed: \(reason)"
        case .unexpected(let text): text
        }
    }
}
