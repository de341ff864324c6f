import NIOCore
import ScriptedServer
import Testing

@testable import IMAP

@Suite struct GreetingTests {
    private static func failure(greeting: String, deadlines: IMAPDeadlines = IMAPDeadlines()) async throws -> IMAPError?
    {
        let server = try await ScriptedServer.start { connection in
            try await connection.send(greeting)
            if greeting.hasSuffix("\n") { _ = try? await connection.readToEnd() }
        }
        let failure = try await Play.failure {
            await (try Play.connect(port: server.port, deadlines: deadlines)).close()
        }
        await server.stop()
        return failure
    }

    @Test func `capabilities in the greeting are not asked for again`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n")
            #expect(try await connection.readToEnd() == [])
        }
        let connection = try await Play.connect(port: server.port)
        #expect(await connection.session.can("AUTH=PLAIN"))
        #expect(await connection.session.state == .notAuthenticated)
        await connection.close()
        await server.stop()
    }

    @Test func `capabilities are asked for where the greeting tells none`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.sendByteByByte("* OK hello\r\n")
            try await connection.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 IDLE\r\n")
        }
        let connection = try await Play.connect(port: server.port)
        #expect(await connection.session.capabilities == ["IMAP4REV1", .idle])
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `PREAUTH needs no signing in`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* PREAUTH [CAPABILITY IMAP4rev1 ID] hello\r\n")
            try await connection.answer("ID", "* ID NIL\r\n")
            #expect(try await connection.readToEnd() == [])
        }
        let connection = try await Play.connect(port: server.port)
        try await connection.signIn(Play.password)
        #expect(await connection.session.state == .authenticated)
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `a server that turns clients away tells why`() async throws {
        #expect(try await Self.failure(greeting: "* BYE Too many connections\r\n") == .closed("Too many connections"))
    }

    @Test(arguments: [
        "220 mail.example.test ESMTP\r\n", "+OK POP3 ready\r\n", "HTTP/1.1 400 Bad Request\r\n", "* NO later\r\n",
        "* 3 EXISTS\r\n", "\r\n",
    ])
    func `a server of something else is told from one of IMAP`(greeting: String) async throws {
        let failure = try await Self.failure(greeting: greeting)
        guard case .notIMAP = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func `a server that says nothing is given up`() async throws {
        var deadlines = IMAPDeadlines()
        deadlines.signIn = Play.patience
        let server = try await ScriptedServer.start { await $0.stall() }
        #expect(
            try await Play.failure { _ = try await Play.connect(port: server.port, deadlines: deadlines) } == .timedOut)
        await server.stop()
    }

    /// Closing, resetting or falling silent after each octet from the greeting until the client is signed in.
    @Test(arguments: ["closes", "resets"]) func `a connection that ends anywhere on the way in is reported as ended`(
        ending: String
    ) async throws {
        let steps = [
            "* OK hi\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n%tag OK x\r\n", "+ \r\n", "%tag OK in\r\n",
            "* CAPABILITY IMAP4rev1\r\n%tag OK x\r\n",
        ]
        let length = steps.reduce(0) { $0 + $1.utf8.count } - 3 * 2
        let server = try await ScriptedServer.start { connection in
            var rest = connection.index
            var tag = ""
            for (index, step) in steps.enumerated() {
                if index > 0 {
                    let line = try await connection.readLine()
                    if line.hasPrefix("A"), line.contains(" ") { tag = String(line.prefix { $0 != " " }) }
                }
                let said = step.replacing("%tag", with: tag).utf8.prefix(rest)
                if !said.isEmpty { try await connection.send(Array(said)) }
                rest -= said.count
                if rest == 0 { break }
            }
            if ending == "resets" { await connection.reset() }
        }
        for count in 0..<length {
            let failure = try await Play.failure {
                let connection = try await Play.connect(port: server.port)
                try await connection.signIn(Play.password)
            }
            switch failure {
            case .closed: continue
            // A reset may be faster than the client.
            case .connectFailed where ending == "resets": continue
            default: Issue.record("after \(count) octets: \(String(describing: failure))")
            }
        }
        await server.stop()
        #expect(server.connections == length)
    }
}
