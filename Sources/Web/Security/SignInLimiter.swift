import Synchronization

/// Slows down whoever guesses passwords: after some tries with an address from a place on the network, the two have to
/// wait; after more of them, so has the place, whatever address it tries, and the address, wherever it is tried from.
///
/// Each has a bucket of tries that fills up again with time. A try is taken before the password is looked at, so that
/// many at once count too, and given back when it was right.
final class SignInLimiter: Sendable {
    private enum Key: Hashable {
        case pair(address: String, place: String)
        case place(String)
        case address(String)

        var limit: Double {
            switch self {
            case .pair: SignInLimiter.triesPerPair
            case .place: SignInLimiter.triesPerPlace
            case .address: SignInLimiter.triesPerAddress
            }
        }
    }

    private struct Bucket {
        var used: Double
        var at: Int64
    }

    /// Wrong tries in a row for one email address from one place. Someone elsewhere who tries the same address does not
    /// keep its owner out.
    static let triesPerPair = 10.0
    /// Wrong tries in a row from one place: a whole office may share it.
    static let triesPerPlace = 50.0
    /// Wrong tries in a row for one email address from anywhere, against those who guess from many places.
    static let triesPerAddress = 100.0
    /// One try comes back after so many seconds.
    static let recovery = 30.0
    /// So many buckets are remembered, in some megabytes; a try takes three.
    static let bucketLimit = 30_000

    private let buckets = Mutex<[Key: Bucket]>([:])

    /// Takes a try; false when there is none left now.
    func take(address: String, place: String, now: Int64) -> Bool {
        buckets.withLock { buckets in
            let keys = Self.keys(address, place)
            guard keys.allSatisfy({ Self.used(buckets[$0], now) + 1 <= $0.limit }) else { return false }
            if buckets.count + keys.count > Self.bucketLimit { Self.makeRoom(in: &buckets, now) }
            for key in keys { buckets[key] = Bucket(used: Self.used(buckets[key], now) + 1, at: now) }
            return true
        }
    }

    /// The password was right, or was not looked at.
    func giveBack(address: String, place: String, now: Int64) {
        buckets.withLock { buckets in
            for key in Self.keys(address, place) {
                let used = Self.used(buckets[key], now) - 1
                buckets[key] = used > 0 ? Bucket(used: used, at: now) : nil
            }
        }
    }

    /// Forgets a quarter of the buckets: those that recovered furthest, and of equals the oldest. Whoever floods the
    /// table with other addresses and places pushes out their own tries, not those of the one that is held.
    private static func makeRoom(in buckets: inout [Key: Bucket], _ now: Int64) {
        let order = buckets.map { (key: $0.key, used: used($0.value, now), at: $0.value.at) }
            .sorted { ($0.used, $0.at) < ($1.used, $1.at) }
        for bucket in order.prefix(bucketLimit / 4) { buckets[bucket.key] = nil }
    }

    private static func keys(_ address: String, _ place: String) -> [Key] {
        [.pair(address: address, place: place), .place(place), .address(address)]
    }

    private static func used(_ bucket: Bucket?, _ now: Int64) -> Double {
        guard let bucket else { return 0 }
        return max(0, bucket.used - Double(max(0, now - bucket.at)) / recovery)
    }
}
