import CRM
import Wording

/// A kind of mail system that mailboxes can be connected to.
public protocol MailProvider: Sendable {
    /// Tries settings and password without keeping anything: whether a person who connects will succeed, and if not,
    /// why.
    func trial(_ settings: MailboxSettings, password: Secret<String>) async -> ConnectionTrial

    /// A reader of the mailbox. Connects when it is first used.
    func source(_ settings: MailboxSettings, password: Secret<String>) -> any MailSource
}

/// How a mailbox is reached. Stored as JSON, without any secret.
public struct MailboxSettings: Codable, Hashable, Sendable {
    /// As the person entered it.
    public var address: String
    /// Where it differs from the address.
    public var userName: String?
    public var imap: ServerEndpoint
    public var smtp: ServerEndpoint

    public init(address: String, userName: String? = nil, imap: ServerEndpoint, smtp: ServerEndpoint) {
        self.address = address
        self.userName = userName
        self.imap = imap
        self.smtp = smtp
    }

    public var loginName: String { userName ?? address }
}

public struct ServerEndpoint: Codable, Hashable, Sendable {
    public var host: String
    /// 1 to 65535.
    public var port: Int
    public var security: TransportSecurity

    public init(host: String, port: Int, security: TransportSecurity) {
        self.host = host
        self.port = port
        self.security = security
    }
}

public enum TransportSecurity: String, Codable, Hashable, Sendable, CaseIterable {
    /// TLS from the first byte (RFC 8314).
    case tls
    case startTLS
    /// Only for servers on the loopback interface.
    case cleartext
}

/// What came of trying to connect, server by server.
public struct ConnectionTrial: Hashable, Sendable {
    public var imap: ServerTrial
    public var smtp: ServerTrial

    public init(imap: ServerTrial, smtp: ServerTrial) {
        self.imap = imap
        self.smtp = smtp
    }

    public var isAccepted: Bool { imap == .accepted && smtp == .accepted }
}

public enum ServerTrial: Hashable, Sendable {
    case accepted
    case refused(TrialRefusal)
}

/// Why a server could not be used, in words for the person who connects.
public struct TrialRefusal: Hashable, Sendable {
    public enum Cause: String, Hashable, Sendable {
        case hostUnknown, portClosed, timedOut, tlsFailed, notThisProtocol, passwordRefused, applicationPasswordRequired
        case protocolDisabled, addressNotAllowed, busy, other
    }
    public let cause: Cause
    /// What happened.
    public let sentence: Phrase
    /// What to do about it.
    public let advice: Phrase

    public init(cause: Cause, sentence: Phrase, advice: Phrase) {
        self.cause = cause
        self.sentence = sentence
        self.advice = advice
    }
}
