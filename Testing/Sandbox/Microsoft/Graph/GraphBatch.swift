import Foundation

/// `$batch` (Combine multiple HTTP requests using JSON batching): up to 20 requests in one, each with its own outcome.
enum GraphBatch {
    /// Requests in one batch.
    private static let largest = 20

    struct Part: Sendable {
        var id: String
        var request: SandboxRequest
        var dependsOn: [String]
    }

    /// The parts of a batch. Throws what refuses the batch as a whole.
    static func parts(of request: SandboxRequest) throws(GraphError) -> [Part] {
        guard let requests = JSONValue(parsing: request.body)?["requests"]?.array else {
            throw .badRequest("BadRequest", "Invalid batch payload format.")
        }
        guard requests.count <= largest else {
            throw .badRequest(
                "BadRequest", "Number of batch request steps exceeds the maximum value of \(largest).")
        }
        var parts: [Part] = []
        for item in requests {
            guard let id = item["id"]?.string, let method = item["method"]?.string, let url = item["url"]?.string else {
                throw .badRequest("BadRequest", "Each request of a batch needs id, method and url.")
            }
            guard !parts.contains(where: { $0.id == id }) else {
                throw .badRequest("BadRequest", "Request id '\(id)' is not unique in the batch.")
            }
            let depends = (item["dependsOn"]?.array ?? []).compactMap(\.string)
            guard depends.allSatisfy({ name in parts.contains { $0.id == name } }) else {
                throw .badRequest("BadRequest", "Request '\(id)' depends on one that does not stand before it.")
            }
            var headers = (item["headers"]?.object ?? [:]).compactMap { name, value in
                value.string.map { (name: name, value: $0) }
            }
            if !headers.contains(where: { $0.name.lowercased() == "authorization" }),
                let token = request.header("Authorization")
            {
                headers.append(("Authorization", token))
            }
            // Relative says the documentation; msgraph-sdk sends the whole URL of its version's root.
            let relative = url.firstRange(of: "/v1.0/").map { url[$0.upperBound...] } ?? url[...]
            let target = relative.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            let path = (target.first ?? "").drop { $0 == "/" }
            parts.append(
                Part(
                    id: id,
                    request: SandboxRequest(
                        method: method.uppercased(), path: "/v1.0/\(path)",
                        query: target.count > 1 ? String(target[1]) : "", headers: headers,
                        body: item["body"].map(body) ?? Data()),
                    dependsOn: depends))
        }
        return parts
    }

    private static func body(_ value: JSONValue) -> Data {
        // What is not JSON comes in base64.
        if let text = value.string { return Data(base64Encoded: text) ?? Data(text.utf8) }
        return value.data
    }

    static func response(_ id: String, _ answer: SandboxAnswer) -> JSONValue {
        var response: JSONValue = ["id": .string(id), "status": .integer(answer.status)]
        let headers = Dictionary(
            answer.headers.map { ($0.name, JSONValue.string($0.value)) }, uniquingKeysWith: { _, last in last })
        if !headers.isEmpty { response["headers"] = .object(headers) }
        if !answer.body.isEmpty {
            response["body"] = JSONValue(parsing: answer.body) ?? .string(answer.body.base64EncodedString())
        }
        return response
    }

    static let failedDependency = SandboxAnswer.json(
        ["error": ["code": "FailedDependency", "message": "A request that this one depends on has failed."]],
        status: 424)
}
