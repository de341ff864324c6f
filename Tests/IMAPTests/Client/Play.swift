import Logging
import NIOCore
import NIOSSL
import ScriptedServer
import TestServers
import Testing

@testable import IMAP

/// A client and a server that plays a script for it.
enum Play {
    static let password = IMAPCredentials.password(user: "alice@example.test", password: "secret")

    /// The deadline where the test wants it to pass: long enough for a busy computer to come as far as the test says.
    static let patience = Duration.seconds(4)

    static func endpoint(
        port: Int, host: String = "localhost", _ security: IMAPEndpoint.Security = .cleartext,
        trusting certificate: TestCertificate? = nil
    ) throws -> IMAPEndpoint {
        IMAPEndpoint(
            host: host, addresses: [try SocketAddress(ipAddress: "127.0.0.1", port: port)], security: security,
            furtherTrustRoots: certificate.map { .file($0.authority.path) })
    }

    static func connect(
        port: Int, host: String = "localhost", _ security: IMAPEndpoint.Security = .cleartext,
        trusting certificate: TestCertificate? = nil,
        deadlines: IMAPDeadlines = IMAPDeadlines()
    ) async throws -> IMAPConnection {
        try await IMAPConnection.connect(
            to: endpoint(port: port, host: host, security, trusting: certificate), deadlines: deadlines,
            logger: Logger(label: "tests"))
    }

    /// Connects to a server that signs anyone in, with these capabilities from then on, and then plays `script`.
    static func signedIn(
        _ capabilities: String = "", deadlines: IMAPDeadlines = IMAPDeadlines(),
        script: @escaping @Sendable (ScriptedConnection) async throws -> Void,
        client: (IMAPConnection) async throws -> Void
    ) async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.signIn(capabilities)
            try await script(connection)
        }
        let connection = try await connect(port: server.port, deadlines: deadlines)
        try await connection.signIn(password)
        try await client(connection)
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
    }

    /// What it throws; nil where it throws nothing.
    static func failure(_ work: () async throws -> Void) async throws -> IMAPError? {
        do {
            try await work()
            return nil
        } catch let error as IMAPError {
            return error
        }
    }
}

extension ScriptedConnection {
    /// Greets and lets the client in.
    func signIn(_ capabilities: String) async throws {
        try await send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hello\r\n")
        try await answer("AUTHENTICATE", completion: "OK [CAPABILITY IMAP4rev1 \(capabilities)] welcome")
        let words = capabilities.split(separator: " ")
        if words.contains("ENABLE"), words.contains("QRESYNC") || words.contains("UTF8=ACCEPT") {
            let enabled = words.filter { ["QRESYNC", "UTF8=ACCEPT"].contains($0) }.joined(separator: " ")
            try await answer("ENABLE", "* ENABLED \(enabled)\r\n")
        }
    }

    /// Waits for a command and answers it.
    /// - Parameter untagged: sent before; `%tag` stands for the command's tag.
    /// - Returns: the arguments of the command.
    @discardableResult
    func answer(_ name: String, _ untagged: String = "", completion: String = "OK done") async throws -> String {
        let command = try await command()
        guard command.name == name else {
            throw ScriptError.unexpected(line: "\(command.name) \(command.rest)", expected: name)
        }
        try await send(untagged.replacing("%tag", with: command.tag) + "\(command.tag) \(completion)\r\n")
        return command.rest
    }

    /// Opens the mailbox that the client asks for.
    func examined(exists: Int = 3) async throws {
        try await answer(
            "EXAMINE", "* \(exists) EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 100] x\r\n",
            completion: "OK [READ-ONLY] done")
    }
}

extension TestCertificate {
    var script: ScriptTLS { get throws { try ScriptTLS(certificatePath: certificate.path, keyPath: key.path) } }
}
