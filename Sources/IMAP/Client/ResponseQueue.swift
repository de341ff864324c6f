import NIOCore
import Synchronization

/// Hands responses from the channel to the one task that reads them, and tells the channel to stop reading when that
/// task falls behind.
final class ResponseQueue: Sendable {
    /// Octets that may lie here before reading from the socket pauses: a few pages of envelopes.
    static let highWater = 4 << 20
    /// What a response takes in memory besides its octets, about: small ones are not for nothing.
    static let responseCost = 200

    private struct State {
        var responses: [Response] = []
        /// With the cost of each response.
        var octets = 0
        /// Of a response that is not whole yet.
        var partialOctets = 0
        var failure: IMAPError?
        var waiter: CheckedContinuation<[Response], any Error>?
        /// Tells a deadline which wait it belongs to.
        var waits = 0
        /// The wait whose deadline passed before it had begun to wait.
        var expired = 0
        var isPaused = false
        /// Anything came since the last wait began, even part of a response.
        var sawOctets = false
    }

    private let state = Mutex(State())
    private let eventLoop: any EventLoop

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    /// - Returns: whether to go on reading from the socket.
    func push(_ responses: [Response], octets: Int) -> Bool {
        let (waiter, batch, goesOn) = state.withLock {
            state -> (CheckedContinuation<[Response], any Error>?, [Response], Bool) in
            state.sawOctets = true
            // What is part of a response cannot be taken yet: pausing for it would be for ever. The framer bounds it.
            state.partialOctets += octets
            guard !responses.isEmpty else { return (nil, [], !state.isPaused) }
            defer { state.partialOctets = 0 }
            if let waiter = state.waiter {
                state.waiter = nil
                return (waiter, responses, true)
            }
            state.responses += responses
            state.octets += state.partialOctets + responses.count * Self.responseCost
            state.isPaused = state.octets > Self.highWater
            return (nil, [], !state.isPaused)
        }
        waiter?.resume(returning: batch)
        return goesOn
    }

    func fail(_ error: IMAPError) {
        let waiter = state.withLock { state in
            if state.failure == nil { state.failure = error }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(throwing: error)
    }

    var isEmpty: Bool { state.withLock { $0.responses.isEmpty } }

    /// All that has come and was not taken yet; waits for something where nothing has.
    /// - Parameters:
    ///   - silence: how long the server may send nothing at all.
    ///   - resume: lets the channel read again.
    func next(silence: Duration, resume: () -> Void) async throws -> [Response] {
        while true {
            do {
                if let taken = try take(resume) { return taken }
                let batch = try await wait(silence: silence)
                if !batch.isEmpty { return batch }
            } catch is Quiet {
                // Part of a long response came meanwhile: the server is at work.
                if state.withLock({ $0.sawOctets }) { continue }
                throw IMAPError.timedOut
            }
        }
    }

    private struct Quiet: Error {}

    /// All that lies here; nil where nothing does and more may come.
    private func take(_ resume: () -> Void) throws -> [Response]? {
        let (taken, wasPaused) = try state.withLock { state -> ([Response]?, Bool) in
            if state.responses.isEmpty {
                if let failure = state.failure { throw failure }
                return (nil, false)
            }
            defer {
                state.responses = []
                state.octets = 0
                state.isPaused = false
            }
            return (state.responses, state.isPaused)
        }
        if wasPaused { resume() }
        return taken
    }

    /// - Returns: what came; nothing where it lies here to be taken.
    private func wait(silence: Duration) async throws -> [Response] {
        let number = state.withLock { state -> Int in
            state.waits += 1
            state.sawOctets = false
            return state.waits
        }
        let deadline = eventLoop.scheduleTask(in: TimeAmount(silence)) { self.expire(number) }
        defer { deadline.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let immediate = state.withLock { state -> Result<[Response], any Error>? in
                    if !state.responses.isEmpty { return .success([]) }
                    if let failure = state.failure { return .failure(failure) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.expired == number { return .failure(Quiet()) }
                    state.waiter = continuation
                    return nil
                }
                if let immediate { continuation.resume(with: immediate) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func expire(_ number: Int) {
        let waiter = state.withLock { state -> CheckedContinuation<[Response], any Error>? in
            guard state.waits == number else { return nil }
            state.expired = number
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(throwing: Quiet())
    }
}
