import Foundation
import TestServers

/// mbsync's first pull of a mailbox into an empty Maildir.
struct MbsyncPull {
    let port: Int
    let user: MailUser
    /// As it comes, mbsync waits until each message is on the disk.
    let fsync: Bool

    struct Result {
        let seconds: Double
        let peakMemory: Int
        let messages: Int
    }

    func run() throws -> Result {
        let folder = try TemporaryFolder("mbsync")
        let configuration = """
            FSync \(fsync ? "yes" : "no")

            IMAPAccount sample
            Host 127.0.0.1
            Port \(port)
            User \(user.address)
            Pass \(user.password)
            SSLType None
            AuthMechs LOGIN

            IMAPStore far
            Account sample

            MaildirStore near
            Path \(folder.path)/mail/
            Inbox \(folder.path)/mail/INBOX
            SubFolders Verbatim

            Channel pull
            Far :far:
            Near :near:
            Patterns INBOX Sent Archive
            Create Near
            Sync Pull
            SyncState \(folder.path)/state/

            """
        let file = folder.file("mbsyncrc")
        try Data(configuration.utf8).write(to: file)
        for name in ["mail", "state"] {
            try FileManager.default.createDirectory(at: folder.file(name), withIntermediateDirectories: true)
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/mbsync")
        process.arguments = ["-q", "-c", file.path, "pull"]
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        var peak = 0
        let start = ContinuousClock.now
        try process.run()
        while process.isRunning {
            peak = max(peak, ProcessFacts.peakMemory(of: "\(process.processIdentifier)"))
            usleep(20_000)
        }
        let time = (ContinuousClock.now - start).inSeconds
        guard process.terminationStatus == 0 else {
            let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            throw BenchmarkError.programFailed("mbsync", status: process.terminationStatus, output: words)
        }
        var messages = 0
        for name in ["INBOX", "Sent", "Archive"] {
            for part in ["cur", "new"] {
                messages +=
                    (try? FileManager.default.contentsOfDirectory(atPath: folder.file("mail/\(name)/\(part)").path)
                        .count) ?? 0
            }
        }
        return Result(seconds: time, peakMemory: peak, messages: messages)
    }
}
