import Foundation
import Synchronization

/// The emulated service: takes requests, meets the planned faults, keeps the limits, and answers.
final class MicrosoftService: Sendable {
    let world: Mutex<MicrosoftWorld>
    let key: IdentityKey
    let clock: SandboxClock
    let faults = FaultPlan()
    let calls = CallLog()
    let notifier: Notifier
    private let base = Mutex("")

    init(tenantID: String, domain: String, clock: SandboxClock) throws {
        world = Mutex(MicrosoftWorld(tenantID: tenantID, domain: domain))
        key = try IdentityKey()
        self.clock = clock
        notifier = Notifier()
    }

    /// Without a slash at its end.
    var baseURL: String {
        get { base.withLock { $0 } }
        set { base.withLock { $0 = newValue } }
    }

    func deliver(_ request: SandboxRequest) async -> SandboxDelivery {
        if request.path.hasPrefix("/sandbox") {
            return .whole(await MicrosoftControls(service: self).answer(request))
        }
        let account = owner(of: request)
        let (answer, effects) = await answer(request, account: account, isPart: false)
        let sent: Int
        let delivery: SandboxDelivery
        if effects.contains(.loseAnswer) || effects.contains(.refuse) {
            (delivery, sent) = (.lost, 0)
        } else if case .truncate(let count)? = effects.first(where: { if case .truncate = $0 { true } else { false } })
        {
            (delivery, sent) = (.cut(answer, after: count), min(count, answer.body.count))
        } else {
            (delivery, sent) = (.whole(answer), answer.body.count)
        }
        var status = answer.status
        if case .lost = delivery { status = 0 }
        note(request, status: status, sent: sent, account: account, isPart: false)
        return delivery
    }

    /// The answer, and the faults that the call met.
    private func answer(
        _ request: SandboxRequest, account: String?, isPart: Bool
    ) async -> (SandboxAnswer, [Fault.Effect]) {
        let path = request.path.removingPercentEncoding ?? request.path
        let effects = faults.effects(method: request.method, path: path)
        let isGraph = path.hasPrefix("/v1.0/")
        let slot = isGraph && !isPart && !path.hasSuffix("$batch") ? limits(for: request) : nil
        defer { if let slot { release(slot) } }
        if let slot, let refusal = refusal(slot, request) { return (refusal, effects) }
        let latency = isGraph ? world.withLock { $0.quirks.latency } : 0
        if latency > 0 { try? await Task.sleep(for: .milliseconds(latency)) }
        for effect in effects {
            switch effect {
            case .delay(let milliseconds): try? await Task.sleep(for: .milliseconds(milliseconds))
            case .expireDeltaTokens: world.withLock { $0.deltas.expire() }
            case .throttle(let seconds):
                return (throttled(seconds, request, isGraph: isGraph), effects)
            case .fail(let status, let code):
                return (failed(status, code, request, isGraph: isGraph), effects)
            case .rejectToken: return (GraphError.tokenExpired.answer(at: clock.now, request: request), effects)
            case .refuse: return (.empty(0), effects)
            case .truncate, .loseAnswer: break
            }
        }
        if isGraph { return (await graph(request, path: request.path), effects) }
        return (signIn(request), effects)
    }

    // MARK: Graph

    private func graph(_ request: SandboxRequest, path: String) async -> SandboxAnswer {
        do throws(GraphError) {
            let words = ODataPath(path.dropFirst("/v1.0/".count)).segments
            if words == ["$batch"] { return try await batch(request) }
            let context = try context(for: request, path: words)
            if words.first == "subscriptions", request.method == "POST", words.count == 1 {
                return try await subscribe(context)
            }
            let answer = try world.withLock { world throws(GraphError) in
                try GraphDesk(context: context).answer(in: &world)
            }
            tellSubscribers()
            return answer
        } catch {
            return error.answer(at: clock.now, request: request)
        }
    }

