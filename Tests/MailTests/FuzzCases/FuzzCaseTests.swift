import Foundation
import Mail
import Testing

/// What the fuzzer has found once, in Fuzz/Cases, and the seeds that it begins with, in Fuzz/Seeds. The names of folders are those of the
/// fuzz targets.
@Suite struct FuzzCaseTests {
    private static func inputs(_ target: String) throws -> [(name: String, octets: [UInt8])] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Fuzz").standardized
        var inputs: [(String, [UInt8])] = []
        for kind in ["Seeds", "Cases"] {
            let folder = root.appending(path: kind).appending(path: target)
            // No case was found yet where the folder is missing; seeds are always there.
            guard kind == "Seeds" || FileManager.default.fileExists(atPath: folder.path) else { continue }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            where !name.hasPrefix(".") {
                inputs.append(
                    ("\(kind)/\(target)/\(name)", [UInt8](try Data(contentsOf: folder.appending(path: name)))))
            }
        }
        try #require(!inputs.isEmpty)
        return inputs
    }

    @Test func `the text of a fuzzed message keeps its limit and has no control characters`() throws {
        for (name, octets) in try Self.inputs("mime") {
            for limit in [64, 4096] {
                let text = MIMEMessage.parse(octets).text(limit: limit).text
                #expect(text.utf8.count <= limit, "\(name)")
                #expect(
                    !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x7f },
                    "\(name)")
            }
        }
    }

    @Test func `addresses read from fuzzed lists are read again as the same`() throws {
        for (name, octets) in try Self.inputs("addresses") {
            let list = AddressList.parse(octets, limit: 100)
            #expect(list.count <= 100, "\(name)")
            for address in list.compactMap(\.address) {
                let again = EmailAddress(localPart: address.localPart, domain: address.domain)
                #expect(again?.matchKey == address.matchKey, "\(name)")
            }
        }
    }

    @Test func `fuzzed encoded words become one line of bounded length`() throws {
        for (name, octets) in try Self.inputs("words") {
            let text = HeaderText.decode(octets)
            #expect(text.utf8.count <= 16 * octets.count + 64, "\(name)")
            #expect(!text.unicodeScalars.contains { $0 == "\n" || $0 == "\r" || $0 == "\0" }, "\(name)")
        }
    }

    @Test func `the text of fuzzed HTML keeps its limit`() throws {
        for (name, octets) in try Self.inputs("html") {
            for limit in [64, 4096] {
                #expect(HTMLText.render(utf8: octets, limit: limit).utf8.count <= limit, "\(name)")
            }
        }
    }
}
