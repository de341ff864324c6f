import CRM
import Wording

/// A kind of mail system that mailboxes can be connected to.
public protocol MailProvider: Sendable {
    /// Connects when it is first used.
    func session(_ access: MailboxAccess) -> MailboxSession
}

/// A kind of mail system that a person signs in to with a password.
public protocol PasswordMailProvider: MailProvider {
    /// Tries settings and password without keeping anything: whether a person who connects will succeed, and if not,
    /// why.
    func trial(_ settings: MailboxSettings, password: Secret<String>) async -> ConnectionTrial
}

/// What a provider needs to reach one mailbox.
public struct MailboxAccess: Sendable {
    public let settings: MailboxSettings
    /// A password, or what the provider gave when a person signed in there; as the provider wrote it.
    public let credentials: Secret<String>
    /// Keeps credentials that the provider has given anew, in place of `credentials`, and returns when they are safe.
    public let keep: @Sendable (Secret<String>) async throws -> Void
    /// What is registered at the provider at this moment; nil where nothing is, or nothing is needed.
    public let app: @Sendable () async throws -> ProviderApp?

    public init(
        settings: MailboxSettings, credentials: Secret<String>,
        keep: @escaping @Sendable (Secret<String>) async throws -> Void = { _ in },
        app: @escaping @Sendable () async throws -> ProviderApp? = { nil }
    ) {
        self.settings = settings
        self.credentials = credentials
        self.keep = keep
        self.app = app
    }
}

/// How a mailbox is reached. Stored as JSON, without any secret.
public struct MailboxSettings: Codable, Hashable, Sendable {
    /// As the person entered it.
    public var address: String
    /// Where it differs from the address.
    public var userName: String?
    /// Where the provider has none of its own for everyone.
    public var servers: MailServers?

    public init(address: String, userName: String? = nil, servers: MailServers? = nil) {
        self.address = address
        self.userName = userName
        self.servers = servers
    }

    public init(address: String, userName: String? = nil, imap: ServerEndpoint, smtp: ServerEndpoint) {
        self.init(address: address, userName: userName, servers: MailServers(imap: imap, smtp: smtp))
    }

    public var loginName: String { userName ?? address }
}

/// Where a mailbox is read, and where it sends.
public struct MailServers: Codable, Hashable, Sendable {
    public var imap: ServerEndpoint
    public var smtp: ServerEndpoint

    public init(imap: ServerEndpoint, smtp: ServerEndpoint) {
        self.imap = imap
        self.smtp = smtp
    }
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
