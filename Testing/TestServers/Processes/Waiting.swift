import Foundation

/// Asks again every few milliseconds until there is an answer.
/// - Returns: nil when there is none after `limit`.
func poll<Answer>(for limit: Duration, every step: Duration = .milliseconds(20), _ ask: () throws -> Answer?)
    async throws
    -> Answer?
{
    let end = ContinuousClock.now + limit
    while true {
        if let answer = try ask() { return answer }
        guard ContinuousClock.now < end else { return nil }
        try await Task.sleep(for: step)
    }
}

/// The last 60 lines of a log, for a failure's message.
func endOfLog(_ files: URL...) -> String {
    files.compactMap { try? String(decoding: Data(contentsOf: $0), as: UTF8.self) }
        .joined(separator: "\n")
        .split(separator: "\n")
        .suffix(60)
        .joined(separator: "\n")
}
