import CRM
import Foundation
import Store
import Testing

@Suite struct PasswordHashTests {
    /// Cheap, for tests that hash often.
    private let cheap = PasswordHash(
        cost: PasswordHash.Cost(logRounds: 4, blockSize: 8, parallelism: 1), random: SeededRandomSource(seed: 1))

    private func stored(_ parameters: String, salt: String, hex: String) -> String {
        var bytes: [UInt8] = []
        var rest = hex[...]
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return "$scrypt$\(parameters)$" + Data(salt.utf8).base64EncodedString() + "$"
            + Data(bytes).base64EncodedString()
    }

    /// RFC 7914, section 12; the first 32 of its 64 bytes, since PBKDF2 makes them block by block.
    @Test(arguments: [
        ("", "", "ln=4,r=1,p=1", "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"),
        (
            "password", "NaCl", "ln=10,r=8,p=16", "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        ),
        (
            "pleaseletmein", "SodiumChloride", "ln=14,r=8,p=1",
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        ),
    ])
    func `it is scrypt`(_ password: String, _ salt: String, _ parameters: String, _ hex: String) throws {
        let hash = stored(parameters, salt: salt, hex: hex)
        #expect(try PasswordHash.verify(Secret(password), against: hash))
        #expect(try !PasswordHash.verify(Secret(password + "x"), against: hash))
    }

    @Test func `the cost is that of the standard, and stands in the hash`() throws {
        #expect(PasswordHash.Cost.standard == PasswordHash.Cost(logRounds: 15, blockSize: 8, parallelism: 3))
        #expect(PasswordHash.Cost.standard.memory == 32 << 20)
        let hash = try PasswordHash(random: SeededRandomSource(seed: 1)).make(Secret("correct horse"))
        #expect(hash.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        let parts = hash.split(separator: "$").map { Data(base64Encoded: String($0))?.count }
        #expect(Array(parts[2...]) == [16, 32])
        #expect(try PasswordHash.verify(Secret("correct horse"), against: hash))
    }

    @Test func `the right password verifies, others do not`() throws {
        let hash = try cheap.make(Secret("correct horse"))
        #expect(try PasswordHash.verify(Secret("correct horse"), against: hash))
        for wrong in ["", "correct hors", "correct horse ", "Correct horse", "correct\u{0}horse"] {
            #expect(try !PasswordHash.verify(Secret(wrong), against: hash), "\(wrong)")
        }
    }

    @Test func `two hashes of one password differ`() throws {
        #expect(try cheap.make(Secret("correct horse")) != cheap.make(Secret("correct horse")))
    }

    @Test func `accented letters count the same from every keyboard`() throws {
        let hash = try cheap.make(Secret("caf\u{e9} cr\u{e8}me"))
        #expect(try PasswordHash.verify(Secret("cafe\u{301} cre\u{300}me"), against: hash))
        #expect(try !PasswordHash.verify(Secret("cafe creme"), against: hash))
    }

    @Test func `what is no hash is refused, and none may exhaust the memory`() throws {
        let good = try cheap.make(Secret("correct horse"))
        let parts = good.split(separator: "$").map(String.init)
        let salt = parts[2], key = parts[3]
        for bad in [
            "", "x", "$scrypt$", "$bcrypt$ln=4,r=8,p=1$\(salt)$\(key)", "$scrypt$ln=4,r=8$\(salt)$\(key)",
            "$scrypt$ln=x,r=8,p=1$\(salt)$\(key)", "$scrypt$ln=0,r=8,p=1$\(salt)$\(key)",
            "$scrypt$ln=63,r=8,p=1$\(salt)$\(key)", "$scrypt$ln=20,r=32,p=1$\(salt)$\(key)",
            "$scrypt$ln=4,r=8,p=-1$\(salt)$\(key)", "$scrypt$ln=4,r=8,p=1$\(salt)$",
            "$scrypt$ln=4,r=8,p=1$\(salt)$AAAA",
            "$scrypt$ln=4,r=8,p=1$!$\(key)", good + "$",
        ] {
            #expect(throws: PasswordHashError.unreadable, "\(bad)") {
                try PasswordHash.verify(Secret("correct horse"), against: bad)
            }
        }
    }

    @Test func `a hash of another cost is to be made anew`() throws {
        let hash = try cheap.make(Secret("correct horse"))
        #expect(!cheap.isOutdated(hash))
        #expect(PasswordHash().isOutdated(hash))
        #expect(cheap.isOutdated("nonsense"))
    }
}
