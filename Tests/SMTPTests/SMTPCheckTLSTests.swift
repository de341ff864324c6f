import NIOCore
import NIOPosix
import NIOSSL
import TLSNames
import ScriptedServer
import TestServers
import Testing

@testable import SMTP

@Suite struct SMTPCheckTLSTests {
    /// Offers STARTTLS, goes through it and plays the plain script without its greeting.
    private func startTLS(_ certificate: TestCertificate) throws -> @Sendable (ScriptedConnection) async throws -> Void
    {
        let tls = try certificate.script
        return { connection in
            try await connection.send("220 ready\r\n")
            try await connection.expect(prefix: "EHLO ")
            try await connection.send("250-hello\r\n250 STARTTLS\r\n")
            try await connection.expect(prefix: "STARTTLS")
            try await connection.startTLS(after: "220 go ahead\r\n", tls)
            try await connection.expect(prefix: "EHLO ")
            try await Script(steps: Array(Script.plain.steps.dropFirst())).play(on: connection)
        }
    }

    @Test func `credentials go through TLS from the start`() async throws {
        let certificate = try TestCertificate()
        let server = try await ScriptedServer.start(tls: certificate.script) { try await Script.plain.play(on: $0) }
        #expect(try await Submission.check(port: server.port, .tls, trusting: certificate) == nil)
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `credentials go through STARTTLS, after the offers were asked anew`() async throws {
        let certificate = try TestCertificate()
        let server = try await ScriptedServer.start(startTLS(certificate))
        #expect(try await Submission.check(port: server.port, .startTLS, trusting: certificate) == nil)
        await server.stop()
        #expect(server.failures == [])
        #expect(server.received.map { $0.prefix(8) } == ["EHLO [12", "STARTTLS", "EHLO [12", "AUTH PLA", "QUIT"])
    }

    @Test func `a certificate for the address is accepted where the host is an address`() async throws {
        let certificate = try TestCertificate(for: ["127.0.0.1"])
        let server = try await ScriptedServer.start(tls: certificate.script) { try await Script.plain.play(on: $0) }
        #expect(try await Submission.check(port: server.port, host: "127.0.0.1", .tls, trusting: certificate) == nil)
        await server.stop()
        #expect(server.failures == [])
    }

    /// Otherwise a forged DNS answer and a certificate for one's own address would do.
    @Test func `a certificate for the address is refused where the host is a name`() async throws {
        let certificate = try TestCertificate(for: ["127.0.0.1"])
        let server = try await ScriptedServer.start(tls: certificate.script) { connection in
            try? await connection.send("220 ready\r\n")
            _ = try? await connection.readToEnd()
        }
        #expect(try await Submission.check(port: server.port, .tls, trusting: certificate) == .tlsFailed(.nameMismatch))
        await server.stop()
        #expect(server.received == [])
    }

    @Test func `an address to connect to that is not the host's own is refused`() async throws {
        let certificate = try TestCertificate(for: ["127.0.0.1"])
        let server = try await ScriptedServer.start(tls: certificate.script) { try await Script.plain.play(on: $0) }
        #expect(
            try await Submission.check(port: server.port, host: "127.0.0.2", .tls, trusting: certificate)
                == .tlsFailed(.nameMismatch))
        await server.stop()
        #expect(server.connections == 0)
    }

    @Test func `names of certificates match as RFC 9525 says`() {
        for (host, name) in [
            ("smtp.example.test", "smtp.example.test"), ("SMTP.example.test", "smtp.EXAMPLE.test"),
            ("smtp.example.test.", "smtp.example.test"), ("smtp.example.test", "*.example.test"),
        ] {
            #expect(CertificateNames.match(host, name))
        }
        for (host, name) in [
            ("smtp.example.test", "example.test"), ("example.test", "*.example.test"),
            ("a.b.example.test", "*.example.test"),
            ("smtp.example.test", "s*.example.test"), ("example.test", "*.test"), ("smtp.example.test", "*.*.test"),
            ("smtp.example.test", "smtp.*.test"), (".example.test", "*.example.test"), ("", ""), ("localhost", "*"),
        ] {
            #expect(!CertificateNames.match(host, name), "\(host) \(name)")
        }
    }

