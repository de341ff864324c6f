import Foundation

extension [Double] {
    /// 0 for none.
    var median: Double { quantile(0.5) }

    /// The smallest value that so great a share of all does not exceed.
    func quantile(_ share: Double) -> Double {
        if isEmpty { return 0 }
        let sorted = sorted()
        return sorted[Swift.min(Swift.max(Int((share * Double(count)).rounded(.up)) - 1, 0), count - 1)]
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// Runs `work` and tells how long it took, in seconds.
func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start).inSeconds
}

extension Double {
    /// With so many digits behind the point.
    func shown(_ digits: Int = 2) -> String { String(format: "%.\(digits)f", self) }
}

extension Int {
    /// Octets in MB (10⁶).
    var megabytes: String { (Double(self) / 1e6).shown(0) + " MB" }
}
