import Foundation
import OAuth

/// What came of one part of a batch.
enum BatchOutcome<Answer: Sendable>: Sendable {
    case found(Answer)
    case missing
    /// Refused for itself, several times where that may have passed.
    case failed(GraphFault)
}

/// Several GETs in one request (Microsoft Graph, "combine multiple HTTP requests using JSON batching").
extension GraphClient {
    /// Parts of a batch at most.
    static let batchSize = 20

    private struct Envelope: Encodable {
        struct Part: Encodable {
            let id: String
            let method = "GET"
            let url: String
            let headers: [String: String]
        }
        let requests: [Part]
    }

    private struct Answers<Answer: Decodable>: Decodable {
        struct Part: Decodable {
            let id: String
            let status: Int
            let headers: [String: String]?
            let body: Answer?
            let failure: Failure?

            private enum CodingKeys: String, CodingKey { case id, status, headers, body }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                id = try container.decode(String.self, forKey: .id)
                status = try container.decode(Int.self, forKey: .status)
                headers = try? container.decode([String: String].self, forKey: .headers)
                // One part whose content is not understood does not spoil the others.
                body = (200..<300).contains(status) ? try? container.decode(Answer.self, forKey: .body) : nil
                failure = (200..<300).contains(status) ? nil : try? container.decode(Failure.self, forKey: .body)
            }

            var fault: GraphFault {
                if (200..<300).contains(status) { return GraphFault(status: status, code: "AnswerUnreadable") }
                let retryAfter = headers?.first { $0.key.lowercased() == "retry-after" }.flatMap { Int($0.value) }
                return GraphFault(
                    status: status, code: failure?.error?.code ?? "", message: failure?.error?.message ?? "",
                    retryAfter: retryAfter)
            }
        }
        struct Failure: Decodable {
            struct Words: Decodable { let code, message: String? }
            let error: Words?
        }
        let responses: [Part]
    }

    /// Asks for each target; the outcomes stand in the same order. A part that is throttled or fails for a passing
    /// reason is asked for again, alone with its like.
    ///
    /// - Throws: as ``get(_:_:as:)``, when the service and not a part fails.
    func batch<Answer: Decodable & Sendable>(
        _ targets: [GraphTarget], _ preferences: GraphPreferences = GraphPreferences(), as: Answer.Type = Answer.self
    ) async throws -> [BatchOutcome<Answer>] {
        var outcomes: [BatchOutcome<Answer>?] = Array(repeating: nil, count: targets.count)
        var open = stride(from: 0, to: targets.count, by: Self.batchSize).reversed().map {
            Array($0..<min($0 + Self.batchSize, targets.count))
        }
        while let part = open.popLast() {
            do {
                for (index, outcome) in try await batch(part, of: targets, preferences, as: Answer.self) {
                    outcomes[index] = outcome
                }
            } catch WebFailure.tooLarge(let host) {
                guard part.count > 1 else {
                    outcomes[part[0]] = .failed(GraphFault(status: 413, code: "AnswerTooLarge", message: host))
                    continue
                }
                open += [Array(part[(part.count / 2)...]), Array(part[..<(part.count / 2)])]
            }
        }
        let all = outcomes.map { $0 ?? .failed(GraphFault(status: 200, code: "PartMissing")) }
        if !all.isEmpty, all.allSatisfy(\.mayBeOutage) {
            try await demandService()
        }
        return all
    }

    private func batch<Answer: Decodable & Sendable>(
        _ indices: [Int], of targets: [GraphTarget], _ preferences: GraphPreferences, as: Answer.Type
    ) async throws -> [(Int, BatchOutcome<Answer>)] {
        var done: [(Int, BatchOutcome<Answer>)] = []
        var open = indices
        var isRenewed = false
        for attempt in 1... {
            let answers: Answers<Answer> = try await ask(open, of: targets, preferences)
            let parts = Dictionary(answers.responses.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            var again: [Int] = []
            var pause: GraphFault?
            var tokenRefused = false
            for index in open {
                guard let part = parts[String(index)] else {
                    again.append(index)
                    continue
                }
                if let body = part.body {
                    done.append((index, .found(body)))
                    continue
                }
                let fault = part.fault
                if fault.isMissing {
                    done.append((index, .missing))
                } else if fault.isThrottling {
                    again.append(index)
                    if (fault.retryAfter ?? 0) >= (pause?.retryAfter ?? 0) { pause = fault }
                } else if fault.isTokenRefused, !isRenewed {
                    again.append(index)
                    tokenRefused = true
                } else if fault.isPassing || fault.code == "AnswerUnreadable", attempt < Self.attempts - 1 {
                    again.append(index)
                } else {
                    done.append((index, .failed(fault)))
                }
            }
            open = again
            if open.isEmpty { return done }
            if tokenRefused {
                isRenewed = true
                _ = try await tokens.replacement(for: try await tokens.accessToken())
            }
            if let pause {
                try await throttled(pause, attempt)
            } else if attempt >= Self.attempts {
                return done + open.map { ($0, .failed(GraphFault(status: 200, code: "PartMissing"))) }
            } else if !tokenRefused {
                try await sleep(Self.pause(attempt))
            }
        }
        return done
    }

    private func ask<Answer: Decodable & Sendable>(
        _ indices: [Int], of targets: [GraphTarget], _ preferences: GraphPreferences
    ) async throws -> Answers<Answer> {
        let envelope = Envelope(
            requests: indices.map {
                Envelope.Part(
                    id: String($0), url: targets[$0].relative,
                    headers: ["Prefer": preferences.header, "Accept": "application/json"])
            })
        let request = WebRequest(
            .post, root + "/$batch",
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json"),
                ("Prefer", preferences.header),
            ], body: Array(try JSONEncoder().encode(envelope)), responseLimit: Self.answerLimit)
        let response = try await send(request, weight: min(indices.count, GraphGate.places))
        do {
            return try JSONDecoder().decode(Answers<Answer>.self, from: Data(response.body))
        } catch {
            logger.notice("a batch of Graph is not understood", metadata: ["error": "\(error)"])
            throw GraphFault(status: 200, code: "AnswerUnreadable")
        }
    }
}

extension BatchOutcome {
    /// Whether it says nothing about the part itself.
    fileprivate var mayBeOutage: Bool {
        if case .failed(let fault) = self { return fault.isPassing || fault.status == 200 }
        return false
    }
}

/// A thing of which only the id is asked for.
struct GraphName: Decodable, Sendable { let id: String }
