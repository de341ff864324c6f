import Foundation
import Synchronization

/// The endpoint (RFC 7662) at which Dovecot asks whether an OAuth token is good.
public final class TokenIntrospection: Sendable {
    private let good: Registry
    private let listener: Listener
    var port: Int { listener.port }

    init() throws(TestServerError) {
        let registry = Registry()
        good = registry
        listener = try Listener { socket in try? TokenIntrospection.serve(socket, registry) }
    }

    /// Makes a token good for a user.
    public func accept(_ token: String, for address: String) { good.users.withLock { $0[token] = address } }

    /// Makes it bad again.
    public func revoke(_ token: String) { good.users.withLock { $0[token] = nil } }

    private final class Registry: Sendable {
        let users = Mutex<[String: String]>([:])
    }

    private static func serve(_ socket: Socket, _ registry: Registry) throws {
        while let request = try HTTPMessage.read(from: socket) {
            let form = URLComponents(string: "?" + String(decoding: request.body, as: UTF8.self))
            let token = form?.queryItems?.first { $0.name == "token" }?.value ?? ""
            let address = registry.users.withLock { $0[token] }
            let answer =
                address.map { #"{"active":true,"email":"\#($0)","username":"\#($0)","scope":"mail","exp":9999999999}"# }
                ?? #"{"active":false}"#
            try socket.write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(answer.utf8.count)\r\n\r\n\(answer)"
            )
        }
    }
}
