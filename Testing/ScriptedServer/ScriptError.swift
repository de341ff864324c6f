/// Why a script could not go on.
public enum ScriptError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The client closed the connection while the script waited for it to say something; `rest` is what had come of it.
    case clientLeft(rest: String)
    /// The client said something else than the script expects here.
    case unexpected(line: String, expected: String)
    /// A line or literal beyond what any test sends.
    case tooLong
    case cannotListen(reason: String)

    public var description: String {
        switch self {
        case .clientLeft(let rest): rest.isEmpty ? "The client left." : "The client left after \"\(rest)\"."
        case .unexpected(let line, let expected):
            "The client said \"\(line)\" where the script expects \"\(expected)\"."
        case .tooLong: "The client sent a line or literal of more than 64 MiB."
        case .cannotListen(let reason): "The scripted server could not listen on 127.0.0.1: \(reason)"
        }
    }
}
