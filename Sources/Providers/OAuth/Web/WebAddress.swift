import Foundation

/// Where a URL leads, as far as connecting needs it.
struct WebAddress: Hashable, Sendable {
    let host: String
    let port: Int
    let isSecure: Bool

    /// Nil for what is not asked: another scheme, a URL with a user in it, or one without TLS that leads off this
    /// machine.
    init?(_ url: String) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty, parts.user == nil else {
            return nil
        }
        switch parts.scheme?.lowercased() {
        case "https": isSecure = true
        case "http" where ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host.lowercased()): isSecure = false
        default: return nil
        }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? (isSecure ? 443 : 80)
    }
}
