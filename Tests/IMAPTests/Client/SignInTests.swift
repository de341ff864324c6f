import ScriptedServer
import Testing

@testable import IMAP

@Suite struct SignInTests {
    private static let token = IMAPCredentials.accessToken(user: "a=b,c@example.test", token: "ya29.x")

    /// Signs in to a server with these capabilities.
    private static func attempt(
        _ capabilities: String, _ credentials: IMAPCredentials = Play.password,
        script: @escaping @Sendable (ScriptedConnection) async throws -> Void
    ) async throws -> (failure: IMAPError?, heard: [String]) {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1 \(capabilities)] hello\r\n")
            try await script(connection)
            _ = try await connection.readToEnd()
        }
        let connection = try await Play.connect(port: server.port)
        let failure = try await Play.failure { try await connection.signIn(credentials) }
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
        return (failure, server.received)
    }

    private static let accepted = "OK [CAPABILITY IMAP4rev1] in"

    @Test func `PLAIN goes along with the command where the server allows it`() async throws {
        let (failure, heard) = try await Self.attempt("AUTH=PLAIN AUTH=LOGIN SASL-IR") {
            try await $0.answer("AUTHENTICATE", completion: Self.accepted)
        }
        #expect(failure == nil)
        #expect(heard == ["A1 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ="])
    }

    @Test func `PLAIN waits for the server's leave otherwise`() async throws {
        let (failure, heard) = try await Self.attempt("AUTH=PLAIN") { connection in
            let tag = try await connection.command().tag
            try await connection.send("* OK wait\r\n+ \r\n")
            _ = try await connection.readLine()
            try await connection.send("\(tag) \(Self.accepted)\r\n")
        }
        #expect(failure == nil)
        #expect(heard == ["A1 AUTHENTICATE PLAIN", "AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ="])
    }

    @Test func `a long first message is sent apart`() async throws {
        let long = IMAPCredentials.password(user: "alice", password: String(repeating: "p", count: 1200))
        let (failure, heard) = try await Self.attempt("AUTH=PLAIN SASL-IR", long) { connection in
            let tag = try await connection.command().tag
            try await connection.send("+\r\n")
            _ = try await connection.readLine()
            try await connection.send("\(tag) \(Self.accepted)\r\n")
        }
        #expect(failure == nil)
        #expect(heard.map { $0.utf8.count } == [21, 1612])
    }

    @Test(arguments: ["VXNlciBOYW1lAA==", "VXNlcm5hbWU6", ""]) func `LOGIN answers prompts whatever they say`(
        prompt: String
    ) async throws {
        let (failure, heard) = try await Self.attempt("AUTH=LOGIN SASL-IR LOGINDISABLED") { connection in
            let tag = try await connection.command().tag
            for _ in 0..<2 {
                try await connection.send("+ \(prompt)\r\n")
                _ = try await connection.readLine()
            }
            try await connection.send("\(tag) \(Self.accepted)\r\n")
        }
        #expect(failure == nil)
        #expect(heard == ["A1 AUTHENTICATE LOGIN", "YWxpY2VAZXhhbXBsZS50ZXN0", "c2VjcmV0"])
    }

    // Field notes, section 4.1, 17.
    @Test(arguments: ["acme/alice/sales", #"ACME\alice\sales"#])
    func `the name of a shared mailbox at Exchange goes by LOGIN where that is offered`(user: String) async throws {
        let name = IMAPCredentials.password(user: user, password: "secret")
        let (failure, heard) = try await Self.attempt("AUTH=PLAIN", name) {
            try await $0.answer("LOGIN", completion: Self.accepted)
        }
        #expect(failure == nil)
        #expect(heard.first?.hasPrefix("A1 LOGIN") == true)
        let (other, only) = try await Self.attempt("AUTH=PLAIN LOGINDISABLED SASL-IR", name) {
            try await $0.answer("AUTHENTICATE", completion: Self.accepted)
        }
        #expect(other == nil)
        #expect(only.first?.hasPrefix("A1 AUTHENTICATE PLAIN") == true)
    }

    @Test func `the token of XOAUTH2 is sent, and its refusal is acknowledged with nothing`() async throws {
        let (failure, heard) = try await Self.attempt("AUTH=XOAUTH2 AUTH=PLAIN SASL-IR", Self.token) { connection in
            let tag = try await connection.command().tag
            try await connection.send("+ eyJzdGF0dXMiOiI0MDAifQ==\r\n")
            #expect(try await connection.readLine() == "")
            try await connection.send("\(tag) NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)\r\n")
        }
        #expect(failure == .signInRefused(.wrongCredentials("Invalid credentials (Failure)")))
        #expect(heard == ["A1 AUTHENTICATE XOAUTH2 dXNlcj1hPWIsY0BleGFtcGxlLnRlc3QBYXV0aD1CZWFyZXIgeWEyOS54AQE=", ""])
    }

    @Test func `the token of OAUTHBEARER is sent with the host, and its refusal is acknowledged`() async throws {
        let (failure, heard) = try await Self.attempt("AUTH=XOAUTH2 AUTH=OAUTHBEARER", Self.token) { connection in
            let tag = try await connection.command().tag
            try await connection.send("+\r\n")
            _ = try await connection.readLine()
            try await connection.send("+ eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\r\n")
            #expect(try await connection.readLine() == "AQ==")
            try await connection.send("\(tag) NO [UNAVAILABLE] later\r\n")
        }
        #expect(failure == .signInRefused(.temporary("later")))
        #expect(heard.first == "A1 AUTHENTICATE OAUTHBEARER")
        // n,a=a=3Db=2Cc@example.test,^Ahost=localhost^Aport=…
        #expect(heard[1].hasPrefix("bixhPWE9M0RiPTJDY0BleGFtcGxlLnRlc3QsAWhvc3Q9bG9jYWxob3N0AXBvcnQ9"))
    }

    @Test func `a server that asks on and on is left`() async throws {
        let (failure, _) = try await Self.attempt("AUTH=PLAIN SASL-IR") { connection in
            for _ in 0..<5 { try? await connection.send("+ more\r\n") }
        }
        #expect(failure == .protocolViolation("PLAIN is asked for without end"))
    }

    @Test func `without TLS-less passwords or known methods nothing secret is sent`() async throws {
        let (disabled, first) = try await Self.attempt("LOGINDISABLED") { _ in }
        #expect(disabled == .signInRefused(.privacyRequired("LOGINDISABLED")))
        let (unknown, second) = try await Self.attempt("AUTH=PLAIN AUTH=LOGIN", Self.token) { _ in }
        #expect(unknown == .noSignInMethod)
        #expect(first + second == [])
    }

    @Test func `a server that hangs up tells what its last words mean`() async throws {
        let (words, _) = try await Self.attempt("AUTH=PLAIN SASL-IR") { connection in
            _ = try await connection.command()
            try await connection.send("* BYE Too many simultaneous connections\r\n")
            await connection.close()
        }
        #expect(words == .signInRefused(.tooManyConnections("Too many simultaneous connections")))
        let (silent, _) = try await Self.attempt("AUTH=PLAIN SASL-IR") { connection in
            _ = try await connection.command()
            await connection.reset()
        }
        guard case .closed = silent else {
            Issue.record("\(String(describing: silent))")
            return
        }
    }

    @Test func `a server that falls silent is given up`() async throws {
        var deadlines = IMAPDeadlines()
        deadlines.signIn = Play.patience
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n")
            await connection.stall()
        }
        let connection = try await Play.connect(port: server.port, deadlines: deadlines)
        #expect(try await Play.failure { try await connection.signIn(Play.password) } == .timedOut)
        #expect(await connection.isOver)
        await server.stop()
    }
}
