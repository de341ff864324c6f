/// Where one of a provider's servers is reached.
public struct KnownServer: Hashable, Sendable {
    /// The raw values are those that stored mailbox settings have.
    public enum Security: String, Hashable, Sendable, CaseIterable {
        /// TLS from the first octet (RFC 8314).
        case tls
        case startTLS
    }

    /// nil where every customer has a server name of their own; see ``KnownProvider/hostHint``.
    public let host: String?
    /// 1 to 65535.
    public let port: Int
    public let security: Security

    public init(host: String?, port: Int, security: Security) {
        self.host = host
        self.port = port
        self.security = security
    }

    /// The usual port of IMAP over TLS.
    static func imap(_ host: String?) -> KnownServer { KnownServer(host: host, port: 993, security: .tls) }

    /// The usual port of submission over TLS (RFC 8314, section 3.3).
    static func smtp(_ host: String?) -> KnownServer { KnownServer(host: host, port: 465, security: .tls) }

    /// The usual port of submission with STARTTLS (RFC 6409).
    static func submission(_ host: String) -> KnownServer { KnownServer(host: host, port: 587, security: .startTLS) }
}
