import Mirror

/// Lets requests to one mailbox through: four at a time at most, fewer after Graph asked for a pause, none during it.
///
/// Four is what Outlook allows an app at one mailbox (Microsoft Graph, "throttling limits", Outlook service limits).
/// The parts of a batch are carried out four at a time as well, so a batch takes all places.
actor GraphGate {
    static let places = 4
    /// Requests that have to succeed before one more is let through at a time again.
    private static let recovery = 20

    private struct Waiter {
        let number: Int
        let weight: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private(set) var limit = GraphGate.places
    private var inUse = 0
    private var waiters: [Waiter] = []
    private var count = 0
    private var successes = 0
    private var pausedUntil: ContinuousClock.Instant?
    /// Holds up whoever asks, for as long as it takes.
    private let sleep: @Sendable (Duration) async throws -> Void

    init(sleep: @escaping @Sendable (Duration) async throws -> Void) { self.sleep = sleep }

    /// Runs `work` when it is its turn.
    /// - Parameter weight: how many requests it stands for.
    func through<Result: Sendable>(
        weight: Int = 1, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await enter(weight)
        let taken = min(weight, Self.places)
        do {
            let result = try await work()
            leave(taken)
            return result
        } catch {
            leave(taken)
            throw error
        }
    }

    private func enter(_ weight: Int) async throws {
        while let pause = pausedUntil.map({ ContinuousClock.now.duration(to: $0) }), pause > .zero {
            try await sleep(pause)
            // A test's clock need not be this machine's.
            if pausedUntil.map({ ContinuousClock.now.duration(to: $0) <= pause }) ?? true { pausedUntil = nil }
        }
        try Task.checkCancellation()
        if waiters.isEmpty, fits(weight) {
            inUse += min(weight, Self.places)
            return
        }
        count += 1
        let number = count
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiters.append(Waiter(number: number, weight: weight, continuation: continuation))
                }
            }
        } onCancel: {
            // From whatever thread the cancellation comes on.
            Task { await self.giveUp(number) }
        }
    }

    /// One that is wider than what is let through goes alone.
    private func fits(_ weight: Int) -> Bool { inUse == 0 || inUse + min(weight, Self.places) <= limit }

    private func leave(_ taken: Int) {
        inUse -= taken
        admit()
    }

    private func admit() {
        while let first = waiters.first, fits(first.weight) {
            waiters.removeFirst()
            inUse += min(first.weight, Self.places)
            first.continuation.resume()
        }
    }

    private func giveUp(_ number: Int) {
        guard let index = waiters.firstIndex(where: { $0.number == number }) else { return }
        waiters.remove(at: index).continuation.resume(throwing: CancellationError())
        admit()
    }

    /// Graph asked for a pause: nothing goes out until it is over, and then half as much.
    func throttled(for pause: Duration) {
        limit = max(1, limit / 2)
        successes = 0
        let until = ContinuousClock.now + pause
        pausedUntil = max(pausedUntil ?? until, until)
    }

    func succeeded() {
        successes += 1
        guard successes >= Self.recovery, limit < Self.places else { return }
        successes = 0
        limit += 1
        admit()
    }
}