    private func batch(_ request: SandboxRequest) async throws(GraphError) -> SandboxAnswer {
        guard request.method == "POST" else { throw .methodNotAllowed }
        _ = try context(for: request, path: ["$batch"])
        var failed: Set<String> = []
        var responses: [JSONValue] = []
        for part in try GraphBatch.parts(of: request) {
            var answer = GraphBatch.failedDependency
            if !part.dependsOn.contains(where: { failed.contains($0) }) {
                let effects: [Fault.Effect]
                (answer, effects) = await self.answer(part.request, account: nil, isPart: true)
                // A part has no connection of its own to lose.
                if effects.contains(.loseAnswer) || effects.contains(.refuse) {
                    answer = GraphError(
                        status: 504, code: "GatewayTimeout", message: "The part was not answered in time."
                    )
                    .answer(at: clock.now, request: part.request)
                }
            }
            if answer.status >= 400 { failed.insert(part.id) }
            note(
                part.request, status: answer.status, sent: answer.body.count, account: owner(of: request), isPart: true)
            responses.append(GraphBatch.response(part.id, answer))
        }
        return .json(["responses": .array(responses)])
    }

    func context(for request: SandboxRequest, path: [String]) throws(GraphError) -> GraphContext {
        let header = request.header("Authorization") ?? ""
        guard header.lowercased().hasPrefix("bearer "), header.count > 7 else { throw .tokenMissing }
        let token = String(header.dropFirst(7))
        let now = clock.now
        return try world.withLock { world throws(GraphError) in
            guard let known = world.directory.accessTokens[token] else { throw .tokenUnknown }
            guard now < known.expires else { throw .tokenExpired }
            guard let account = world.directory.account(known.grant.account), account.isEnabled else {
                throw .tokenUnknown
            }
            return GraphContext(
                request: request, path: path, query: ODataQuery(request.query),
                preferences: Preferences(request.header("Prefer")), account: account, client: known.grant.client,
                scopes: Set(known.grant.scopes), mailbox: world.mailboxNumber(of: account.objectID),
                root: "\(baseURL)/v1.0", now: now, quirks: world.quirks)
        }
    }

    // MARK: Signing in

    private func signIn(_ request: SandboxRequest) -> SandboxAnswer {
        let words = ODataPath(request.path).segments
        guard let tenant = words.first else { return .empty(404) }
        let (now, base) = (clock.now, baseURL)
        return world.withLock { world in
            switch (words.dropFirst().joined(separator: "/"), request.method) {
            case ("oauth2/v2.0/authorize", "GET"), ("oauth2/v2.0/authorize", "POST"):
                return SignInDesk(base: base, tenant: tenant, now: now).authorize(request, in: &world.directory)
            case ("login", "POST"):
                return SignInDesk(base: base, tenant: tenant, now: now).answer(request, in: &world.directory)
            case ("oauth2/v2.0/token", "POST"):
                return TokenDesk(base: base, tenant: tenant, now: now, key: key).answer(request, in: &world.directory)
            case ("v2.0/.well-known/openid-configuration", "GET"):
                guard world.directory.isTenant(tenant) else {
                    let error = SignInError.unknownTenant(tenant)
                    return .json(error.body(at: now, correlation: UUID().uuidString), status: 400)
                }
                return .json(
                    OpenIDConfiguration.document(base: base, tenant: tenant, tenantID: world.directory.tenantID))
            case ("discovery/v2.0/keys", "GET"):
                return (try? key.keySet).map { .json($0) } ?? .empty(500)
            case ("oauth2/v2.0/logout", "GET"):
                world.directory.sessions = [:]
                let back = request.parameters["post_logout_redirect_uri"]
                return back.map { .redirect(to: $0) }
                    ?? .page("<!DOCTYPE html><title>Signed out</title><p>You signed out.</p>")
            default: return .empty(404)
            }
        }
    }

    private func failed(_ status: Int, _ code: String, _ request: SandboxRequest, isGraph: Bool) -> SandboxAnswer {
        let words = "The sandbox's fault plan wants this."
        if isGraph {
            return GraphError(status: status, code: code, message: words).answer(at: clock.now, request: request)
        }
        let error = SignInError(error: code, code: 90033, words: words, status: status)
        return .json(error.body(at: clock.now, correlation: UUID().uuidString), status: status)
    }

    private func throttled(_ seconds: Int?, _ request: SandboxRequest, isGraph: Bool) -> SandboxAnswer {
        if isGraph {
            return GraphError.throttled("Too many requests.", retryAfter: seconds).answer(
                at: clock.now, request: request)
        }
        let error = SignInError(
            error: "temporarily_unavailable", code: 90055,
            words: "The server has terminated the request because of too many requests.", status: 429)
        let answer = SandboxAnswer.json(error.body(at: clock.now, correlation: UUID().uuidString), status: 429)
        return seconds.map { answer.adding("Retry-After", "\($0)") } ?? answer
    }
}
