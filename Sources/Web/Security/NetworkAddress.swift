import NIOCore

/// An address of the Internet Protocol. One of IPv4 that is written as one of IPv6 (RFC 4291, section 2.5.5.2) is the
/// same as in its own notation.
struct NetworkAddress: Hashable, Sendable {
    /// 4 or 16, the most significant first.
    let octets: [UInt8]

    /// "192.0.2.7", "2001:db8::7"; nil for anything else, also for a name and for an address with a zone.
    init?(_ text: String) {
        guard !text.contains("%") else { return nil }
        do {
            self.init(try SocketAddress(ipAddress: text, port: 0))
        } catch {
            return nil
        }
    }

    /// Nil for a socket of the file system.
    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let address):
            octets = withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address):
            let all = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            octets = all.starts(with: Self.mapped) ? Array(all.suffix(4)) : all
        case .unixDomainSocket:
            return nil
        }
    }

    /// What an IPv4 address begins with as one of IPv6.
    private static let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    /// Names the place on the network for counting. An IPv6 network of 64 bits (RFC 4291, section 2.5.4) is one place,
    /// since whoever has one address there has all of them.
    var place: String {
        octets.count == 4
            ? octets.map { String($0) }.joined(separator: ".")
            : octets.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }
}
