import CRM
import Crypto
import Foundation

/// Seals credentials for the database: AES-256-GCM (NIST SP 800-38D) with a random nonce for each.
///
/// A sealed blob is: one byte 1 (the format), 8 bytes that name the key, 12 bytes nonce, the ciphertext, 16 bytes tag.
/// The context, such as "mailbox 7", is authenticated with it, so that a blob cannot be put in another's place.
public struct Sealer: Sendable {
    private let key: Secret<SymmetricKey>
    private let keyID: [UInt8]
    private let random: any RandomSource

    /// Reads the key file, or creates it, readable by its owner only.
    ///
    /// - Throws: ``SealerError``.
    public init(keyFile path: String, random: any RandomSource = SystemRandomSource()) throws {
        self.init(key: try SealingKeyFile.open(path, random: random), random: random)
    }

    /// - Precondition: the key has 32 bytes.
    public init(key: Secret<[UInt8]>, random: any RandomSource = SystemRandomSource()) {
        precondition(key.expose().count == 32)
        self.key = Secret(SymmetricKey(data: key.expose()))
        // Says which key sealed, and nothing about it.
        self.keyID = Array(SHA256.hash(data: Array("mailcard key id".utf8) + key.expose()).prefix(8))
        self.random = random
    }

    /// - Throws: ``SealerError/notSealed``.
    public func seal(_ plain: Secret<[UInt8]>, context: String) throws(SealerError) -> [UInt8] {
        do {
            let nonce = try AES.GCM.Nonce(data: random.bytes(12))
            let box = try AES.GCM.seal(
                plain.expose(), using: key.expose(), nonce: nonce, authenticating: authenticated(context))
            return [Self.format] + keyID + Array(nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .notSealed
        }
    }

    /// - Throws: ``SealerError/otherKey`` or ``SealerError/damaged``.
    public func open(_ sealed: [UInt8], context: String) throws(SealerError) -> Secret<[UInt8]> {
        guard sealed.count >= 1 + 8 + 12 + 16, sealed[0] == Self.format else { throw .damaged }
        guard Array(sealed[1..<9]) == keyID else { throw .otherKey }
        do {
            let box = try AES.GCM.SealedBox(combined: Data(sealed[9...]))
            return Secret(Array(try AES.GCM.open(box, using: key.expose(), authenticating: authenticated(context))))
        } catch {
            throw .damaged
        }
    }

    private static let format: UInt8 = 1

    private func authenticated(_ context: String) -> [UInt8] { [Self.format] + keyID + Array(context.utf8) }
}

/// Why something cannot be sealed or opened.
public enum SealerError: Error, Hashable, Sendable {
    case keyFileUnreadable(path: String, reason: String)
    case keyFileNotWritten(path: String, reason: String)
    /// Others than its owner may read the key.
    case keyFileOpenToOthers(path: String)
    case notAKeyFile(path: String)
    /// It was sealed with another key.
    case otherKey
    /// Sealing failed, which the algorithm does only without memory.
    case notSealed
    /// It was altered, or stands in another's place.
    case damaged

    public var sentence: String {
        switch self {
        case .keyFileUnreadable(let path, let reason):
            "The key file \(path) cannot be read (\(reason)). Give the account that runs Mailcard the right to read it."
        case .keyFileNotWritten(let path, let reason):
            "The key file \(path) cannot be created (\(reason)). Give the account that runs Mailcard the right to write there."
        case .keyFileOpenToOthers(let path):
            "Other accounts of this computer may read the key file \(path). Close it to them: chmod 600 \(path)"
        case .notAKeyFile(let path):
            "The file \(path) does not hold a key of Mailcard. Restore the right file from a backup; without it, everyone "
                + "has to enter their mailbox's password again."
        case .otherKey:
            "The stored password was sealed with another key than this installation's. Restore the right key file, or "
                + "enter the password again."
        case .notSealed: "The password could not be sealed, so it was not kept. Try again."
        case .damaged: "The stored password is damaged. Enter it again."
        }
    }
}
