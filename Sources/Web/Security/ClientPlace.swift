import HTTPTypes

/// The place on the network that a request comes from.
enum ClientPlace {
    /// Where the other end of the connection is a proxy that is trusted, the last of the addresses in X-Forwarded-For
    /// that is not such a proxy's: each proxy adds at the end whom it was asked by, and what stands before may be made
    /// up.
    ///
    /// - Parameters:
    ///   - peer: the other end of the connection, where it is known.
    ///   - forwardedFor: the fields X-Forwarded-For, in their order.
    static func of(
        peer: NetworkAddress?, forwardedFor fields: [String], trusting proxies: [NetworkRange]
    ) -> String {
        guard var client = peer else { return "unknown" }
        let entries = fields.flatMap { $0.split(separator: ",") }
        for entry in entries.reversed() {
            // An entry that is no address says nothing, and neither does what stands before it.
            guard proxies.contains(where: { $0.contains(client) }), let address = parsed(entry) else { break }
            client = address
        }
        return client.place
    }

    /// Some proxies add the port: "192.0.2.7:1234", "[2001:db8::7]:1234".
    private static func parsed(_ entry: Substring) -> NetworkAddress? {
        let text = String(entry).trimmed
        if text.hasPrefix("[") { return NetworkAddress(String(text.dropFirst().prefix { $0 != "]" })) }
        let hasPort = text.contains(".") && text.count { $0 == ":" } == 1
        return NetworkAddress(hasPort ? String(text.prefix { $0 != ":" }) : text)
    }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}
