/// A set of UIDs (RFC 9051, sequence-set over unique identifiers): sorted, disjoint, not adjacent ranges. A dense
/// mailbox of 100,000 messages is one range.
///
/// Nothing here walks through the members but ``uids``: a range that a server sends may hold four thousand million.
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
        var isAscending = true
        for range in ranges {
            isAscending = isAscending && range.lowerBound >= merged.last?.lowerBound ?? 0
            Self.append(range, to: &merged)
        }
        // Servers answer in ascending order, mostly.
        if !isAscending {
            var rest = merged
            rest.sort { $0.lowerBound < $1.lowerBound }
            merged.removeAll(keepingCapacity: true)
            for range in rest { Self.append(range, to: &merged) }
        }
        self.ranges = merged
    }

    /// Merges a range that begins within the last one or right behind it.
    private static func append(_ range: ClosedRange<UInt32>, to merged: inout [ClosedRange<UInt32>]) {
        guard let last = merged.last, range.lowerBound >= last.lowerBound,
            range.lowerBound <= last.upperBound || range.lowerBound == last.upperBound + 1
        else { return merged.append(range) }
        merged[merged.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
    }

    public var isEmpty: Bool { ranges.isEmpty }

    public var count: Int { ranges.reduce(0) { $0 + $1.count } }

    public var min: UInt32? { ranges.first?.lowerBound }
    public var max: UInt32? { ranges.last?.upperBound }

    /// The first range that ends at `uid` or above it.
    private func firstRange(endingAtLeastAt uid: UInt32) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < uid { low = middle + 1 } else { high = middle }
        }
        return low
    }

    public func contains(_ uid: UInt32) -> Bool {
        let index = firstRange(endingAtLeastAt: uid)
        return index < ranges.count && ranges[index].lowerBound <= uid
    }

    /// All members, ascending. How many there are tells ``count``, at once; a set that a server sent has as many as
    /// the server likes.
    public var uids: some Sequence<UInt32> { ranges.lazy.flatMap { $0 } }

    /// Cuts off the highest `limit` members; what remains is in this set.
    public mutating func takeHighest(_ limit: Int) -> UIDSet {
        var taken: [ClosedRange<UInt32>] = []
        var left = limit
        while left > 0, let last = ranges.popLast() {
            if last.count <= left {
                taken.append(last)
                left -= last.count
            } else {
                let cut = last.upperBound - UInt32(left) + 1
                taken.append(cut...last.upperBound)
                ranges.append(last.lowerBound...(cut - 1))
                left = 0
            }
        }
        var result = UIDSet()
        result.ranges = taken.reversed()
        return result
    }
}

/// As it is written in commands: `1:4,7,9:12`.
extension UIDSet: CustomStringConvertible {
    public var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }
            .joined(separator: ",")
    }
}

// MARK: Sets with sets

extension UIDSet {
    public func union(_ other: UIDSet) -> UIDSet { UIDSet(ranges: ranges + other.ranges) }

    public mutating func formUnion(_ other: UIDSet) { self = union(other) }

    /// The UIDs of this set that are in `range`.
    public func intersection(_ range: ClosedRange<UInt32>) -> UIDSet { intersection(UIDSet(range)) }

    /// The UIDs of this set that are in the other one too.
    public func intersection(_ other: UIDSet) -> UIDSet {
        let (few, many) = ranges.count <= other.ranges.count ? (self, other) : (other, self)
        var result = UIDSet()
        for range in few.ranges {
            var index = many.firstRange(endingAtLeastAt: range.lowerBound)
            while index < many.ranges.count, many.ranges[index].lowerBound <= range.upperBound {
                result.ranges.append(many.ranges[index].clamped(to: range))
                index += 1
            }
        }
        return result
    }

    /// The UIDs of this set that are not in the other one.
    public func subtracting(_ other: UIDSet) -> UIDSet {
        var result = UIDSet()
        var index = 0
        for range in ranges {
            var low = range.lowerBound
            index = Swift.max(index, other.firstRange(endingAtLeastAt: low))
            var isUsedUp = false
            while index < other.ranges.count, other.ranges[index].lowerBound <= range.upperBound {
                let taken = other.ranges[index]
                if taken.lowerBound > low { result.ranges.append(low...(taken.lowerBound - 1)) }
                if taken.upperBound >= range.upperBound {
                    isUsedUp = true
                    break
                }
                low = taken.upperBound + 1
                index += 1
            }
            if !isUsedUp { result.ranges.append(low...range.upperBound) }
        }
        return result
    }

    /// The UIDs of this set that are not in the other one.
    public func subtracting(_ uids: Set<UInt32>) -> UIDSet { subtracting(UIDSet(uids)) }
}

// MARK: Windows

extension UIDSet {
    /// The set cut into windows, the highest UIDs first, each of at most `size` members and at most some 4,000 octets
    /// when written in a command: servers limit the line (RFC 7162 recommends 8,192 octets).
    ///
    /// All of them are made at once. ``eachWindow(of:)`` makes them one by one.
    /// - Parameter size: at least 1.
    public func windows(of size: Int) -> [UIDSet] { Array(eachWindow(of: size)) }

    /// As ``windows(of:)``, each window made when it is asked for, however many there are.
    public func eachWindow(of size: Int) -> Windows { Windows(self, size: size) }

    public struct Windows: Sequence, IteratorProtocol {
        /// A range is written in at most 22 octets.
        private static let rangeLimit = 180

        private var rest: UIDSet
        /// What of the last window was too long to be written.
        private var overlong: ArraySlice<ClosedRange<UInt32>> = []
        private let size: Int

        init(_ set: UIDSet, size: Int) {
            precondition(size > 0, "A window without members never ends.")
            rest = set
            self.size = size
        }

        public mutating func next() -> UIDSet? {
            if overlong.isEmpty { overlong = rest.takeHighest(size).ranges[...] }
            if overlong.isEmpty { return nil }
            defer { overlong = overlong.dropLast(Self.rangeLimit) }
            return UIDSet(ranges: overlong.suffix(Self.rangeLimit))
        }
    }
}
