/// Why a submission server could not be used.
///
/// Replies are kept for the log; they never belong on a page, since anybody may have written them.
public enum SMTPError: Error, Hashable, Sendable {
    case cannotConnect(ConnectFailure)
    case tlsFailed(TLSFailure)
    /// The connection was to be protected by STARTTLS, which the server does not have (RFC 3207).
    case startTLSNotOffered
    /// The server does not let anybody sign in at this port, or by no mechanism that these credentials can take.
    case authenticationNotOffered(mechanisms: [String])
    /// The server wants TLS before anybody signs in (530, 538).
    case encryptionRequired(SMTPReply)
    /// The definite refusal of these credentials (535 and other permanent replies to AUTH; RFC 4954, section 6).
    case signInRefused(SMTPReply)
    /// The password may be right, but programs must have one of their own (534, 5.7.9, or the text says so).
    case appPasswordNeeded(SMTPReply)
    /// The user name or password is empty or has control characters in it, which no server accepts.
    case credentialsMalformed
    /// The server cannot serve now; the same may succeed later (4xx).
    case temporarilyUnavailable(SMTPStage, SMTPReply)
    /// The server does not serve this client (5xx to anything but AUTH).
    case refused(SMTPStage, SMTPReply)
    case protocolViolation(ProtocolViolation)
    /// The time for the check was over.
    case timedOut(SMTPStage)
    /// The server closed the connection where it owed an answer.
    case closed(SMTPStage)
    /// The caller's task was cancelled.
    case cancelled

    /// Why there was no connection at all.
    public enum ConnectFailure: Hashable, Sendable {
        case hostUnknown
        /// Nothing listens at that port.
        case portClosed
        case unreachable
        /// Cleartext was asked for, but the server is not on the loopback interface.
        case cleartextBeyondLoopback
        /// For the log.
        case other(String)
    }

    /// Why there is no TLS that can be trusted.
    public enum TLSFailure: Hashable, Sendable {
        /// The certificate is for other names than the host.
        case nameMismatch
        case expired
        case notYetValid
        /// Signed by nobody whom this computer trusts, self-signed certificates included.
        case untrusted
        /// The server does not speak TLS at this port.
        case notTLS
        /// No common version or cipher, or anything else; for the log.
        case handshake(String)
    }
}

extension SMTPError {
    /// Whether the same check may succeed later with nothing changed.
    public var isTransient: Bool {
        switch self {
        case .temporarilyUnavailable, .timedOut, .closed, .cancelled, .cannotConnect(.unreachable): true
        default: false
        }
    }
}
