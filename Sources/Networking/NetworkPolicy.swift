import Glibc
import NIOCore
import NIOPosix
import Wording

/// Which networks may be connected to. A mail server's name comes from whoever connects a mailbox, so it must not lead
/// into the network that Mailcard runs in.
public struct NetworkPolicy: Sendable {
    /// Loopback, private and link-local networks. Off unless the operator's own mail server stands there.
    public let allowsPrivateNetworks: Bool

    public init(allowsPrivateNetworks: Bool) { self.allowsPrivateNetworks = allowsPrivateNetworks }

    /// Resolves a host once. What is returned was checked; connecting must use it and not resolve again.
    /// - Throws: ``NetworkRefusal``.
    public func addresses(of host: String, port: Int) async throws -> [SocketAddress] {
        let all = try await NIOThreadPool.singleton.runIfActive { try Self.resolve(host, port: port) }
        let allowed = all.filter(permits)
        guard !allowed.isEmpty else { throw NetworkRefusal.notAllowed(host: host) }
        return allowed
    }

    /// Whether an address that was resolved elsewhere may be connected to.
    public func permits(_ address: SocketAddress) -> Bool { allowsPrivateNetworks || address.isPublic }

    private static func resolve(_ host: String, port: Int) throws -> [SocketAddress] {
        // A blank name would mean this host.
        guard !host.isEmpty, (1...65_535).contains(port) else { throw NetworkRefusal.unknown(host: host) }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        var code = getaddrinfo(host, String(port), &hints, &list)
        if code != 0 {
            // Without AI_ADDRCONFIG, as a host with nothing but loopback needs it.
            hints.ai_flags = 0
            code = getaddrinfo(host, String(port), &hints, &list)
        }
        guard code == 0 else {
            throw code == EAI_AGAIN ? NetworkRefusal.unresolvedNow(host: host) : NetworkRefusal.unknown(host: host)
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next {
            switch entry.pointee.ai_family {
            case AF_INET:
                entry.pointee.ai_addr.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    addresses.append(SocketAddress($0.pointee, host: host))
                }
            case AF_INET6:
                entry.pointee.ai_addr.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    addresses.append(SocketAddress($0.pointee, host: host))
                }
            default: break
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }
}

/// Why a host is not connected to.
public enum NetworkRefusal: Error, Hashable, Sendable {
    case unknown(host: String)
    /// The name server did not answer.
    case unresolvedNow(host: String)
    case notAllowed(host: String)

    public var sentence: Phrase {
        switch self {
        case .unknown(let host): "There is no server named “\(host)”."
        case .unresolvedNow(let host): "The name “\(host)” could not be looked up just now."
        case .notAllowed(let host):
            "“\(host)” stands in a private network, and this installation does not connect to those."
        }
    }
}

extension SocketAddress {
    /// Whether the address is one of the public Internet (the registries of RFC 6890 for IPv4 and IPv6).
    var isPublic: Bool {
        switch self {
        case .v4(let address): return Self.isPublic(UInt32(bigEndian: address.address.sin_addr.s_addr))
        case .v6(let address):
            return withUnsafeBytes(of: address.address.sin6_addr) { Self.isPublic(Array($0)) }
        case .unixDomainSocket: return false
        }
    }

    private static let privateRanges: [(network: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0x7f00_0000, 8), (0xa9fe_0000, 16), (0xac10_0000, 12),
        (0xc000_0000, 24), (0xc000_0200, 24), (0xc0a8_0000, 16), (0xc612_0000, 15), (0xc633_6400, 24),
        (0xcb00_7100, 24),
        (0xe000_0000, 3),
    ]

    private static func isPublic(_ address: UInt32) -> Bool {
        !privateRanges.contains { address >> (32 - $0.bits) == $0.network >> (32 - $0.bits) }
    }

    private static func isPublic(_ bytes: [UInt8]) -> Bool {
        func embedded(_ offset: Int) -> UInt32 { bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) } }
        // IPv4 in other clothes: mapped, compatible, NAT64, 6to4.
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == bytes[11], bytes[10] == 0 || bytes[10] == 0xff {
            return isPublic(embedded(12))
        }
        if bytes[..<12] == [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0] { return isPublic(embedded(12)) }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return isPublic(embedded(2)) }
        // Global unicast is 2000::/3; Teredo and documentation are not for mail servers.
        guard bytes[0] & 0xe0 == 0x20 else { return false }
        if bytes[..<4] == [0x20, 0x01, 0, 0] || bytes[..<4] == [0x20, 0x01, 0x0d, 0xb8] { return false }
        return true
    }
}
