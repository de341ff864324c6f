import Synchronization

/// Lets the next page be fetched and decided while the one before is being written. At most one write is under way, and
/// they are made in order.
final class WriteBehind: Sendable {
    private let underWay = Mutex<Task<Void, any Error>?>(nil)

    private init() {}

    /// Returns when `work` has ended and all that it began is written.
    /// - Throws: what a write threw, or else what `work` threw.
    static func during<Result>(_ work: (WriteBehind) async throws -> Result) async throws -> Result {
        let writes = WriteBehind()
        let result: Result
        do {
            result = try await work(writes)
        } catch {
            try await writes.finish()
            throw error
        }
        try await writes.finish()
        return result
    }

    /// Begins a write when the one before is done. Not to be called by two tasks at a time.
    /// - Throws: what the one before threw; this one is not begun then.
    func begin(_ write: @escaping @Sendable () async throws -> Void) async throws {
        try await finish()
        underWay.withLock { $0 = Task { try await write() } }
    }

    /// Returns when nothing is under way.
    /// - Throws: what the write threw.
    func finish() async throws {
        let task = underWay.withLock { task in
            defer { task = nil }
            return task
        }
        guard let task else { return }
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
