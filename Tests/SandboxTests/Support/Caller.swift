import AsyncHTTPClient
import Foundation
import NIOCore
import Sandbox

/// A plain HTTP caller that follows no redirect and keeps its cookies.
final class Caller {
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: Data

        var json: JSONValue { JSONValue(parsing: body) ?? .null }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))

    let root: String
    var token: String?
    /// Sent with every call.
    var prefer: String?
    private var cookie: String?

    init(_ root: String, token: String? = nil, prefer: String? = nil) {
        (self.root, self.token, self.prefer) = (root, token, prefer)
    }

    func get(_ path: String, prefer: String? = nil) async throws -> Answer {
        try await call("GET", path, prefer: prefer)
    }

    func post(_ path: String, _ json: JSONValue) async throws -> Answer { try await call("POST", path, json: json) }

    func post(_ path: String, form: [String: String]) async throws -> Answer {
        try await post(path, fields: form.map { ($0.key, $0.value) })
    }

    func post(_ path: String, fields: [(String, String)]) async throws -> Answer {
        let body = fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        return try await call("POST", path, body: Data(body.utf8), type: "application/x-www-form-urlencoded")
    }

    func call(
        _ method: String, _ path: String, json: JSONValue? = nil, body: Data? = nil, type: String? = nil,
        prefer: String? = nil
    ) async throws -> Answer {
        let url = path.hasPrefix("http") ? path : root + path
        // As browsers do with what an address must not hold.
        let escaped = url.replacingOccurrences(of: " ", with: "%20").replacingOccurrences(of: "{", with: "%7B")
            .replacingOccurrences(of: "}", with: "%7D").replacingOccurrences(of: "\"", with: "%22")
        var request = HTTPClientRequest(url: escaped)
        request.method = .init(rawValue: method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let prefer = prefer ?? self.prefer { request.headers.add(name: "Prefer", value: prefer) }
        if let cookie { request.headers.add(name: "Cookie", value: cookie) }
        if let json {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: json.data))
        } else if let body {
            request.headers.add(name: "Content-Type", value: type ?? "application/octet-stream")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await Self.client.execute(request, timeout: .seconds(30))
        let received = try await response.body.collect(upTo: 64 << 20)
        let set = response.headers["Set-Cookie"].first
        if let set { cookie = String(set.prefix { $0 != ";" }) }
        return Answer(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
            body: Data(received.readableBytesView))
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
