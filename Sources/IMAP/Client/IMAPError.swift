/// Why a command, or the whole connection, failed.
public enum IMAPError: Error, Hashable, Sendable {
    /// No TCP connection: refused, unreachable, no address. With the system's words.
    case connectFailed(String)
    case connectTimedOut
    case tlsFailed(TLSFault)
    /// STARTTLS was asked for, and the server does not offer it or refuses.
    case startTLSUnavailable
    /// Octets came between the answer to STARTTLS and the handshake: somebody writes into the connection.
    case startTLSInjection
    case cleartextRefused
    /// The first line is not an IMAP greeting. With its beginning.
    case notIMAP(String)
    case signInRefused(SignInRefusal)
    /// The server offers no way to sign in that we know.
    case noSignInMethod
    /// The server ended the connection; with its parting words where it had any.
    case closed(String?)
    /// No answer within the deadline.
    case timedOut
    /// A command was answered by NO or BAD.
    case refused(CommandRefusal)
    /// The server sent what IMAP does not allow, so that nothing further can be understood.
    case protocolViolation(String)

    /// Whether the connection is of no further use.
    public var endsConnection: Bool {
        if case .refused = self { return false }
        return true
    }
}

/// What was wrong with a TLS handshake.
public enum TLSFault: Hashable, Sendable {
    case nameMismatch
    case expired
    /// Signed by no authority that is trusted here.
    case untrusted
    /// Anything else, such as no TLS at all on that port.
    case handshake(String)
}

/// A tagged NO or BAD.
public struct CommandRefusal: Hashable, Sendable {
    /// The command's name, without arguments.
    public let command: String
    public let status: ResponseStatus
    /// Of the response code, in upper case.
    public let code: String?
    public let text: String

    public init(command: String, status: ResponseStatus, code: String?, text: String) {
        self.command = command
        self.status = status
        self.code = code
        self.text = text
    }
}
