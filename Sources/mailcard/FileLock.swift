import ArgumentParser
import Foundation

/// A lock on a file that ends with the program. Two engines on one database would each apply the same changes.
struct FileLock {
    private let descriptor: Int32

    /// - Throws: `ValidationError` when another program holds it.
    init(_ file: URL) throws {
        descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ValidationError(
                "\(file.path) cannot be written (\(String(cString: strerror(errno)))). Choose another folder with --data."
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n").first ?? "unknown"
            close(descriptor)
            throw ValidationError(
                "Another Mailcard (process \(holder)) uses \(file.deletingLastPathComponent().path). Stop it first, or choose another folder with --data."
            )
        }
        ftruncate(descriptor, 0)
        let number = Array("\(getpid())\n".utf8)
        _ = number.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
