/// Gathers UIDs that a server tells in many small pieces. Each is set aside at first and they are sorted together: a
/// million lines of one UID cost twenty times sorting, not a million.
struct UIDCollector: Sendable, Hashable {
    private var merged = UIDSet()
    private var pending: [ClosedRange<UInt32>] = []
    /// Members when they were last sorted; some may have come since.
    private(set) var countWhenSorted = 0

    init() {}

    mutating func add(_ ranges: some Sequence<ClosedRange<UInt32>>) {
        for range in ranges {
            pending.append(range)
            if pending.count > Swift.max(1000, merged.ranges.count) { sort() }
        }
    }

    private mutating func sort() {
        merged = set
        pending.removeAll(keepingCapacity: true)
        countWhenSorted = merged.count
    }

    /// All that came. Costs sorting what came lately.
    var set: UIDSet { pending.isEmpty ? merged : UIDSet(ranges: merged.ranges + pending) }

    /// Ranges that are kept, some of them perhaps repeated: what this takes in memory.
    var keptRanges: Int { merged.ranges.count + pending.count }

    static func == (one: UIDCollector, other: UIDCollector) -> Bool { one.set == other.set }

    func hash(into hasher: inout Hasher) { hasher.combine(set) }
}
