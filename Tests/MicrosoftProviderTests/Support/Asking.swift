import Foundation
import OAuth
import Synchronization

/// Passes requests on to the network, and remembers what was asked.
final class Asking: HTTPExchange {
    struct Batch: Decodable {
        struct Part: Decodable {
            let method: String
            let url: String
            let headers: [String: String]?
        }
        let requests: [Part]
    }

    private let next: any HTTPExchange
    private let asked = Mutex<[WebRequest]>([])

    init(_ next: any HTTPExchange) { self.next = next }

    func send(_ request: WebRequest) async throws -> WebResponse {
        asked.withLock { $0.append(request) }
        return try await next.send(request)
    }

    var requests: [WebRequest] { asked.withLock { $0 } }

    /// Those to Graph.
    var graphRequests: [WebRequest] { requests.filter { $0.url.contains("/v1.0/") } }

    func forget() { asked.withLock { $0 = [] } }

    /// What is wrong with the requests to Graph: one that could change something, or that would be answered with ids
    /// that change.
    func violations() throws -> [String] {
        try graphRequests.flatMap { request -> [String] in
            func prefer(_ headers: [String: String]) -> Bool {
                headers.contains { $0.key.lowercased() == "prefer" && $0.value.contains("IdType=\"ImmutableId\"") }
            }
            let headers = Dictionary(request.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
            var wrong: [String] = prefer(headers) ? [] : ["\(request.url) without immutable ids"]
            if request.method == .post {
                guard request.url.hasSuffix("/v1.0/$batch") else { return ["POST \(request.url)"] }
                for part in try JSONDecoder().decode(Batch.self, from: Data(request.body)).requests {
                    if part.method != "GET" { wrong.append("\(part.method) \(part.url)") }
                    if !prefer(part.headers ?? [:]) { wrong.append("\(part.url) without immutable ids") }
                }
            } else if request.method != .get {
                wrong.append("\(request.method) \(request.url)")
            }
            return wrong
        }
    }
}
