import NIOCore
import NIOSSL

/// A server to connect to.
public struct IMAPEndpoint: Sendable {
    public enum Security: Hashable, Sendable {
        /// TLS from the first octet (RFC 8314, section 3.2).
        case tls
        /// STARTTLS before anything else (RFC 9051, section 6.2.1). A server that does not offer it is not used.
        case startTLS
        /// No protection; refused unless every address is on the loopback interface.
        case cleartext
    }

    /// The name that the certificate must be for.
    public let host: String
    /// Where to connect, tried in this order. The host is not resolved again, so what was checked is what is connected
    /// to.
    public let addresses: [SocketAddress]
    public let security: Security
    /// Authorities that are trusted besides the system's.
    public let furtherTrustRoots: NIOSSLAdditionalTrustRoots?

    public init(
        host: String, addresses: [SocketAddress], security: Security,
        furtherTrustRoots: NIOSSLAdditionalTrustRoots? = nil
    ) {
        self.host = host
        self.addresses = addresses
        self.security = security
        self.furtherTrustRoots = furtherTrustRoots
    }
}

/// How long a server may take.
public struct IMAPDeadlines: Sendable {
    /// For a TCP connection to one address.
    public var connect: Duration = .seconds(10)
    /// For the greeting, the TLS handshake and each step of signing in.
    public var signIn: Duration = .seconds(30)
    /// Without any octet while an answer is awaited. Servers that index a mailbox first are silent for a minute or two.
    public var silence: Duration = .seconds(180)
    /// IDLE is given up and issued again after this long: address translators forget a quiet connection after 10
    /// minutes (RFC 2177 allows 29).
    public var idle: Duration = .seconds(9 * 60 - 10)

    public init() {}
}
