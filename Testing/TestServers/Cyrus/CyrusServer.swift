import Foundation
import Synchronization

/// Debian's Cyrus IMAP 3.6 on loopback with a store of its own, for as long as the value lives. It differs from Dovecot
/// in ways that matter to a client: OBJECTID, other shapes of BODYSTRUCTURE, literals where Dovecot quotes, delayed
/// expunge.
public final class CyrusServer: Sendable {
    public let imapPort: Int
    public let lmtpPort: Int

    private let user: PlainUser
    private let folder: TemporaryFolder
    private let process = Mutex<ServerProcess?>(nil)

    private static let master = "/usr/sbin/cyrmaster"
    private static let saslpasswd = "/usr/sbin/saslpasswd2"

    private init(imapPort: Int, lmtpPort: Int, user: PlainUser, folder: TemporaryFolder) {
        self.imapPort = imapPort
        self.lmtpPort = lmtpPort
        self.user = user
        self.folder = folder
    }

    deinit { process.withLock { $0?.kill() } }

    /// Starts a server and returns when it greets. A user's folders (INBOX, Sent, Drafts, Trash, Junk) come into being
    /// at the first sign-in or delivery.
    public static func start(users: [MailUser]) async throws -> CyrusServer {
        let programs = try programs()
        try Command.require(master)
        try Command.require(saslpasswd)
        let user = try PlainUser(whenRoot: "cyrus", packages: "test")
        var last: (any Error)?
        for _ in 0..<5 {
            let free = try FreePorts.take(2)
            let server = CyrusServer(
                imapPort: free[0], lmtpPort: free[1], user: user, folder: try TemporaryFolder("cyrus"))
            let configuration = CyrusConfiguration(
                folder: server.folder.path, user: user, programs: programs, imapPort: free[0], lmtpPort: free[1])
            try server.folder.write(configuration.imapd, to: "imapd.conf")
            try server.folder.write(configuration.master, to: "cyrus.conf")
            for name in ["conf", "spool", "proc", "lock", "sock", "sasl"] { try server.folder.makeFolder(name) }
            for person in users { try server.setPassword(person) }
            user.own(server.folder.path)
            do {
                try await server.start()
                return server
            } catch let error as TestServerError {
                last = error
                guard server.log.contains("Address already in use") else { throw error }
            }
        }
        throw last ?? TestServerError.didNotStart(server: "Cyrus", log: "")
    }

    /// Starts it again on the same store and the same ports, after ``stop()`` or ``kill()``.
    public func start() async throws {
        let path = folder.path
        // cyrmaster opens it anew after it has become its own user.
        if !FileManager.default.fileExists(atPath: "\(path)/output") { try folder.write("", to: "output") }
        user.own("\(path)/output")
        let started = try ServerProcess(
            user.prefix + [
                Self.master, "-C", "\(path)/imapd.conf", "-M", "\(path)/cyrus.conf", "-p", "\(path)/master.pid",
            ]
                + ["-D", "-L", "\(path)/output"],
            folder: path, output: "\(path)/output")
        process.withLock { $0 = started }
        let greeting = try await poll(for: .seconds(30)) { () -> String? in
            guard started.isRunning else { throw TestServerError.didNotStart(server: "Cyrus", log: log) }
            guard let socket = try? Socket(port: imapPort, timeout: 10), let line = try? socket.readLine() else {
                return nil
            }
            return String(decoding: line, as: UTF8.self)
        }
        guard greeting?.hasPrefix("* OK") == true else { throw TestServerError.didNotStart(server: "Cyrus", log: log) }
    }

    /// Ends it in an orderly way. The store stays.
    public func stop() async {
        let running = process.withLock { $0 }
        await running?.stop()
    }

    /// Kills all its processes at once. The store stays.
    public func kill() { process.withLock { $0?.kill() } }

    /// Adds a user, or changes the password of one.
    public func setPassword(_ person: MailUser) throws {
        let parts = person.address.split(separator: "@", maxSplits: 1).map(String.init)
        let base = folder.file("sasl/sasldb2").path
        try Command.run(
            [Self.saslpasswd, "-f", base, "-c", "-p", "-u", parts.count > 1 ? parts[1] : "internal", parts[0]],
            input: person.password)
        user.own(folder.file("sasl").path)
    }

    /// What the server's processes have printed so far; the rest goes to the system's log.
    public var log: String { endOfLog(folder.file("output")) }

    /// Hands over a message for `recipient` through LMTP, as a mail transport does. The user must have signed in once.
    public func deliver(_ message: [UInt8], to recipient: String, from sender: String = "sender@example.test")
        async throws
    {
        try await LMTP.deliver(message, to: [recipient], from: sender, port: lmtpPort)
    }

    /// Signs in.
    public func connect(as user: MailUser) async throws -> RawIMAP {
        try await RawIMAP.connect(port: imapPort, user: user.address, password: user.password)
    }

    /// Where imapd lies: installed, or unpacked by `scripts/install.sh test` since its package conflicts with
    /// Dovecot's.
    private static func programs() throws(TestServerError) -> String {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let unpacked = package.appendingPathComponent(".build-tools/cyrus").path
        for root in [ProcessInfo.processInfo.environment["MAILCARD_CYRUS"], unpacked, ""].compactMap({ $0 })
        where FileManager.default.isExecutableFile(atPath: root + "/usr/lib/cyrus/bin/imapd") {
            return root
        }
        throw .notInstalled(program: "Cyrus imapd", packages: "test")
    }
}
