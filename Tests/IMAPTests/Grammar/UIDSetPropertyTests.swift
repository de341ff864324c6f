import Generators
import Testing

@testable import IMAP

/// ``UIDSet`` against `Set<UInt32>`, which needs no thought.
@Suite struct UIDSetPropertyTests {
    private static func ranges(_ numbers: inout SeededRandom) -> [ClosedRange<UInt32>] {
        (0..<Int.random(in: 0...8, using: &numbers)).map { _ in
            let low = UInt32.random(in: 1...60, using: &numbers)
            return low...(low + UInt32.random(in: 0...9, using: &numbers))
        }
    }

    private static func isNormal(_ set: UIDSet) -> Bool {
        zip(set.ranges, set.ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound }
    }

    @Test(arguments: UInt64(1)...200) func `a set of ranges holds what a set of numbers holds`(seed: UInt64) {
        var numbers = SeededRandom(seed: seed)
        let (first, second) = (Self.ranges(&numbers), Self.ranges(&numbers))
        let set = UIDSet(ranges: first)
        let model = Set(first.joined())
        #expect(Self.isNormal(set))
        #expect(Array(set.uids) == model.sorted())
        #expect((set.count, set.min, set.max, set.isEmpty) == (model.count, model.min(), model.max(), model.isEmpty))
        #expect(set == UIDSet(model))
        for uid in UInt32(0)...72 { #expect(set.contains(uid) == model.contains(uid)) }

        let other = UIDSet(ranges: second)
        let union = set.union(other)
        #expect(Self.isNormal(union))
        #expect(Set(union.uids) == model.union(second.joined()))
        var formed = set
        formed.formUnion(other)
        #expect(formed == union)
        #expect(Set(set.subtracting(Set(second.joined())).uids) == model.subtracting(second.joined()))
        let cut = UInt32.random(in: 1...30, using: &numbers)...UInt32.random(in: 31...70, using: &numbers)
        #expect(Set(set.intersection(cut).uids) == model.filter(cut.contains))
        let (both, rest) = (set.intersection(other), set.subtracting(other))
        #expect(Self.isNormal(both) && Self.isNormal(rest))
        #expect(Set(both.uids) == model.intersection(second.joined()))
        #expect(Set(rest.uids) == model.subtracting(second.joined()))
        #expect(UIDSet(ranges: first.shuffled(using: &numbers)) == set)
    }

    @Test(arguments: UInt64(1)...200) func `what is cut off and what remains are the whole`(seed: UInt64) {
        var numbers = SeededRandom(seed: seed)
        let whole = UIDSet(ranges: Self.ranges(&numbers))
        let limit = Int.random(in: 1...20, using: &numbers)
        var rest = whole
        let taken = rest.takeHighest(limit)
        #expect(Array(taken.uids) == Array(Array(whole.uids).suffix(limit)))
        #expect(Array(rest.uids) == Array(Array(whole.uids).dropLast(limit)))
        #expect(Array(whole.eachWindow(of: limit)) == whole.windows(of: limit))
        #expect(whole.windows(of: limit).reversed().flatMap { Array($0.uids) } == Array(whole.uids))
    }

    @Test(arguments: UInt64(1)...100) func `what is written is read again`(seed: UInt64) throws {
        var numbers = SeededRandom(seed: seed)
        let set = UIDSet(ranges: Self.ranges(&numbers)).union(UIDSet(1...1))
        guard case .vanished(let read, false) = try Wire.response("* VANISHED \(set)") else {
            Issue.record("not VANISHED")
            return
        }
        #expect(read == set)
    }
}
