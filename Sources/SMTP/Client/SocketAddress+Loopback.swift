import NIOCore

extension SocketAddress {
    /// 127.0.0.0/8, ::1, or 127.0.0.0/8 written as IPv6, and sockets of the file system.
    var isLoopback: Bool {
        switch self {
        case .v4: return octets.first == 127
        case .v6:
            let octets = octets
            if octets.dropLast().allSatisfy({ $0 == 0 }) { return octets.last == 1 }
            return octets.prefix(10).allSatisfy { $0 == 0 } && octets[10...].starts(with: [0xFF, 0xFF, 127])
        case .unixDomainSocket: return true
        }
    }

    /// As EHLO names a client without a host name (RFC 5321, section 4.1.3): `[192.0.2.1]`, `[IPv6:2001:db8::1]`.
    var literal: String? {
        guard let ipAddress else { return nil }
        // A zone, as in fe80::1%eth0, means nothing to the server.
        let bare = ipAddress.prefix { $0 != "%" }
        if case .v6 = self { return "[IPv6:\(bare)]" }
        return "[\(bare)]"
    }

    private var octets: [UInt8] {
        switch self {
        case .v4(let address): withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
        case .unixDomainSocket: []
        }
    }
}
