/// Addresses of the Internet Protocol that begin alike: "192.0.2.7" and "2001:db8::7" are one address, "10.0.0.0/8" and
/// "fd00::/8" (RFC 4632, section 3.1; RFC 4291, section 2.3) all that agree in so many bits.
public struct NetworkRange: Sendable, LosslessStringConvertible {
    /// As it was written.
    public let description: String
    private let address: NetworkAddress
    /// In bits.
    private let length: Int

    /// Nil for what is neither an address nor a range.
    public init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let address = NetworkAddress(String(first)) else { return nil }
        let width = address.octets.count * 8
        guard let length = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(length) else { return nil }
        self.description = description
        self.address = address
        self.length = length
    }

    /// This computer.
    public static let loopback: [NetworkRange] = ["127.0.0.0/8", "::1"].compactMap { NetworkRange($0) }

    func contains(_ other: NetworkAddress) -> Bool {
        guard other.octets.count == address.octets.count else { return false }
        let (whole, rest) = length.quotientAndRemainder(dividingBy: 8)
        guard other.octets.prefix(whole) == address.octets.prefix(whole) else { return false }
        if rest == 0 { return true }
        let difference = other.octets[whole] ^ address.octets[whole]
        return difference >> (8 - rest) == 0
    }
}
