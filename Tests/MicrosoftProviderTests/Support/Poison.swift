import Foundation
import OAuth
import Synchronization

/// A service that fails at whatever would show a certain message: a page of a delta, an answer, a part of a batch.
final class Poison: HTTPExchange {
    private let next: any HTTPExchange
    private let marks: Mutex<Set<String>>

    /// - Parameter marks: texts of the messages that cannot be shown.
    init(_ next: any HTTPExchange, marks: Set<String>) {
        self.next = next
        self.marks = Mutex(marks)
    }

    /// From now on everything can be shown.
    func heal() { marks.withLock { $0 = [] } }

    func send(_ request: WebRequest) async throws -> WebResponse {
        let response = try await next.send(request)
        guard isPoisoned(response.body) else { return response }
        guard request.url.hasSuffix("/$batch") else { return Self.failure }
        guard var object = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any],
            let parts = object["responses"] as? [[String: Any]]
        else { return Self.failure }
        object["responses"] = try parts.map { part -> [String: Any] in
            let data = try JSONSerialization.data(withJSONObject: part, options: .withoutEscapingSlashes)
            guard isPoisoned(Array(data)) else { return part }
            return [
                "id": part["id"] ?? "", "status": 500,
                "body": ["error": ["code": "ErrorInternalServerError", "message": "x"]],
            ]
        }
        return WebResponse(status: 200, body: Array(try JSONSerialization.data(withJSONObject: object)))
    }

    private func isPoisoned(_ body: [UInt8]) -> Bool {
        let text = String(decoding: body, as: UTF8.self)
        return marks.withLock { $0 }.contains { text.contains($0) }
    }

    private static let failure = WebResponse(
        status: 500, body: Array(#"{"error":{"code":"ErrorInternalServerError","message":"x"}}"#.utf8))
}
