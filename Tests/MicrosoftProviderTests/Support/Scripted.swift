import CRM
import Foundation
import Logging
import Mirror
import OAuth
import ScriptedExchange
import Synchronization

@testable import MicrosoftProvider

/// A source whose Graph is what a test answers; the token endpoint is answered always.
final class Scripted: Sendable {
    typealias Answer = @Sendable (WebRequest) async throws -> WebResponse

    let exchange: ScriptedExchange
    let source: MicrosoftMailSource

    static let now: Int64 = 1_795_856_400

    init(tokens: TokenSet? = nil, _ answer: @escaping Answer) throws {
        let refreshes = Held(0)
        let pauses = Held([Duration]())
        exchange = ScriptedExchange { request in
            guard request.url.contains("/oauth2/") else { return try await answer(request) }
            let number = refreshes.add()
            return .json(#"{"access_token":"fresh\#(number)","refresh_token":"R","expires_in":3600}"#)
        }
        var pace = MicrosoftPace()
        pace.sleep = { pause in
            pauses.append(pause)
            await Task.yield()
        }
        let provider = MicrosoftMailProvider(
            exchange: exchange, now: { Self.now }, pace: pace,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let usual = TokenSet(
            accessToken: Secret("first"), refreshToken: Secret("R"), issuedAt: Self.now, expiresAt: Self.now + 3600,
            scopes: [])
        source = provider.source(
            MailboxAccess(
                settings: MailboxSettings(address: "ann@acme.example"),
                credentials: try (tokens ?? usual).credentials,
                app: { ProviderApp(clientID: "client-1", secret: Secret("s"), tenant: "organizations") }))
        self.held = (pauses, refreshes)
    }

    private let held: (pauses: Held<[Duration]>, refreshes: Held<Int>)

    /// Pauses that were asked for.
    var seconds: [Double] { held.pauses.value.map { $0 / .seconds(1) } }
    var renewals: Int { held.refreshes.value }
    var urls: [String] { exchange.requests.map(\.url).filter { !$0.contains("/oauth2/") } }

    static let error503 = WebResponse.json(#"{"error":{"code":"ServiceUnavailable","message":"x"}}"#, status: 503)

    static func refusal(_ status: Int, _ code: String, retryAfter: String? = nil) -> WebResponse {
        .json(
            #"{"error":{"code":"\#(code)","message":"words"}}"#, status: status,
            headers: retryAfter.map { [("Retry-After", $0)] } ?? [])
    }
}

/// A value that closures share.
final class Held<Value: Sendable>: Sendable {
    private let held: Mutex<Value>
    init(_ value: Value) { held = Mutex(value) }
    var value: Value { held.withLock { $0 } }
    func set(_ value: Value) { held.withLock { $0 = value } }
}

extension Held<Int> {
    /// Returns the new value.
    @discardableResult func add(_ number: Int = 1) -> Int {
        held.withLock {
            $0 += number; return $0
        }
    }
}

extension Held<[Duration]> {
    func append(_ pause: Duration) { held.withLock { $0.append(pause) } }
}
