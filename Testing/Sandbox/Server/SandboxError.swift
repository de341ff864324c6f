/// What a sandbox refuses to do for the test that drives it.
public enum SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
    case serverDidNotStart
    case noAccount(String)
    case noApp(String)
    case noFolder(String)
    case noMessage(String)
    case noEvent(String)
    case malformed(String)

    public var description: String {
        switch self {
        case .serverDidNotStart: "The sandbox's server ended before it listened; is the port taken?"
        case .noAccount(let name): "The sandbox has no account \(name); add it first."
        case .noApp(let id): "The sandbox has no app \(id); register it first."
        case .noFolder(let name): "The mailbox has no folder \(name)."
        case .noMessage(let name): "The mailbox has no message \(name)."
        case .noEvent(let name): "The mailbox has no event \(name)."
        case .malformed(let what): "The control was not understood: \(what)"
        }
    }
}
