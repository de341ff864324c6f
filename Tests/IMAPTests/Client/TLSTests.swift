import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ScriptedServer
import TestServers
import Testing

@testable import IMAP

@Suite struct TLSTests {
    private static let greeting = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n"

    private static func failure(
        _ certificate: TestCertificate, host: String = "localhost", trusting: TestCertificate?
    ) async throws -> IMAPError? {
        let server = try await ScriptedServer.start(tls: certificate.script) { connection in
            try? await connection.send(greeting)
            #expect((try? await connection.readToEnd()) ?? [] == [])
        }
        let failure = try await Play.failure {
            await (try Play.connect(port: server.port, host: host, .tls, trusting: trusting)).close()
        }
        await server.stop()
        return failure
    }

    @Test func `a certificate for the host or the address is accepted`() async throws {
        let certificate = try TestCertificate()
        #expect(try await Self.failure(certificate, trusting: certificate) == nil)
        let address = try TestCertificate(for: ["127.0.0.1"])
        #expect(try await Self.failure(address, host: "127.0.0.1", trusting: address) == nil)
    }

    @Test func `a certificate that is wrong is told apart, and nothing is sent`() async throws {
        let other = try TestCertificate()
        let stranger = try TestCertificate(for: ["mail.example.test"])
        let address = try TestCertificate(for: ["127.0.0.1"])
        let expired = try TestCertificate(validity: .expired)
        #expect(try await Self.failure(stranger, trusting: stranger) == .tlsFailed(.nameMismatch))
        #expect(try await Self.failure(address, trusting: address) == .tlsFailed(.nameMismatch))
        #expect(try await Self.failure(stranger, host: "127.0.0.1", trusting: stranger) == .tlsFailed(.nameMismatch))
        #expect(try await Self.failure(expired, trusting: expired) == .tlsFailed(.expired))
        #expect(try await Self.failure(other, trusting: stranger) == .tlsFailed(.untrusted))
        #expect(try await Self.failure(other, trusting: nil) == .tlsFailed(.untrusted))
    }

    @Test func `a server without TLS is told from one with it`() async throws {
        let plain = try await ScriptedServer.start { connection in
            try await connection.send(Self.greeting)
            _ = try? await connection.readToEnd()
        }
        let failure = try await Play.failure { _ = try await Play.connect(port: plain.port, .tls) }
        await plain.stop()
        guard case .tlsFailed(.handshake) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func `a handshake that stalls or ends is given up`() async throws {
        var deadlines = IMAPDeadlines()
        deadlines.signIn = Play.patience
        let server = try await ScriptedServer.start { connection in
            if connection.index == 0 { await connection.stall() }
            _ = try await connection.readExactly(5)
        }
        #expect(
            try await Play.failure { _ = try await Play.connect(port: server.port, .tls, deadlines: deadlines) }
                == .timedOut)
        let failure = try await Play.failure { _ = try await Play.connect(port: server.port, .tls) }
        await server.stop()
        switch failure {
        case .closed, .tlsFailed(.handshake): break
        default: Issue.record("\(String(describing: failure))")
        }
    }

    /// A busy client sees the end of the handshake and the greeting at once.
    @Test func `a greeting that comes together with the end of the handshake is not lost`() async throws {
        let server = try await ScriptedServer.start { await $0.stall() }
        let queue = ResponseQueue(eventLoop: MultiThreadedEventLoopGroup.singleton.next())
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(
            host: "127.0.0.1", port: server.port
        ).get()
        let endpoint = try Play.endpoint(port: server.port)
        let loop = channel.eventLoop
        let handler = try await loop.submit {
            NIOLoopBound(ResponseHandler(queue: queue, certifiedName: nil), eventLoop: loop)
        }.get()
        let connection = IMAPConnection(
            channel: channel, handler: handler, queue: queue, endpoint: endpoint, deadlines: IMAPDeadlines(),
            logger: Logger(label: "tests"))
        _ = queue.push([.other("TLS"), try Wire.response("* OK hello")], octets: 12)
        guard case .other("TLS") = try await connection.nextGreeting(silence: Play.patience),
            case .status = try await connection.nextGreeting(silence: Play.patience)
        else {
            Issue.record("not in order")
            return
        }
        await connection.close()
        await server.stop()
    }
}
