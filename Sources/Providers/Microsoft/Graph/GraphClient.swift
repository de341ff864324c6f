import CRM
import Foundation
import Logging
import OAuth

/// Asks Graph about one mailbox. What reads mail uses GET alone, by itself or in batches; only ``MicrosoftCalendar`` sends
/// anything else.
struct GraphClient: Sendable {
    /// Such as `https://graph.microsoft.com/v1.0`.
    let root: String
    let exchange: any HTTPExchange
    let tokens: TokenKeeper
    let gate: GraphGate
    let sleep: @Sendable (Duration) async throws -> Void
    let logger: Logger

    /// Pauses up to this long, in seconds, are waited for on the spot; longer ones are told, and the exact place is
    /// returned to later.
    static let patience = 20
    /// The pause, in seconds, where Graph asks for one and does not say how long; its own libraries take that.
    static let usualPause = 10
    /// Requests for the same thing in a row.
    static let attempts = 4
    /// Octets of an answer: a page of 500 messages has 1 or 2 MB, unless many have hundreds of recipients.
    static let answerLimit = 32 << 20

    /// - Throws: ``GraphFault``; `WebFailure`; `OAuthFault`; `CancellationError`.
    func get<Answer: Decodable & Sendable>(
        _ target: GraphTarget, _ preferences: GraphPreferences = GraphPreferences(), as: Answer.Type = Answer.self
    ) async throws -> Answer {
        let request = WebRequest(
            .get, root + target.relative,
            headers: [("Accept", "application/json"), ("Prefer", preferences.header)], responseLimit: Self.answerLimit)
        for attempt in 1... {
            let response = try await send(request)
            do {
                return try JSONDecoder().decode(Answer.self, from: Data(response.body))
            } catch {
                logger.notice(
                    "an answer of Graph is not understood",
                    metadata: ["path": .string(target.path), "octets": "\(response.body.count)", "error": "\(error)"])
                if attempt == 2 { throw GraphFault(status: 200, code: "AnswerUnreadable") }
                try await sleep(.seconds(1))
            }
        }
        throw CancellationError()
    }

    /// That the service answers at all: an outage is no message's fault.
    /// - Throws: as ``get(_:_:as:)``.
    func demandService() async throws {
        _ = try await get(GraphTarget("me/mailFolders/inbox", [("$select", "id")]), as: GraphName.self)
    }

    /// Sends one request until it is answered or refused for good.
    func send(_ request: WebRequest, weight: Int = 1) async throws -> WebResponse {
        var isRenewed = false
        for attempt in 1... {
            let token = try await tokens.accessToken()
            let fault: GraphFault
            do {
                var request = request
                request.headers.append(("Authorization", "Bearer \(token.expose())"))
                let asked = request
                let response = try await gate.through(weight: weight) { try await exchange.send(asked) }
                if (200..<300).contains(response.status) {
                    await gate.succeeded()
                    return response
                }
                fault = GraphFault(response)
            } catch let failure as WebFailure where attempt < Self.attempts && failure.mayPass {
                try await sleep(Self.pause(attempt))
                continue
            }
            logger.debug(
                "Graph refused",
                metadata: ["status": "\(fault.status)", "code": .string(fault.code), "words": .string(fault.message)])
            if fault.isTokenRefused, !isRenewed {
                isRenewed = true
                _ = try await tokens.replacement(for: token)
            } else if fault.isThrottling {
                let seconds = try await throttled(fault, attempt)
                logger.info("Graph asks for a pause", metadata: ["seconds": "\(seconds)"])
            } else if fault.isPassing, attempt < Self.attempts {
                try await sleep(Self.pause(attempt))
            } else {
                throw fault
            }
        }
        throw CancellationError()
    }

    /// Lets less through from now on.
    /// - Throws: the fault, where the pause is too long or one of several in a row.
    @discardableResult
    func throttled(_ fault: GraphFault, _ attempt: Int) async throws -> Int {
        let seconds = fault.retryAfter ?? Self.usualPause
        await gate.throttled(for: .seconds(seconds))
        guard attempt < Self.attempts, seconds <= Self.patience else { throw fault }
        return seconds
    }

    static func pause(_ attempt: Int) -> Duration { .milliseconds(500 << min(attempt, 4)) }
}

extension WebFailure {
    /// Whether the same request may be answered the next moment.
    fileprivate var mayPass: Bool {
        switch self {
        case .interrupted, .unreachable, .timedOut: true
        case .refusedAddress, .certificate, .tooLarge, .malformedURL: false
        }
    }
}
