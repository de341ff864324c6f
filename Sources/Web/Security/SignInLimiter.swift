import Synchronization

/// Slows down whoever guesses passwords: after some refusals, an address or a place on the network waits.
///
/// Each key has a bucket of tries that fills up again with time. A success empties nobody's bucket but is free.
final class SignInLimiter: Sendable {
    private struct Bucket {
        var used: Double
        var at: Int64
    }

    /// Refusals in a row for one email address.
    static let triesPerAddress = 10.0
    /// Refusals in a row from one place: a whole office may share it.
    static let triesPerPlace = 50.0
    /// One try comes back after so many seconds.
    static let recovery = 30.0
    /// So many keys are remembered; beyond, those that recovered are forgotten, then all. An attacker with that many places cannot
    /// be held by counting.
    static let keyLimit = 20_000

    private let buckets = Mutex<[String: Bucket]>([:])

    /// Whether another try may be made now.
    func allows(address: String, place: String, now: Int64) -> Bool {
        buckets.withLock { buckets in
            used(buckets["a " + address], now) < Self.triesPerAddress && used(buckets["p " + place], now) < Self.triesPerPlace
        }
    }

    func refused(address: String, place: String, now: Int64) {
        buckets.withLock { buckets in
            if buckets.count >= Self.keyLimit {
                buckets = buckets.filter { used($0.value, now) > 0 }
                if buckets.count >= Self.keyLimit { buckets = [:] }
            }
            for key in ["a " + address, "p " + place] {
                buckets[key] = Bucket(used: used(buckets[key], now) + 1, at: now)
            }
        }
    }

    private func used(_ bucket: Bucket?, _ now: Int64) -> Double {
        guard let bucket else { return 0 }
        return max(0, bucket.used - Double(max(0, now - bucket.at)) / Self.recovery)
    }
}
