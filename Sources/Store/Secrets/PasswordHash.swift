import CRM
import Crypto
import CryptoExtras
import Foundation
import Wording

/// Hashes of the passwords that users sign in with: scrypt (RFC 7914).
///
/// Hashing takes some tenths of a second and ``Cost/memory`` bytes by intent: run it away from the event loop and not
/// inside a transaction, and limit how many run at once.
public struct PasswordHash: Sendable {
    /// What one hash costs whoever makes it, also one who guesses.
    public struct Cost: Hashable, Sendable {
        /// The base-2 logarithm of scrypt's N.
        public let logRounds: Int
        /// scrypt's r.
        public let blockSize: Int
        /// scrypt's p.
        public let parallelism: Int

        public init(logRounds: Int, blockSize: Int, parallelism: Int) {
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// N = 2^15, r = 8, p = 3: one of the equally strong settings that OWASP's Password Storage Cheat Sheet names,
        /// of them one whose 32 MiB leave room for other work on a small server.
        public static let standard = Cost(logRounds: 15, blockSize: 8, parallelism: 3)

        /// In bytes.
        public var memory: Int { 128 * blockSize << logRounds }

        /// A stored hash may not ask for more than this, so that a damaged row cannot exhaust the memory.
        var isAcceptable: Bool {
            (1...20).contains(logRounds) && (1...32).contains(blockSize) && (1...16).contains(parallelism)
                && memory <= 256 << 20
        }
    }

    private let cost: Cost
    private let random: any RandomSource

    public init(cost: Cost = .standard, random: any RandomSource = SystemRandomSource()) {
        self.cost = cost
        self.random = random
    }

    /// "$scrypt$ln=15,r=8,p=3$salt$hash", salt and hash in base64.
    ///
    /// - Throws: ``PasswordHashError``.
    public func make(_ password: Secret<String>) throws -> String {
        let salt = random.bytes(16)
        let key = try Self.derive(password, salt: salt, cost)
        return "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)$"
            + Data(salt).base64EncodedString() + "$" + Data(key).base64EncodedString()
    }

    /// Whether the password makes this hash. Takes the same time whatever part of it differs.
    ///
    /// - Throws: ``PasswordHashError`` when `hash` is none.
    public static func verify(_ password: Secret<String>, against hash: String) throws -> Bool {
        let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Cost(parts[2]), cost.isAcceptable,
            let salt = Data(base64Encoded: String(parts[3])), let expected = Data(base64Encoded: String(parts[4])),
            expected.count == keyLength
        else { throw PasswordHashError.unreadable }
        let key = try derive(password, salt: Array(salt), cost)
        // Equal time: every byte is looked at.
        return zip(key, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Spends the time of a hash, where there is no user to verify against, so that a reply does not tell by its time
    /// which addresses have a seat.
    public func spendTime(on password: Secret<String>) throws {
        _ = try Self.derive(password, salt: random.bytes(16), cost)
    }

    /// Whether a hash was made at another cost than this one's, and should be made again at the next signing in.
    public func isOutdated(_ hash: String) -> Bool {
        let parts = hash.split(separator: "$")
        return parts.count != 4 || Cost(parts[1]) != cost
    }

    private static let keyLength = 32

    private static func derive(_ password: Secret<String>, salt: [UInt8], _ cost: Cost) throws -> [UInt8] {
        // One spelling of accented letters, whatever keyboard they come from (RFC 8265, section 4.2).
        let text = Array(password.expose().precomposedStringWithCanonicalMapping.utf8)
        do {
            return try KDF.Scrypt.deriveKey(
                from: text, salt: salt, outputByteCount: keyLength, rounds: 1 << cost.logRounds,
                blockSize: cost.blockSize, parallelism: cost.parallelism
            ).withUnsafeBytes { Array($0) }
        } catch {
            throw PasswordHashError.failed
        }
    }
}

extension PasswordHash.Cost {
    /// "ln=15,r=8,p=3"
    fileprivate init?(_ text: Substring) {
        var numbers: [Substring: Int] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=")
            guard parts.count == 2, let number = Int(parts[1]) else { return nil }
            numbers[parts[0]] = number
        }
        guard let rounds = numbers["ln"], let block = numbers["r"], let parallelism = numbers["p"] else { return nil }
        self.init(logRounds: rounds, blockSize: block, parallelism: parallelism)
    }
}

public enum PasswordHashError: Error, Hashable, Sendable {
    /// What the database holds is no hash of ours.
    case unreadable
    /// Not enough memory to hash.
    case failed

    public var sentence: Phrase {
        switch self {
        case .unreadable: "The stored password of this user is damaged. An administrator can set a new one."
        case .failed:
            "The password could not be checked, because the server has too little memory. Try again in a moment."
        }
    }
}
