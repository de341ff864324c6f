import OAuth
import Synchronization

/// Answers requests as a test says, without a network, and remembers what was asked.
public final class ScriptedExchange: HTTPExchange {
    public typealias Answer = @Sendable (WebRequest) async throws -> WebResponse

    private let answer: Answer
    private let asked = Mutex<[WebRequest]>([])

    public init(_ answer: @escaping Answer) { self.answer = answer }

    public func send(_ request: WebRequest) async throws -> WebResponse {
        asked.withLock { $0.append(request) }
        return try await answer(request)
    }

    /// All requests so far, in the order in which they came.
    public var requests: [WebRequest] { asked.withLock { $0 } }
}

extension WebResponse {
    /// An answer in JSON.
    public static func json(
        _ body: String, status: Int = 200, headers: [(name: String, value: String)] = []
    ) -> WebResponse {
        WebResponse(status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(body.utf8))
    }
}

extension WebRequest {
    public var text: String { String(decoding: body, as: UTF8.self) }

    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
