import Foundation
import Glibc
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ScriptedServer
import TestServers
import Testing

@testable import SMTP

/// What the tests of the client share.
enum Submission {
    static let password = SMTPCredentials.password(user: "alice@example.test", password: "secret")

    /// The deadline where the test wants it to pass: long enough for a busy computer to come as far as the test says.
    static let patience = Duration.seconds(4)

    /// Checks a server on 127.0.0.1.
    /// - Returns: nil where it succeeded.
    static func check(
        port: Int, host: String = "localhost", _ security: SMTPEndpoint.Security = .cleartext,
        credentials: SMTPCredentials = password, trusting certificate: TestCertificate? = nil,
        deadline: Duration = .seconds(20)
    ) async throws -> SMTPError? {
        let endpoint = SMTPEndpoint(
            host: host, port: port, security: security, address: try SocketAddress(ipAddress: "127.0.0.1", port: port))
        return await check(endpoint, credentials: credentials, trusting: certificate, deadline: deadline)
    }

    static func check(
        _ endpoint: SMTPEndpoint, credentials: SMTPCredentials = password, trusting certificate: TestCertificate? = nil,
        deadline: Duration = .seconds(20)
    ) async -> SMTPError? {
        do throws(SMTPError) {
            try await SMTPCheck.run(
                endpoint: endpoint, credentials: credentials,
                furtherTrustRoots: certificate.map { .file($0.authority.path) },
                deadline: deadline, group: MultiThreadedEventLoopGroup.singleton, logger: Logger(label: "tests"))
            return nil
        } catch {
            return error
        }
    }
}

/// A port on 127.0.0.1 that nothing listens on and nobody else can take, for as long as the value lives.
final class ClosedPort {
    let number: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, status) = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                (descriptor, bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1)
            }
        }
        try #require(descriptor >= 0 && status == 0)
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}

extension TestCertificate {
    /// Lets the server read the key, which runs as a user of its own where the tests run as root.
    func forDovecot() throws -> TestCertificate {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.path)
        return self
    }

    var script: ScriptTLS { get throws { try ScriptTLS(certificatePath: certificate.path, keyPath: key.path) } }
}

/// What a server says, step by step, and how the line begins that it then waits for.
struct Script: Sendable {
    let steps: [(says: String, hears: String, stage: SMTPStage)]

    static let plain = Script(steps: [
        ("220-mail.example.test\r\n220 ESMTP ready\r\n", "EHLO [127.0.0.1]", .greeting),
        ("250-mail.example.test\r\n250-SIZE 1000000\r\n250 AUTH PLAIN\r\n", "AUTH PLAIN AGFsaWNl", .hello),
        ("235 2.7.0 Accepted\r\n", "QUIT", .authentication),
        ("221 Bye\r\n", "", .quit),
    ])

    static let login = Script(steps: [
        ("220 ready\r\n", "EHLO ", .greeting),
        ("250-mail.example.test\r\n250-AUTH LOGIN\r\n250 HELP\r\n", "AUTH LOGIN", .hello),
        ("334 VXNlcm5hbWU6\r\n", "YWxpY2VAZXhhbXBsZS50ZXN0", .authentication),
        ("334 UGFzc3dvcmQ6\r\n", "c2VjcmV0", .authentication),
        ("235 2.7.0 Accepted\r\n", "QUIT", .authentication),
        ("221 Bye\r\n", "", .quit),
    ])

    /// How many octets the server says before the client is signed in.
    var length: Int { steps.filter { $0.stage != .quit }.reduce(0) { $0 + $1.says.utf8.count } }

    /// The stage at which the client waits after so many octets.
    func stage(after count: Int) -> SMTPStage {
        var rest = count
        for step in steps {
            rest -= step.says.utf8.count
            if rest < 0 { return step.stage }
        }
        return .quit
    }

    /// Plays the first `limit` octets.
    /// - Returns: when they are said and, if a whole step was, the client's line after it has come.
    func play(on connection: ScriptedConnection, limit: Int = .max) async throws {
        var rest = limit
        for step in steps {
            let said = Array(step.says.utf8.prefix(rest))
            if !said.isEmpty { try await connection.send(said) }
            rest -= said.count
            guard said.count == step.says.utf8.count else { return }
            if !step.hears.isEmpty { try await connection.expect(prefix: step.hears) }
        }
    }
}
