import ScriptedServer
import Testing

@testable import IMAP

@Suite struct WaitingTests {
    private static let long = Duration.seconds(20)

    /// Answers one IDLE: says `news` and waits for DONE.
    private static func idle(_ connection: ScriptedConnection, _ news: String) async throws {
        let command = try await connection.command()
        guard command.name == "IDLE" else { throw ScriptError.unexpected(line: command.name, expected: "IDLE") }
        try await connection.send("+ idling\r\n" + news)
        guard try await connection.readLine() == "DONE" else {
            throw ScriptError.unexpected(line: "", expected: "DONE")
        }
        try await connection.send("\(command.tag) OK done\r\n")
    }

    @Test(arguments: [
        "* 4 EXISTS\r\n", "* OK Still here\r\n* 2 EXPUNGE\r\n", "* VANISHED 4:6\r\n", "* STATUS a (MESSAGES 4)\r\n",
    ])
    func `news ends the wait`(news: String) async throws {
        try await Play.signedIn("IDLE") { connection in
            try await connection.examined()
            try await Self.idle(connection, news)
            try await connection.answer("NOOP")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            _ = try await connection.examine(.inbox)
            #expect(try await connection.idle(limit: Self.long))
            // The connection is as good as before.
            _ = try await connection.noop()
        }
    }

    @Test func `what is no news does not end the wait`() async throws {
        try await Play.signedIn("IDLE") { connection in
            try await Self.idle(connection, "* OK Still here\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* 0 RECENT\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            #expect(try await !connection.idle(limit: .milliseconds(300)))
        }
    }

    @Test func `IDLE is issued again before the network forgets the connection`() async throws {
        var deadlines = IMAPDeadlines()
        deadlines.idle = .milliseconds(50)
        try await Play.signedIn("IDLE", deadlines: deadlines) { connection in
            for _ in 0..<3 { try await Self.idle(connection, "") }
            try await Self.idle(connection, "* 4 EXISTS\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            #expect(try await connection.idle(limit: Self.long))
        }
    }

    /// Address translators forget a quiet connection after 10 minutes, and the server's logout timer has 30 (RFC 2177).
    @Test func `as it is set, IDLE is issued again within nine minutes`() {
        #expect(IMAPDeadlines().idle <= .seconds(9 * 60) && IMAPDeadlines().idle >= .seconds(5 * 60))
    }

    @Test func `news that comes before the leave to idle, or with its end, is heard`() async throws {
        try await Play.signedIn("IDLE") { connection in
            let first = try await connection.command()
            try await connection.send("* 4 EXISTS\r\n+ idling\r\n")
            try await connection.expect(prefix: "DONE")
            try await connection.send("\(first.tag) OK done\r\n")
            let second = try await connection.command()
            try await connection.send("+ idling\r\n")
            try await connection.expect(prefix: "DONE")
            try await connection.send("* 5 EXISTS\r\n\(second.tag) OK done\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            #expect(try await connection.idle(limit: Self.long))
            #expect(try await connection.idle(limit: .milliseconds(100)))
        }
    }

    @Test func `a server that ends IDLE at once each time is not asked without pause`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.signIn("IDLE")
            while true {
                let command = try await connection.command()
                try await connection.send("+ idling\r\n\(command.tag) OK I have better to do\r\n")
            }
        }
        let connection = try await Play.connect(port: server.port)
        try await connection.signIn(Play.password)
        #expect(try await !connection.idle(limit: .milliseconds(1500)))
        #expect((1...2).contains(server.received.count { $0.hasSuffix("IDLE") }))
        await connection.close()
        await server.stop()
    }

    @Test(arguments: ["NO not here", "BAD unknown"]) func `a refusal to idle is told`(refusal: String) async throws {
        try await Play.signedIn("IDLE") { connection in
            try await connection.answer("IDLE", completion: refusal)
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            guard case .refused = try await Play.failure({ _ = try await connection.idle(limit: Self.long) }) else {
                Issue.record("not refused")
                return
            }
        }
    }

    @Test func `a BYE ends the wait with its words`() async throws {
        try await Play.signedIn("IDLE") { connection in
            _ = try await connection.command()
            try await connection.send("+ idling\r\n* BYE Server shutting down\r\n")
        } client: { connection async throws in
            let failure = try await Play.failure { _ = try await connection.idle(limit: Self.long) }
            #expect(failure == .closed("Server shutting down"))
            #expect(await connection.isOver)
        }
    }

    @Test func `a server that no longer answers is found out`() async throws {
        var deadlines = IMAPDeadlines()
        deadlines.signIn = Play.patience
        let server = try await ScriptedServer.start { connection in
            try await connection.signIn("IDLE")
            _ = try await connection.command()
            try await connection.send("+ idling\r\n")
            await connection.stall()
        }
        let connection = try await Play.connect(port: server.port, deadlines: deadlines)
        try await connection.signIn(Play.password)
        #expect(try await Play.failure { _ = try await connection.idle(limit: .milliseconds(50)) } == .timedOut)
        #expect(await connection.isOver)
        await server.stop()
    }

    @Test func `a wait that is cancelled ends at once`() async throws {
        try await Play.signedIn("IDLE") { connection in
            _ = try await connection.command()
            try await connection.send("+ idling\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let wait = Task { try await connection.idle(limit: .seconds(3600)) }
            try await Task.sleep(for: .milliseconds(50))
            wait.cancel()
            await #expect(throws: CancellationError.self) { _ = try await wait.value }
        }
    }

    @Test func `notifications are asked for where the server has them, and a refusal is no failure`() async throws {
        try await Play.signedIn("IDLE") { connection in
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            #expect(try await !connection.notifyOfAllMailboxes())
        }
        for (completion, accepted) in [
            ("OK done", true), ("NO [BADEVENT (MessageNew)] no", false), ("BAD what", false),
        ] {
            try await Play.signedIn("IDLE NOTIFY") { connection in
                #expect(
                    try await connection.answer("NOTIFY", completion: completion)
                        == "SET (personal (MessageNew MessageExpunge))")
                _ = try await connection.readToEnd()
            } client: { connection async throws in
                #expect(try await connection.notifyOfAllMailboxes() == accepted)
            }
        }
    }

    @Test func `a server that gave up notifying ends the wait`() async throws {
        try await Play.signedIn("IDLE NOTIFY") { connection in
            try await Self.idle(connection, "* OK [NOTIFICATIONOVERFLOW] too much\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            #expect(try await connection.idle(limit: Self.long))
            #expect(await connection.session.notificationsOverflowed)
        }
    }
}
