import Foundation

/// The controls of the sandbox over HTTP, `/sandbox/…`, for what is not written in Swift: scripts, integrators.
struct MicrosoftControls: Sendable {
    let service: MicrosoftService

    func answer(_ request: SandboxRequest) async -> SandboxAnswer {
        let path = request.path.split(separator: "/").dropFirst().map { $0.removingPercentEncoding ?? String($0) }
        do {
            let body = request.body.isEmpty ? JSONValue.object([:]) : JSONValue(parsing: request.body)
            guard let body, body.object != nil else { throw SandboxError.malformed("the body is no JSON object.") }
            if path.first == "settle" { return .json(["lost": .integer(await service.notifier.settle())]) }
            return .json(try answer(path, request.method, body))
        } catch {
            return .json(["error": .string("\(error)")], status: error is SandboxError ? 400 : 500)
        }
    }

    private func answer(_ path: [String], _ method: String, _ body: JSONValue) throws -> JSONValue {
        switch (path.first ?? "", method) {
        case ("accounts", _) where path.count > 1:
            return try AccountControls(service: service).answer(path, method, body)
        case ("accounts", "POST"): return try AccountControls(service: service).add(body)
        case ("accounts", "GET"):
            return .array(service.world.withLock { $0.directory.accounts }.map(AccountControls.json))
        case ("apps", "POST"): return try register(body)
        case ("clock", "POST"):
            service.clock.advance(by: body["advance"]?.double ?? 0)
            fallthrough
        case ("clock", "GET"): return ["now": .string(GraphTime.string(service.clock.now))]
        case ("faults", "POST"):
            service.faults.add(try FaultControls.fault(body))
            return ["done": true]
        case ("faults", "DELETE"):
            service.faults.clear()
            return ["done": true]
        case ("calls", "GET"): return calls
        case ("calls", "DELETE"):
            service.calls.clear()
            return ["done": true]
        case ("deltas", "DELETE"):
            let account = try body["account"]?.string.map { try service.account($0).objectID }
            service.world.withLock { $0.deltas.expire(account: account) }
            return ["done": true]
        case ("quirks", "PATCH"):
            try service.world.withLock { world in world.quirks = try FaultControls.quirks(body, over: world.quirks) }
            return ["done": true]
        case ("sent", "GET"):
            return .array(
                service.world.withLock { $0.sent }.map { sent in
                    [
                        "account": .string(sent.account), "subject": .string(sent.letter.subject),
                        "messageId": .string(sent.letter.messageID), "saved": .bool(sent.isSaved),
                        "to": .array(sent.letter.to.map { .string($0.address) }),
                    ]
                })
        default: throw SandboxError.malformed("there is no control \(method) /sandbox/\(path.joined(separator: "/")).")
        }
    }

    private func register(_ body: JSONValue) throws -> JSONValue {
        guard let uris = body["redirectUris"]?.array?.compactMap(\.string), !uris.isEmpty else {
            throw SandboxError.malformed("an app needs redirectUris.")
        }
        var app = MicrosoftApp(
            clientID: body["clientId"]?.string ?? UUID().uuidString.lowercased(),
            name: body["name"]?.string ?? "Mailcard",
            secret: body["secret"]?.string, redirectURIs: uris)
        if let expires = body["secretExpires"]?.string.flatMap(GraphTime.date) {
            app.secrets = app.secrets.map { .init($0.value, expires: expires) }
        }
        service.register(app)
        return ["clientId": .string(app.clientID)]
    }

    private var calls: JSONValue {
        .array(
            service.calls.calls.map { call in
                [
                    "method": .string(call.method), "path": .string(call.path), "query": .string(call.query),
                    "status": .integer(call.status), "received": .integer(call.received), "sent": .integer(call.sent),
                    "account": .orNull(call.account), "batchPart": .bool(call.isBatchPart),
                ]
            })
    }
}