    @Test func `a certificate that is wrong is told apart, and nothing is sent`() async throws {
        let other = try TestCertificate()
        let cases: [(TestCertificate, TestCertificate?, SMTPError.TLSFailure)] = [
            (try TestCertificate(for: ["mail.example.test"]), nil, .nameMismatch),
            (try TestCertificate(validity: .expired), nil, .expired),
            (try TestCertificate(), other, .untrusted),
        ]
        for (certificate, trusted, failure) in cases {
            let implicit = try await ScriptedServer.start(tls: certificate.script) { _ = try? await $0.readToEnd() }
            #expect(
                try await Submission.check(port: implicit.port, .tls, trusting: trusted ?? certificate)
                    == .tlsFailed(failure))
            await implicit.stop()
            #expect(implicit.received == [])

            let upgraded = try await ScriptedServer.start(startTLS(certificate))
            #expect(
                try await Submission.check(port: upgraded.port, .startTLS, trusting: trusted ?? certificate)
                    == .tlsFailed(failure))
            await upgraded.stop()
            #expect(upgraded.received.map { $0.prefix(8) } == ["EHLO [12", "STARTTLS"])
        }
    }

    @Test func `a certificate of the tests is not trusted by this computer`() async throws {
        let certificate = try TestCertificate()
        let server = try await ScriptedServer.start(tls: certificate.script) { try await Script.plain.play(on: $0) }
        #expect(try await Submission.check(port: server.port, .tls) == .tlsFailed(.untrusted))
        await server.stop()
    }

    @Test func `plain text after the answer to STARTTLS is refused and nothing more is sent`() async throws {
        let certificate = try TestCertificate()
        let tls = try certificate.script
        let server = try await ScriptedServer.start { connection in
            try await connection.send("220 ready\r\n")
            try await connection.expect(prefix: "EHLO ")
            try await connection.send("250-hello\r\n250 STARTTLS\r\n")
            try await connection.expect(prefix: "STARTTLS")
            try await connection.startTLS(after: "220 go ahead\r\n250-hello\r\n250 AUTH PLAIN\r\n", tls)
            _ = try? await connection.readToEnd()
        }
        #expect(
            try await Submission.check(port: server.port, .startTLS, trusting: certificate)
                == .protocolViolation(.unrequestedBytes(.startTLS)))
        await server.stop()
        #expect(server.received.map { $0.prefix(8) } == ["EHLO [12", "STARTTLS"])
    }

    @Test func `plain text where the handshake belongs is refused too`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("220 ready\r\n")
            try await connection.expect(prefix: "EHLO ")
            try await connection.send("250-hello\r\n250 STARTTLS\r\n")
            try await connection.expect(prefix: "STARTTLS")
            try await connection.send("220 go ahead\r\n")
            // The client's hello, so that these lines cannot come together with the answer.
            _ = try await connection.readExactly(5)
            try await connection.send("250-hello\r\n250 AUTH PLAIN\r\n")
            _ = try? await connection.readToEnd()
        }
        #expect(try await Submission.check(port: server.port, .startTLS) == .tlsFailed(.notTLS))
        await server.stop()
        #expect(!server.received.contains { $0.hasPrefix("AUTH") })
    }

    @Test func `a server without STARTTLS gets no password`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("220 ready\r\n")
            try await connection.expect(prefix: "EHLO ")
            try await connection.send("250-hello\r\n250 AUTH PLAIN LOGIN\r\n")
            #expect(try await connection.readToEnd() == [])
        }
        #expect(try await Submission.check(port: server.port, .startTLS) == .startTLSNotOffered)
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `the wrong kind of security is told`() async throws {
        let certificate = try TestCertificate()
        // A plain server where TLS is expected.
        let plain = try await ScriptedServer.start { connection in
            try await connection.send("220 ready\r\n")
            _ = try? await connection.readToEnd()
        }
        #expect(try await Submission.check(port: plain.port, .tls, trusting: certificate) == .tlsFailed(.notTLS))
        await plain.stop()
        // A TLS server where a greeting in the clear is expected.
        let tls = try await ScriptedServer.start(tls: certificate.script) { _ = try? await $0.readToEnd() }
        #expect(
            try await Submission.check(port: tls.port, .startTLS, trusting: certificate, deadline: Submission.patience)
                == .timedOut(.greeting))
        await tls.stop()
    }

    @Test func `a server that stalls or closes in the handshake is reported so`() async throws {
        let server = try await ScriptedServer.start { connection in
            if connection.index == 0 { await connection.stall() }
            _ = try await connection.readExactly(5)
        }
        #expect(
            try await Submission.check(port: server.port, .tls, deadline: Submission.patience)
                == .timedOut(.tlsHandshake))
        #expect(try await Submission.check(port: server.port, .tls) == .closed(.tlsHandshake))
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `outdated TLS is refused`() async throws {
        let certificate = try TestCertificate()
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.certificate.path).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: certificate.key.path, format: .pem)))
        configuration.minimumTLSVersion = .tlsv1
        configuration.maximumTLSVersion = .tlsv11
        let context = try NIOSSLContext(configuration: configuration)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        let error = try await Submission.check(port: port, .tls, trusting: certificate)
        try await listener.close()
        guard case .tlsFailed(.handshake) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
