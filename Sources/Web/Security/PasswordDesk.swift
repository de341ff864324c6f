import CRM
import Dispatch
import Store
import Synchronization

/// Hashes and checks passwords one after another on a thread of its own: each takes some tenths of a second and much
/// memory by intent, and must not hold up pages.
///
/// Only so many may wait, since anyone can ask without being signed in. All functions throw ``WebError/busy`` when the
/// queue is full.
actor PasswordDesk {
    private let queue = HashingQueue()
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let hash: PasswordHash

    /// How many wait or are being looked at: the last of them waits some seconds. More people than that do not sign in
    /// within the same seconds, and a browser that waits longer is sent away by its person or its proxy.
    static let limit = 32

    init(_ hash: PasswordHash) { self.hash = hash }

    nonisolated func make(_ password: Secret<String>) async throws -> String {
        try await inTurn { [hash] in try hash.make(password) }
    }

    nonisolated func verify(_ password: Secret<String>, against stored: String) async throws -> Bool {
        try await inTurn { try PasswordHash.verify(password, against: stored) }
    }

    /// Where no user has the address that was entered.
    nonisolated func spendTime(on password: Secret<String>) async throws {
        try await inTurn { [hash] in try hash.spendTime(on: password) }
    }

    nonisolated func isOutdated(_ stored: String) -> Bool { hash.isOutdated(stored) }

    /// How many wait or are being looked at.
    nonisolated var waiting: Int { queue.waiting }

    /// Does some work when all that came before is done.
    nonisolated func inTurn<T: Sendable>(_ work: @Sendable () throws -> T) async throws -> T {
        guard queue.enter(limit: Self.limit) else { throw WebError.busy }
        defer { queue.leave() }
        return try await perform(work)
    }

    private func perform<T: Sendable>(_ work: @Sendable () throws -> T) throws -> T { try work() }
}

/// A serial queue that an actor runs on, and how many wait for it.
private final class HashingQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "mailcard.passwords", qos: .userInitiated)
    private let count = Mutex(0)

    var waiting: Int { count.withLock { $0 } }

    /// False when as many wait as may.
    func enter(limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { count.withLock { $0 -= 1 } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
