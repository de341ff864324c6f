/// How far the talk with a server had come.
public enum SMTPStage: String, Hashable, Sendable, CaseIterable {
    case connecting
    case tlsHandshake
    case greeting
    case hello
    case startTLS
    case authentication
    /// Signed in, and saying goodbye.
    case quit
}
