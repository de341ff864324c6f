import Synchronization

/// Slows down whoever guesses passwords: after some tries, an address or a place on the network waits.
///
/// Each key has a bucket of tries that fills up again with time. A try is taken before the password is looked at, so
/// that many at once count too, and given back when it was right.
final class SignInLimiter: Sendable {
    private struct Bucket {
        var used: Double
        var at: Int64
    }

    /// Wrong tries in a row for one email address.
    static let triesPerAddress = 10.0
    /// Wrong tries in a row from one place: a whole office may share it.
    static let triesPerPlace = 50.0
    /// One try comes back after so many seconds.
    static let recovery = 30.0
    /// So many keys are remembered; beyond, those that recovered are forgotten, then all. An attacker with that many
    /// places cannot be held by counting.
    static let keyLimit = 20_000

    private let buckets = Mutex<[String: Bucket]>([:])

    /// Takes a try; false when there is none left now.
    func take(address: String, place: String, now: Int64) -> Bool {
        buckets.withLock { buckets in
            let keys = Self.keys(address, place)
            guard keys.allSatisfy({ Self.used(buckets[$0.name], now) + 1 <= $0.limit }) else { return false }
            if buckets.count >= Self.keyLimit {
                buckets = buckets.filter { Self.used($0.value, now) > 0 }
                if buckets.count >= Self.keyLimit { buckets = [:] }
            }
            for key in keys { buckets[key.name] = Bucket(used: Self.used(buckets[key.name], now) + 1, at: now) }
            return true
        }
    }

    /// The password was right.
    func giveBack(address: String, place: String, now: Int64) {
        buckets.withLock { buckets in
            for key in Self.keys(address, place) {
                buckets[key.name] = Bucket(used: max(0, Self.used(buckets[key.name], now) - 1), at: now)
            }
        }
    }

    private static func keys(_ address: String, _ place: String) -> [(name: String, limit: Double)] {
        [("a " + address, triesPerAddress), ("p " + place, triesPerPlace)]
    }

    private static func used(_ bucket: Bucket?, _ now: Int64) -> Double {
        guard let bucket else { return 0 }
        return max(0, bucket.used - Double(max(0, now - bucket.at)) / recovery)
    }
}
