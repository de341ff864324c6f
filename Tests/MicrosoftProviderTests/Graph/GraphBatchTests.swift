import Foundation
import Mirror
import OAuth
import ScriptedExchange
import Testing

@testable import MicrosoftProvider

@Suite struct GraphBatchTests {
    private static func ids(_ request: WebRequest) throws -> [(id: String, url: String)] {
        let object = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        let parts = object?["requests"] as? [[String: Any]] ?? []
        return parts.map { ($0["id"] as? String ?? "", $0["url"] as? String ?? "") }
    }

    private static func answer(
        _ request: WebRequest, _ part: (String, String) -> String
    ) throws -> WebResponse {
        .json(#"{"responses":[\#(try ids(request).map { part($0.id, $0.url) }.joined(separator: ","))]}"#)
    }

    private static func found(_ id: String, _ name: String) -> String {
        #"{"id":"\#(id)","status":200,"body":{"id":"\#(name)"}}"#
    }

    private func targets(_ count: Int) -> [GraphTarget] { (0..<count).map { GraphTarget("me/messages/m\($0)") } }

    private func names(_ outcomes: [BatchOutcome<GraphName>]) -> [String] {
        outcomes.map { outcome in
            switch outcome {
            case .found(let name): name.id
            case .missing: "missing"
            case .failed(let fault): "failed \(fault.status)"
            }
        }
    }

    @Test func `a batch has twenty parts at most, and outcomes stand in the order of what was asked`() async throws {
        let scripted = try Scripted { request in
            let all = try Self.ids(request)
            let parts = all.reversed().map { Self.found($0.id, String($0.url.split(separator: "/").last ?? "")) }
            return .json(#"{"responses":[\#(parts.joined(separator: ","))]}"#)
        }
        let outcomes = try await scripted.source.graph.batch(targets(45), as: GraphName.self)
        #expect(names(outcomes) == (0..<45).map { "m\($0)" })
        #expect(try scripted.exchange.requests.map { try Self.ids($0).count } == [20, 20, 5])
    }

    @Test func `a part that is throttled is asked for again alone, after the pause that it names`() async throws {
        let count = Held(0)
        let scripted = try Scripted { request in
            let first = count.add() == 1
            return try Self.answer(request) { id, url in
                first && (id == "1" || id == "3")
                    ? #"{"id":"\#(id)","status":429,"headers":{"Retry-After":"\#(id)"},"body":{"error":{"code":"ApplicationThrottled"}}}"#
                    : Self.found(id, "m\(id)")
            }
        }
        let outcomes = try await scripted.source.graph.batch(targets(5), as: GraphName.self)
        #expect(names(outcomes) == ["m0", "m1", "m2", "m3", "m4"])
        #expect(try Self.ids(scripted.exchange.requests[1]).map(\.id) == ["1", "3"])
        #expect(scripted.seconds.count == 1 && scripted.seconds[0] > 2 && scripted.seconds[0] <= 3)
        #expect(await scripted.source.graph.gate.limit == 2)
    }

    @Test func `one part that goes on failing fails alone`() async throws {
        let scripted = try Scripted { request in
            try Self.answer(request) { id, url in
                switch url.split(separator: "/").last {
                case "m2": #"{"id":"\#(id)","status":500,"body":{"error":{"code":"ErrorInternalServerError"}}}"#
                case "m3": #"{"id":"\#(id)","status":404,"body":{"error":{"code":"ErrorItemNotFound"}}}"#
                case "m4": #"{"id":"\#(id)","status":200,"body":{"odd":true}}"#
                default: Self.found(id, "m\(id)")
                }
            }
        }
        let outcomes = try await scripted.source.graph.batch(targets(5), as: GraphName.self)
        #expect(names(outcomes) == ["m0", "m1", "failed 500", "missing", "failed 200"])
    }

    @Test func `where all parts fail and nothing else can be had, it is an outage and no message's fault`() async throws
    {
        let scripted = try Scripted { request in
            if request.method == .get { return Scripted.error503 }
            return try Self.answer(request) { id, _ in #"{"id":"\#(id)","status":503,"body":{}}"# }
        }
        await #expect(throws: GraphFault.self) {
            try await scripted.source.graph.batch(targets(2), as: GraphName.self)
        }
    }

    @Test func `where all parts fail and the service answers, it is theirs`() async throws {
        let scripted = try Scripted { request in
            if request.method == .get { return .json(#"{"id":"inbox"}"#) }
            return try Self.answer(request) { id, _ in #"{"id":"\#(id)","status":500,"body":{}}"# }
        }
        let outcomes = try await scripted.source.graph.batch(targets(2), as: GraphName.self)
        #expect(names(outcomes) == ["failed 500", "failed 500"])
    }

    @Test func `a part that was left out is asked for again`() async throws {
        let count = Held(0)
        let scripted = try Scripted { request in
            let first = count.add() == 1
            return .json(
                #"{"responses":[\#(try Self.ids(request).filter { !first || $0.id != "1" }.map { Self.found($0.id, "m\($0.id)") }.joined(separator: ","))]}"#
            )
        }
        #expect(names(try await scripted.source.graph.batch(targets(3), as: GraphName.self)) == ["m0", "m1", "m2"])
    }

    @Test func `an answer that is too long is asked for by halves, down to the one that is`() async throws {
        let scripted = try Scripted { request in
            let parts = try Self.ids(request)
            if parts.contains(where: { $0.url.hasSuffix("/m6") }), parts.count > 1 {
                throw WebFailure.tooLarge(host: "graph")
            }
            if parts.contains(where: { $0.url.hasSuffix("/m6") }) { throw WebFailure.tooLarge(host: "graph") }
            return try Self.answer(request) { id, _ in Self.found(id, "m\(id)") }
        }
        let outcomes = try await scripted.source.graph.batch(targets(8), as: GraphName.self)
        #expect(names(outcomes) == ["m0", "m1", "m2", "m3", "m4", "m5", "failed 413", "m7"])
    }
}
