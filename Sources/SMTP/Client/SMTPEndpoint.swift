import NIOCore

/// Where a submission server is reached and how the connection is protected.
public struct SMTPEndpoint: Sendable {
    public enum Security: Hashable, Sendable {
        /// TLS from the first octet (RFC 8314), usually on port 465.
        case tls
        /// TLS after STARTTLS (RFC 3207), usually on port 587. Without it nothing is sent that is worth protecting.
        case startTLS
        /// No TLS. Refused unless the server is on the loopback interface.
        case cleartext
    }

    /// The name that the server's certificate must be for. It may be an IP address.
    public var host: String
    /// 1 to 65535.
    public var port: Int
    public var security: Security
    /// Connect to one of exactly these addresses, which the caller has resolved and checked; `host` still names the
    /// certificate. They are tried in this order until one takes a connection: many hosts have one of IPv6 that is not
    /// reached from everywhere. nil looks `host` up.
    public var addresses: [SocketAddress]?

    public init(host: String, port: Int, security: Security, addresses: [SocketAddress]?) {
        self.host = host
        self.port = port
        self.security = security
        self.addresses = addresses
    }

    /// - Parameter address: the only one.
    public init(host: String, port: Int, security: Security, address: SocketAddress? = nil) {
        self.init(host: host, port: port, security: security, addresses: address.map { [$0] })
    }
}
