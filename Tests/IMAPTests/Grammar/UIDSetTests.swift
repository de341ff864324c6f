import Testing

@testable import IMAP

@Suite struct UIDSetTests {
    private static let top = UInt32.max

    @Test func `neighbours and overlaps become one range`() {
        #expect(UIDSet(ranges: [5...9, 1...2, 3...4, 8...12, 20...20]).ranges == [1...12, 20...20])
        #expect(UIDSet([7, 3, 3, 4, 0, 5, 9] as [UInt32]).ranges == [3...5, 7...7, 9...9])
        #expect(UIDSet([] as [UInt32]).isEmpty)
    }

    @Test func `a set is written as in commands`() {
        #expect(UIDSet(ranges: [1...4, 7...7, 9...12]).description == "1:4,7,9:12")
        #expect(UIDSet(1...Self.top).description == "1:4294967295")
        #expect(UIDSet().description == "")
    }

    @Test func `the lowest and the highest UID are members like others`() {
        var set = UIDSet([1, Self.top, Self.top - 1] as [UInt32])
        #expect(set.ranges == [1...1, (Self.top - 1)...Self.top])
        #expect(set.contains(1) && set.contains(Self.top) && !set.contains(2) && !set.contains(Self.top - 2))
        #expect((set.min, set.max, set.count) == (1, Self.top, 3))
        #expect(UIDSet(ranges: [1...Self.top, 5...6, Self.top...Self.top]).ranges == [1...Self.top])
        #expect(UIDSet(1...Self.top).count == 4_294_967_295)
        #expect(set.takeHighest(1) == UIDSet(Self.top...Self.top))
        #expect(set.takeHighest(5).ranges == [1...1, (Self.top - 1)...(Self.top - 1)])
        #expect(set.isEmpty)
    }

    @Test func `the highest members are cut off inside a range`() {
        var set = UIDSet(ranges: [1...10, 20...29])
        #expect(set.takeHighest(15) == UIDSet(ranges: [6...10, 20...29]))
        #expect(set == UIDSet(1...5))
        #expect(set.takeHighest(0).isEmpty)
        #expect(set == UIDSet(1...5))
        var all = UIDSet(1...Self.top)
        #expect(all.takeHighest(4_294_967_294) == UIDSet(2...Self.top))
        #expect(all == UIDSet(1...1))
    }

    @Test func `windows go from the highest UIDs down`() {
        #expect(UIDSet(1...10).windows(of: 4) == [UIDSet(7...10), UIDSet(3...6), UIDSet(1...2)])
        #expect(UIDSet().windows(of: 4) == [])
        #expect(UIDSet(1...Self.top).windows(of: 4_294_967_295) == [UIDSet(1...Self.top)])
    }

    @Test(.timeLimit(.minutes(1))) func `a range of four thousand million UIDs costs no more than any other`() {
        let all = UIDSet(1...Self.top)
        #expect(
            Array(all.eachWindow(of: 25).prefix(2)) == [
                UIDSet((Self.top - 24)...Self.top), UIDSet((Self.top - 49)...(Self.top - 25)),
            ])
        #expect(all.intersection(5...9) == UIDSet(5...9))
        #expect(all.intersection(all) == all && all.subtracting(all).isEmpty && all.union(all) == all)
        #expect(all.subtracting([7]).ranges == [1...6, 8...Self.top])
        #expect(all.subtracting(UIDSet(ranges: [1...1, Self.top...Self.top])) == UIDSet(2...(Self.top - 1)))
        #expect(all.contains(Self.top) && all.count == 4_294_967_295 && Array(all.uids.prefix(2)) == [1, 2])
    }

    @Test func `a window of scattered UIDs stays short enough for a command line`() {
        let odd = UIDSet(stride(from: 4_294_000_001, through: 4_294_004_001, by: 2).map { UInt32($0) })
        let windows = odd.windows(of: 1000)
        #expect(windows.allSatisfy { $0.description.utf8.count <= 4000 && $0.count <= 1000 })
        #expect(windows.reduce(UIDSet()) { $0.union($1) } == odd)
        #expect(windows.map(\.count).reduce(0, +) == odd.count)
    }

    @Test func `an intersection with a range keeps the parts of ranges`() {
        let set = UIDSet(ranges: [1...4, 7...9, 20...30])
        #expect(set.intersection(3...22).ranges == [3...4, 7...9, 20...22])
        #expect(set.intersection(10...19).isEmpty)
        #expect(set.subtracting([1, 8, 25]).ranges == [2...4, 7...7, 9...9, 20...24, 26...30])
    }
}
