/// A set of UIDs (RFC 9051, sequence-set over unique identifiers): sorted, disjoint, not adjacent ranges. A dense
/// mailbox of 100,000 messages is one range.
public struct UIDSet: Hashable, Sendable {
    public private(set) var ranges: [ClosedRange<UInt32>]

    public init() { ranges = [] }

    public init(_ range: ClosedRange<UInt32>) { ranges = [range] }

    /// - Parameter uids: in any order, repeated or not. Zeros are no UIDs and are passed over.
    public init(_ uids: some Sequence<UInt32>) {
        self.init(ranges: uids.lazy.filter { $0 > 0 }.map { $0...$0 })
    }

    /// - Parameter ranges: in any order, overlapping or not.
    public init(ranges: some Sequence<ClosedRange<UInt32>>) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound || range.lowerBound == last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    public var isEmpty: Bool { ranges.isEmpty }

    public var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }

    public var min: UInt32? { ranges.first?.lowerBound }
    public var max: UInt32? { ranges.last?.upperBound }

    public func contains(_ uid: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < uid { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= uid
    }

    /// The UIDs of this set that are in `range`.
    public func intersection(_ range: ClosedRange<UInt32>) -> UIDSet {
        var result = UIDSet()
        result.ranges = ranges.compactMap { own in
            let low = Swift.max(own.lowerBound, range.lowerBound)
            let high = Swift.min(own.upperBound, range.upperBound)
            return low <= high ? low...high : nil
        }
        return result
    }

    public func subtracting(_ uids: Set<UInt32>) -> UIDSet { UIDSet(self.uids.filter { !uids.contains($0) }) }

    /// All members, ascending.
    public var uids: some Sequence<UInt32> { ranges.lazy.flatMap { $0 } }

    /// Cuts off the highest `limit` members; what remains is in this set.
    public mutating func takeHighest(_ limit: Int) -> UIDSet {
        var taken: [ClosedRange<UInt32>] = []
        var left = limit
        while left > 0, let last = ranges.popLast() {
            let count = Int(last.upperBound - last.lowerBound) + 1
            if count <= left {
                taken.append(last)
                left -= count
            } else {
                let cut = last.upperBound - UInt32(left) + 1
                taken.append(cut...last.upperBound)
                ranges.append(last.lowerBound...(cut - 1))
                left = 0
            }
        }
        return UIDSet(ranges: taken)
    }
}

/// As it is written in commands: `1:4,7,9:12`.
extension UIDSet: CustomStringConvertible {
    public var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }.joined(separator: ",")
    }
}

extension UIDSet {
    public mutating func formUnion(_ other: UIDSet) { self = UIDSet(ranges: ranges + other.ranges) }

    /// The set cut into windows, the highest UIDs first, each of at most `size` members and at most some 4,000 octets
    /// when written in a command: servers limit the line (RFC 7162 recommends 8,192 octets).
    /// - Parameter size: at least 1.
    public func windows(of size: Int) -> [UIDSet] {
        precondition(size > 0, "A window without members never ends.")
        var rest = self
        var windows: [UIDSet] = []
        while !rest.isEmpty {
            let window = rest.takeHighest(size)
            // A range is written in at most 22 octets.
            let limit = 180
            var ranges = window.ranges[...]
            while !ranges.isEmpty {
                windows.append(UIDSet(ranges: ranges.suffix(limit)))
                ranges = ranges.dropLast(limit)
            }
        }
        return windows
    }

    public func union(_ other: UIDSet) -> UIDSet { UIDSet(ranges: ranges + other.ranges) }
}
