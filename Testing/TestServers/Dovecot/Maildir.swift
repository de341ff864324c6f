import Foundation
import Glibc

/// Writes messages in the Maildir++ layout that Dovecot reads.
struct Maildir {
    let root: URL
    let owner: PlainUser

    /// `INBOX` is the root itself; `A/B` is `.A.B`, in modified UTF-7 (RFC 3501, section 5.1.3).
    static func folder(_ name: String, in root: URL) -> URL {
        if name.uppercased() == "INBOX" { return root }
        let parts = name.split(separator: "/").map { ModifiedUTF7.encode(String($0)) }
        return root.appendingPathComponent("." + parts.joined(separator: "."))
    }

    func write(_ messages: some Sequence<SeedMessage>, to name: String) throws -> Int {
        let folder = Self.folder(name, in: root)
        try makeFolder(root, isRoot: true)
        try makeFolder(folder, isRoot: folder == root)
        let existing = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("cur").path)
            .count
        var index = existing
        for message in messages {
            try write(message, index: index, to: folder)
            index += 1
        }
        return index - existing
    }

    private func makeFolder(_ folder: URL, isRoot: Bool) throws {
        for name in ["", "cur", "new", "tmp"] {
            let path = folder.appendingPathComponent(name).path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            chown(path, owner.uid, owner.gid)
        }
        guard !isRoot else { return }
        let marker = folder.appendingPathComponent("maildirfolder").path
        if !FileManager.default.fileExists(atPath: marker) {
            try Data().write(to: URL(fileURLWithPath: marker))
            chown(marker, owner.uid, owner.gid)
        }
    }

    /// Dovecot gives UIDs in the order of the names, reads size and virtual size out of them, and takes the file's time
    /// as INTERNALDATE.
    private func write(_ message: SeedMessage, index: Int, to folder: URL) throws {
        let size = message.bytes.count
        let letters = message.flags.compactMap { Self.letters[$0] }.sorted().map(String.init).joined()
        let name = "\(1_000_000_000 + index).M\(index)P1.seed,S=\(size),W=\(virtualSize(message.bytes)):2,\(letters)"
        let path = folder.path + "/cur/" + name
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw TestServerError.lastError(of: "open \(path)") }
        defer { close(file) }
        var written = 0
        while written < size {
            let count = message.bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + written, size - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw TestServerError.lastError(of: "write \(path)") }
            written += count
        }
        let seconds = timespec(tv_sec: Int(message.internalDate.timeIntervalSince1970.rounded(.down)), tv_nsec: 0)
        guard fchown(file, owner.uid, owner.gid) == 0, futimens(file, [seconds, seconds]) == 0 else {
            throw TestServerError.lastError(of: "set owner and time of \(path)")
        }
    }

    private static let letters: [String: Character] = [
        "\\Draft": "D", "\\Flagged": "F", "\\Answered": "R", "\\Seen": "S", "\\Deleted": "T",
    ]

    /// The size with every line ended by CRLF.
    private func virtualSize(_ bytes: [UInt8]) -> Int {
        var size = bytes.count
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A, previous != 0x0D { size += 1 }
            previous = byte
        }
        return size
    }
}
