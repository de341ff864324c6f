import Foundation
import Synchronization

/// Debian's Dovecot 2.3 on loopback with a store of its own, for as long as the value lives.
public final class DovecotServer: Sendable {
    public enum Profile: Sendable, CaseIterable {
        /// All that Dovecot can do: CONDSTORE, QRESYNC, IDLE, MOVE, ESEARCH, NOTIFY, SPECIAL-USE, COMPRESS …
        case full
        /// IMAP4rev1, UIDPLUS, NAMESPACE, ID and LITERAL+ only, and folders without special uses.
        case minimal
    }

    /// Where it listens on 127.0.0.1. `imaps` and `submissions` speak TLS from the first octet and are closed (0)
    /// without a certificate.
    public struct Ports: Hashable, Sendable {
        public let imap, imaps, lmtp, submission, submissions: Int
    }

    public let ports: Ports
    public var imapPort: Int { ports.imap }
    public var lmtpPort: Int { ports.lmtp }
    public let profile: Profile
    /// Takes what is sent through the submission port.
    public let sink: SMTPSink
    /// Decides which OAuth tokens are good; nil unless asked for.
    public let tokens: TokenIntrospection?
    public let certificate: TestCertificate?

    let user: PlainUser
    let folder: TemporaryFolder
    private let process: Mutex<ServerProcess?>

    private static let program = "/usr/sbin/dovecot"

    private init(
        ports: Ports, profile: Profile, user: PlainUser, folder: TemporaryFolder, sink: SMTPSink,
        tokens: TokenIntrospection?, certificate: TestCertificate?
    ) {
        self.ports = ports
        self.profile = profile
        self.user = user
        self.folder = folder
        self.sink = sink
        self.tokens = tokens
        self.certificate = certificate
        process = Mutex(nil)
    }

    deinit { process.withLock { $0?.kill() } }

    /// Starts a server and returns when it greets.
    /// - Parameters:
    ///   - tls: offers STARTTLS on the plain ports and TLS on the others.
    ///   - oauth: offers XOAUTH2 and OAUTHBEARER with the tokens of ``tokens``.
    ///   - extra: further lines of configuration, which win over ours.
    public static func start(
        profile: Profile = .full, users: [MailUser], tls certificate: TestCertificate? = nil,
        oauth: Bool = false, extra: String = ""
    ) async throws -> DovecotServer {
        try Command.require(program)
        let user = try PlainUser(whenRoot: "dovecot", packages: "test")
        let sink = try SMTPSink()
        let tokens = oauth ? try TokenIntrospection() : nil
        var last: (any Error)?
        for _ in 0..<5 {
            let free = try FreePorts.take(5)
            let server = DovecotServer(
                ports: Ports(
                    imap: free[0], imaps: certificate == nil ? 0 : free[1], lmtp: free[2], submission: free[3],
                    submissions: certificate == nil ? 0 : free[4]),
                profile: profile, user: user, folder: try TemporaryFolder("dovecot"), sink: sink, tokens: tokens,
                certificate: certificate)
            let configuration = DovecotConfiguration(
                folder: server.folder.path, user: user, profile: profile, ports: server.ports, relayPort: sink.port,
                introspectionPort: tokens?.port, certificate: certificate, extra: extra)
            try server.folder.write(configuration.text, to: "dovecot.conf")
            if let tokens { try server.folder.write(DovecotConfiguration.oauth2(port: tokens.port), to: "oauth2.conf") }
            try server.setUsers(users)
            for name in ["run", "state", "mail"] { try server.folder.makeFolder(name) }
            user.own(server.folder.path)
            do {
                try await server.start()
                return server
            } catch let error as TestServerError {
                last = error
                guard server.log.contains("Address already in use") else { throw error }
            }
        }
        throw last ?? TestServerError.didNotStart(server: "Dovecot", log: "")
    }

    /// Starts it again on the same store and the same ports, after ``stop()`` or ``kill()``.
    public func start() async throws {
        // One that was killed has left it, and its number may belong to another process by now.
        try? FileManager.default.removeItem(at: folder.file("run/master.pid"))
        let started = try ServerProcess(
            user.prefix + [Self.program, "-F", "-c", folder.file("dovecot.conf").path], folder: folder.path,
            output: folder.file("output").path)
        process.withLock { $0 = started }
        let greeting = try await poll(for: .seconds(20)) { () -> String? in
            guard started.isRunning else { throw TestServerError.didNotStart(server: "Dovecot", log: log) }
            guard let socket = try? Socket(port: ports.imap, timeout: 5), let line = try? socket.readLine() else {
                return nil
            }
            return String(decoding: line, as: UTF8.self)
        }
        guard greeting?.hasPrefix("* OK") == true else {
            throw TestServerError.didNotStart(server: "Dovecot", log: log)
        }
    }

    /// Ends it in an orderly way; its sessions get a BYE. The store stays.
    public func stop() async {
        let running = process.withLock { $0 }
        await running?.stop()
    }

    /// Kills all its processes at once. The store stays.
    public func kill() { process.withLock { $0?.kill() } }

    /// Replaces the users and passwords; takes effect at the next sign-in.
    public func setUsers(_ users: [MailUser]) throws {
        let lines = users.map { "\($0.address):{PLAIN}\($0.password)\n" }
        try folder.write(lines.joined(), to: "users")
        user.own(folder.file("users").path)
    }

    /// What the server has logged so far.
    public var log: String { endOfLog(folder.file("output"), folder.file("log")) }

    /// The Maildir of a user, whose INBOX it is; other folders are `.Name` inside.
    public func maildir(of address: String) -> URL { folder.file("mail/\(address)") }

    /// Hands over a message for `recipient` through LMTP, as a mail transport does.
    public func deliver(_ message: [UInt8], to recipient: String, from sender: String = "sender@example.test")
        async throws
    {
        try await LMTP.deliver(message, to: [recipient], from: sender, port: ports.lmtp)
    }

    /// Signs in.
    public func connect(as user: MailUser) async throws -> RawIMAP {
        try await RawIMAP.connect(port: ports.imap, user: user.address, password: user.password)
    }

    /// Throws away what Dovecot knows about a folder, so that it gives all messages new UIDs under a new UIDVALIDITY.
    public func resetUIDValidity(of address: String, folder name: String) throws {
        let directory = Maildir.folder(name, in: maildir(of: address))
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        for name in names where name == "dovecot-uidlist" || name.hasPrefix("dovecot.index") {
            try FileManager.default.removeItem(at: directory.appendingPathComponent(name))
        }
    }

    /// Writes messages straight into a folder's files, which is some hundred times faster than APPEND. Meant for before
    /// the folder is first opened: UIDs then follow the order of `messages`.
    /// - Returns: how many were written.
    @discardableResult
    public func seed(_ address: String, folder name: String = "INBOX", messages: some Sequence<SeedMessage>) throws
        -> Int
    {
        let maildir = Maildir(root: maildir(of: address), owner: user)
        return try maildir.write(messages, to: name)
    }
}
