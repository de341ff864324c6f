import Foundation
import Testing

@testable import IMAP

/// What the fuzzer has found once in the reading of responses, in Fuzz/Cases/imap, and the seeds that it begins with.
@Suite struct FuzzCaseTests {
    @Test(.timeLimit(.minutes(1))) func `fuzzed responses are the same however the connection cuts them`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Fuzz").standardized
        var count = 0
        for kind in ["Seeds", "Cases"] {
            let folder = root.appending(path: "\(kind)/imap")
            // No case was found yet where the folder is missing; seeds are always there.
            guard kind == "Seeds" || FileManager.default.fileExists(atPath: folder.path) else { continue }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            where !name.hasPrefix(".") {
                let octets = [UInt8](try Data(contentsOf: folder.appending(path: name)))
                let responses = try Wire.responses([octets], literalLimit: 1 << 16)
                let whole = responses.map(\.shown)
                for uids in responses.compactMap(\.uids) { Self.use(uids, "\(kind)/\(name)") }
                for cut in stride(from: 0, through: octets.count, by: max(1, octets.count / 40)) {
                    let pieces = try Wire.responses(
                        [Array(octets[..<cut]), Array(octets[cut...])], literalLimit: 1 << 16)
                    #expect(pieces.map(\.shown) == whole, "\(kind)/\(name) cut at \(cut)")
                }
                count += 1
            }
        }
        #expect(count > 0)
    }

    /// Takes no longer for four thousand million UIDs than for one.
    private static func use(_ uids: UIDSet, _ name: Comment) {
        var rest = uids
        let newest = rest.takeHighest(100)
        #expect(uids.subtracting(newest) == rest && rest.union(newest) == uids, name)
        #expect(uids.intersection(1...1000).count <= 1000 && uids.contains(uids.max ?? 0) == !uids.isEmpty, name)
        for window in uids.eachWindow(of: 25).prefix(100) { #expect((1...25).contains(window.count), name) }
        var collected = UIDCollector()
        collected.add(uids.ranges)
        #expect(collected.set == uids, name)
        var session = Session()
        session.selecting(.inbox)
        for isEarlier in [true, false] { try? session.received(.vanished(uids, isEarlier: isEarlier)) }
        #expect(session.selected?.vanished == uids, name)
        var answer = SearchAnswer(tag: "A1", in: session.selected)
        let found = try? {
            try answer.received(.extendedSearch(tag: "A1", all: uids, count: nil))
            return try answer.result()
        }()
        #expect(found == nil || found == uids && uids.count <= SearchAnswer.arrivals, name)
    }
}

extension Response {
    fileprivate var uids: UIDSet? {
        switch self {
        case .search(let uids): UIDSet(uids)
        case .extendedSearch(_, let all, _): all
        case .vanished(let uids, _): uids
        default: nil
        }
    }
}
