import ScriptedServer
import Testing

@testable import IMAP

/// The LOGIN command, and what follows signing in.
@Suite struct LoginCommandTests {
    /// - Returns: the lines that the server heard.
    private static func login(
        _ capabilities: String, password: String, after: String = "IMAP4rev1",
        script: @escaping @Sendable (ScriptedConnection) async throws -> Void = { _ in }
    )
        async throws -> [String]
    {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1 \(capabilities)] hello\r\n")
            try await connection.answer("LOGIN", completion: "OK [CAPABILITY \(after)] in")
            try await script(connection)
            _ = try await connection.readToEnd()
        }
        let connection = try await Play.connect(port: server.port)
        try await connection.signIn(.password(user: "alice", password: password))
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
        return server.received
    }

    @Test(arguments: [
        ("secret", #""secret""#), (#"a"b\c"#, #""a\"b\\c""#), ("", #""""#), ("a b{3}", #""a b{3}""#),
        ("%*(]", #""%*(]""#),
    ])
    func `a password of any printable characters is quoted`(password: String, quoted: String) async throws {
        #expect(try await Self.login("", password: password) == [#"A1 LOGIN "alice" "# + quoted])
    }

    @Test(arguments: [("", "{9}"), ("LITERAL+", "{9+}"), ("LITERAL-", "{9+}")])
    func `a password of other characters is a literal`(capabilities: String, announcement: String) async throws {
        #expect(
            try await Self.login(capabilities, password: "пaß\r\nÄ") == [
                #"A1 LOGIN "alice" "# + announcement, "пaß", "Ä",
            ])
    }

    @Test func `LITERAL- holds up to 4096 octets`() async throws {
        let (fits, long) = (String(repeating: "ä", count: 2048), String(repeating: "ä", count: 2049))
        #expect(try await Self.login("LITERAL-", password: fits).first == #"A1 LOGIN "alice" {4096+}"#)
        #expect(try await Self.login("LITERAL-", password: long).first == #"A1 LOGIN "alice" {4098}"#)
        #expect(try await Self.login("LITERAL+", password: long).first == #"A1 LOGIN "alice" {4098+}"#)
    }

    @Test func `a literal that is refused is not sent`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1] hello\r\n")
            try await connection.expect(prefix: "A1 LOGIN")
            try await connection.send("* OK soon\r\nA1 NO [AUTHENTICATIONFAILED] no literals\r\n")
            #expect(try await connection.readToEnd() == [])
        }
        let connection = try await Play.connect(port: server.port)
        let failure = try await Play.failure { try await connection.signIn(.password(user: "alice", password: "ä")) }
        #expect(failure == .signInRefused(.wrongCredentials("no literals")))
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `the client says who it is, and switches on what it uses`() async throws {
        let heard = try await Self.login("", password: "x", after: "IMAP4rev1 ID ENABLE QRESYNC CONDSTORE UTF8=ACCEPT")
        { connection in
            try await connection.answer("ID", "* ID (\"name\" \"x\")\r\n")
            try await connection.answer("ENABLE", "* ENABLED QRESYNC UTF8=ACCEPT\r\n")
        }
        #expect(heard.dropFirst() == [#"A2 ID ("name" "Mailcard")"#, "A3 ENABLE QRESYNC UTF8=ACCEPT"])
    }

    @Test func `refusals of ID and ENABLE change nothing`() async throws {
        let heard = try await Self.login("", password: "x", after: "IMAP4rev1 ID ENABLE QRESYNC") { connection in
            try await connection.answer("ID", completion: "NO no")
            try await connection.answer("ENABLE", completion: "BAD no")
        }
        #expect(heard.count == 3)
    }

    @Test func `capabilities that the completion does not tell are asked for`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE] hello\r\n")
            try await connection.answer("AUTHENTICATE")
            try await connection.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 QRESYNC\r\n")
            _ = try await connection.readToEnd()
        }
        let connection = try await Play.connect(port: server.port)
        try await connection.signIn(Play.password)
        #expect(await connection.session.capabilities == ["IMAP4REV1", .qresync])
        #expect(await connection.session.state == .authenticated)
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
    }
}
