import Foundation

/// Whether an app may be answered at an address.
enum RedirectURIs {
    /// Letter for letter, as Microsoft compares; `http` on loopback may name any port (RFC 8252, section 7.3).
    static func allow(_ uri: String, among registered: [String]) -> Bool {
        if registered.contains(uri) { return true }
        guard let asked = URLComponents(string: uri), asked.scheme == "http",
            ["localhost", "127.0.0.1"].contains(asked.host ?? "")
        else { return false }
        return registered.contains { other in
            guard var known = URLComponents(string: other) else { return false }
            known.port = asked.port
            return known.string == uri
        }
    }
}
