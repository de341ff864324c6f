import Foundation
import Testing

@testable import IMAP

/// What the fuzzer has found once in the reading of responses, in Fuzz/Cases/imap, and the seeds that it begins with.
@Suite struct FuzzCaseTests {
    @Test func `fuzzed responses are the same however the connection cuts them`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Fuzz").standardized
        var count = 0
        for kind in ["Seeds", "Cases"] {
            let folder = root.appending(path: "\(kind)/imap")
            // No case was found yet where the folder is missing; seeds are always there.
            guard kind == "Seeds" || FileManager.default.fileExists(atPath: folder.path) else { continue }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            where !name.hasPrefix(".") {
                let octets = [UInt8](try Data(contentsOf: folder.appending(path: name)))
                let whole = try Wire.responses([octets], literalLimit: 1 << 16).map(\.shown)
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
}
