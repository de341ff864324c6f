import ScriptedServer
import TestServers
import Testing

@testable import IMAP

@Suite struct StartTLSTests {
    private static let greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hello\r\n"

    /// - Returns: why connecting failed, and what the server heard.
    private static func attempt(
        trusting certificate: TestCertificate? = nil,
        script: @escaping @Sendable (ScriptedConnection) async throws -> Void
    ) async throws -> (failure: IMAPError?, heard: [String]) {
        let server = try await ScriptedServer.start { connection in
            try await script(connection)
            _ = try? await connection.readToEnd()
        }
        let failure = try await Play.failure {
            await (try Play.connect(port: server.port, .startTLS, trusting: certificate)).close()
        }
        await server.stop()
        return (failure, server.received)
    }

    @Test func `capabilities are asked for again inside TLS`() async throws {
        let certificate = try TestCertificate()
        let tls = try certificate.script
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=FAKE] hello\r\n")
            let command = try await connection.command()
            #expect(command.name == "STARTTLS")
            try await connection.startTLS(after: "\(command.tag) OK [CAPABILITY IMAP4rev1 AUTH=FAKE] begin\r\n", tls)
            try await connection.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n")
            try await connection.answer("AUTHENTICATE", "+ \r\n", completion: "NO [AUTHENTICATIONFAILED] no")
        }
        let connection = try await Play.connect(port: server.port, .startTLS, trusting: certificate)
        #expect(await connection.session.capabilities == ["IMAP4REV1", "AUTH=PLAIN"])
        #expect(
            try await Play.failure { try await connection.signIn(Play.password) }
                == .signInRefused(.wrongCredentials("no")))
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `a server without STARTTLS is not used`() async throws {
        let offered = try await Self.attempt { try await $0.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n") }
        #expect(offered.failure == .startTLSUnavailable)
        #expect(offered.heard == [])
        let asked = try await Self.attempt { connection in
            try await connection.send("* OK hello\r\n")
            try await connection.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n")
        }
        #expect(asked.failure == .startTLSUnavailable)
        #expect(asked.heard == ["A1 CAPABILITY"])
    }

    @Test(arguments: ["NO not now", "BAD unknown"]) func `a server that refuses STARTTLS is not used`(refusal: String)
        async throws
    {
        let (failure, heard) = try await Self.attempt { connection in
            try await connection.send(Self.greeting)
            try await connection.answer("STARTTLS", completion: refusal)
        }
        #expect(failure == .startTLSUnavailable)
        #expect(heard == ["A1 STARTTLS"])
    }

    /// A session that is signed in already cannot be protected.
    @Test func `PREAUTH is not accepted where STARTTLS is demanded`() async throws {
        let (failure, heard) = try await Self.attempt {
            try await $0.send("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n")
        }
        #expect(failure == .startTLSUnavailable)
        #expect(heard == [])
    }

    @Test(arguments: ["* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "* TLS\r\n", "x", "A2 OK done\r\n", "* 3 EX"])
    func `octets in the clear behind the answer to STARTTLS are refused`(injected: String) async throws {
        let certificate = try TestCertificate()
        let tls = try certificate.script
        let (failure, heard) = try await Self.attempt(trusting: certificate) { connection in
            try await connection.send(Self.greeting)
            let command = try await connection.command()
            try await connection.startTLS(after: "\(command.tag) OK begin\r\n" + injected, tls)
        }
        #expect(failure == .startTLSInjection)
        #expect(heard == ["A1 STARTTLS"])
    }

    @Test func `plain text where the handshake belongs is refused`() async throws {
        let (failure, heard) = try await Self.attempt { connection in
            try await connection.send(Self.greeting)
            try await connection.answer("STARTTLS", completion: "OK begin")
            // The client's hello, so that these lines cannot come together with the answer.
            _ = try await connection.readExactly(5)
            try await connection.send("* TLS\r\nA2 OK done\r\n")
        }
        guard case .tlsFailed(.handshake) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(!heard.contains { $0.contains("CAPABILITY") })
    }

    @Test func `a wrong certificate is refused before anything is sent`() async throws {
        for (certificate, fault) in [
            (try TestCertificate(for: ["x.test"]), TLSFault.nameMismatch),
            (try TestCertificate(validity: .expired), .expired),
        ] {
            let tls = try certificate.script
            let (failure, heard) = try await Self.attempt(trusting: certificate) { connection in
                try await connection.send(Self.greeting)
                let command = try await connection.command()
                try await connection.startTLS(after: "\(command.tag) OK begin\r\n", tls)
            }
            #expect(failure == .tlsFailed(fault))
            #expect(heard == ["A1 STARTTLS"])
        }
    }
}
