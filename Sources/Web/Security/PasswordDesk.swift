import CRM
import Dispatch
import Store

/// Hashes and checks passwords one after another on a thread of its own: each takes some tenths of a second and much
/// memory by intent, and must not hold up pages.
actor PasswordDesk {
    private let queue = HashingQueue()
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let hash: PasswordHash

    init(_ hash: PasswordHash) { self.hash = hash }

    func make(_ password: Secret<String>) throws -> String { try hash.make(password) }

    func verify(_ password: Secret<String>, against stored: String) throws -> Bool {
        try PasswordHash.verify(password, against: stored)
    }

    /// Where no user has the address that was entered.
    func spendTime(on password: Secret<String>) throws { try hash.spendTime(on: password) }

    nonisolated func isOutdated(_ stored: String) -> Bool { hash.isOutdated(stored) }
}

/// A serial queue that an actor runs on.
private final class HashingQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "mailcard.passwords", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
