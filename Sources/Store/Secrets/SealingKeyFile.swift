import CRM
import Foundation
import Glibc

/// The file with the key that credentials are sealed with. It lies outside the database, so that a copy of the database
/// alone opens nothing.
///
/// One line: "mailcard-key-1:" and 32 bytes in base64.
enum SealingKeyFile {
    private static let prefix = "mailcard-key-1:"

    /// The key in the file; where there is no file, a new key in a new one that only its owner may read.
    static func open(_ path: String, random: some RandomSource) throws(SealerError) -> Secret<[UInt8]> {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            let reason = errno
            guard reason == ENOENT else {
                throw .keyFileUnreadable(path: path, reason: String(cString: strerror(reason)))
            }
            return try create(path, random)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .keyFileUnreadable(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & 0o077 == 0 else { throw .keyFileOpenToOthers(path: path) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(descriptor, &buffer, buffer.count)
        let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(prefix), let key = Data(base64Encoded: String(text.dropFirst(prefix.count))),
            key.count == 32
        else { throw .notAKeyFile(path: path) }
        return Secret(Array(key))
    }

    /// Written beside its place, brought to the disk and then renamed, so that a crash never leaves half a key. Another
    /// process that creates one at the same moment wins or loses as a whole.
    private static func create(_ path: String, _ random: some RandomSource) throws(SealerError) -> Secret<[UInt8]> {
        let key = random.bytes(32)
        let line = prefix + Data(key).base64EncodedString() + "\n"
        let draft = path + ".new-\(getpid())"
        func failure() -> SealerError { .keyFileNotWritten(path: path, reason: String(cString: strerror(errno))) }
        unlink(draft)
        let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        let bytes = Array(line.utf8)
        let written = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let error = failure()
        close(descriptor)
        defer { unlink(draft) }
        guard written else { throw error }
        // A hard link fails where the file exists already; renaming would replace that one's key.
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return try open(path, random: random) }
            throw failure()
        }
        return Secret(key)
    }
}
