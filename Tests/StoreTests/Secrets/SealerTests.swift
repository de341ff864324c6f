import CRM
import Foundation
import Store
import Testing

@Suite struct SealerTests {
    private let sealer = Sealer(key: Secret([UInt8](repeating: 7, count: 32)), random: SeededRandomSource(seed: 1))
    private let password = Array("correct horse".utf8)

    @Test func `what is sealed opens again, whatever its length`() throws {
        for length in [0, 1, 13, 4_096] {
            let plain = [UInt8](repeating: 65, count: length)
            let sealed = try sealer.seal(Secret(plain), context: "mailbox 7")
            #expect(sealed.count == 37 + length)
            #expect(try sealer.open(sealed, context: "mailbox 7").expose() == plain)
        }
    }

    @Test func `it does not show what it holds, and no two are alike`() throws {
        let one = try sealer.seal(Secret(password), context: "mailbox 7")
        let two = try sealer.seal(Secret(password), context: "mailbox 7")
        #expect(one != two)
        #expect(Data(one).range(of: Data(password)) == nil)
    }

    @Test func `it does not open in another's place`() throws {
        let sealed = try sealer.seal(Secret(password), context: "mailbox 7")
        for context in ["mailbox 8", "", "mailbox 77"] {
            #expect(throws: SealerError.damaged) { try sealer.open(sealed, context: context) }
        }
    }

    @Test func `a change of any byte, or of its length, is noticed`() throws {
        let sealed = try sealer.seal(Secret(password), context: "c")
        for index in sealed.indices {
            var altered = sealed
            altered[index] ^= 1
            #expect(throws: SealerError.self, "byte \(index)") { try sealer.open(altered, context: "c") }
        }
        for length in 0..<sealed.count {
            #expect(throws: SealerError.damaged) { try sealer.open(Array(sealed.prefix(length)), context: "c") }
        }
        #expect(throws: SealerError.damaged) { try sealer.open(sealed + [0], context: "c") }
    }

    @Test func `another key is told apart from damage`() throws {
        let sealed = try sealer.seal(Secret(password), context: "c")
        let other = Sealer(key: Secret([UInt8](repeating: 8, count: 32)))
        #expect(throws: SealerError.otherKey) { try other.open(sealed, context: "c") }
    }
}

@Suite struct SealingKeyFileTests {
    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `the key file is made at the first start, for its owner only, and used from then on`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "key").path
            let first = try Sealer(keyFile: path, random: SeededRandomSource(seed: 1))
            #expect(try mode(path) == 0o600)
            let line = try String(contentsOfFile: path, encoding: .utf8)
            #expect(line.hasPrefix("mailcard-key-1:") && line.hasSuffix("\n"))
            let sealed = try first.seal(Secret([1, 2, 3]), context: "c")
            let second = try Sealer(keyFile: path, random: SeededRandomSource(seed: 2))
            #expect(try second.open(sealed, context: "c").expose() == [1, 2, 3])
            #expect(try String(contentsOfFile: path, encoding: .utf8) == line)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["key"])
        }
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o610])
    func `a key that others may read or change is refused`(_ mode: Int) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "key").path
            _ = try Sealer(keyFile: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            #expect(throws: SealerError.keyFileOpenToOthers(path: path)) { try Sealer(keyFile: path) }
        }
    }

    @Test(arguments: [
        "", "mailcard-key-1:", "mailcard-key-1:AAAA\n", "other:" + String(repeating: "A", count: 44), "-----BEGIN",
    ])
    func `a file that holds no key is refused and left as it is`(_ content: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "key").path
            try content.write(toFile: path, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            #expect(throws: SealerError.notAKeyFile(path: path)) { try Sealer(keyFile: path) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
        }
    }

    @Test func `a place where no file can be made is named`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "missing/key").path
            #expect {
                try Sealer(keyFile: path)
            } throws: { error in
                if case SealerError.keyFileNotWritten(path, _) = error { true } else { false }
            }
        }
    }
}
