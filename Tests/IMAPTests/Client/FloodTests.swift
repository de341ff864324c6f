import Logging
import ScriptedServer
import Synchronization
import Testing

@testable import IMAP

@Suite struct FloodTests {
    /// Octets that lie on the way between the sockets and in the queue, generously.
    private static let underWay = 40 << 20
    private static let flood = 200 << 20

    @Test func `a server that floods a slow reader has to wait`() async throws {
        let sent = Mutex(0)
        try await Play.signedIn { connection in
            let first = try await connection.command()
            let second = try await connection.command()
            try await connection.send("* 1 FETCH (UID 1)\r\n\(first.tag) OK done\r\n")
            let text = [UInt8](repeating: 0x78, count: 64 << 10)
            let response = "* 2 FETCH (UID 500 BODY[] {\(text.count)}\r\n".bytes + text + ")\r\n".bytes
            while sent.withLock({ $0 }) < Self.flood {
                try await connection.send(response)
                sent.withLock { $0 += response.count }
            }
            try await connection.send("* 1 FETCH (UID 2)\r\n\(second.tag) OK done\r\n")
            _ = try await connection.readToEnd()
        } client: { connection in
            let requests = [FetchRequest(UIDSet(1...1), "FLAGS"), FetchRequest(UIDSet(2...2), "FLAGS")]
            try await connection.fetch(requests) { page in
                #expect(page.messages.map(\.uid) == [UInt32(page.index + 1)])
                guard page.index == 0 else { return true }
                // Slow until the server goes no further.
                var before = -1
                while sent.withLock({ $0 }) != before {
                    before = sent.withLock { $0 }
                    try await Task.sleep(for: .milliseconds(400))
                }
                #expect(before < Self.underWay)
                return true
            }
            #expect(sent.withLock { $0 } >= Self.flood)
        }
    }

    @Test func `lines that never end close the connection`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.signIn("")
            _ = try await connection.command()
            let piece = [UInt8](repeating: 0x78, count: 1 << 20)
            while true { try await connection.send(piece) }
        }
        let connection = try await Play.connect(port: server.port)
        try await connection.signIn(Play.password)
        guard case .protocolViolation = try await Play.failure({ _ = try await connection.noop() }) else {
            Issue.record("not refused")
            return
        }
        #expect(await connection.isOver)
        await server.stop()
    }

    /// Each empty line is a response of its own: 4 MB would take more than a gigabyte.
    @Test(arguments: ["\n", "\r\n", "A\r\n", "* 1 FETCH (\r\n"]) func `what is no IMAP at all ends the connection`(
        line: String
    )
        async throws
    {
        let server = try await ScriptedServer.start { connection in
            try await connection.signIn("")
            _ = try await connection.command()
            let piece = [UInt8](String(repeating: line, count: 100_000).utf8)
            while true { try await connection.send(piece) }
        }
        let connection = try await Play.connect(port: server.port)
        try await connection.signIn(Play.password)
        let failure = try await Play.failure { _ = try await connection.noop() }
        #expect(failure == .protocolViolation("a thousand responses that are not understood"))
        #expect(await connection.isOver)
        await server.stop()
    }

    @Test func `a thousand bad responses among good ones are survived, and the log does not grow with them`()
        async throws
    {
        let log = LogRecord()
        let server = try await ScriptedServer.start { connection in
            try await connection.signIn("")
            let bad = String(repeating: "* 1 FETCH (\r\n", count: 1000)
            let good = String(repeating: "* 1 FETCH (UID 1)\r\n", count: 1000)
            try await connection.answer("NOOP", bad + good + bad)
            _ = try await connection.readToEnd()
        }
        let connection = try await IMAPConnection.connect(
            to: Play.endpoint(port: server.port), logger: Logger(label: "tests") { _ in log })
        try await connection.signIn(Play.password)
        _ = try await connection.noop()
        #expect(log.warnings == UnparsableLimit.logged)
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `an answer of eight megabytes in one line is read`() async throws {
        var deadlines = IMAPDeadlines()
        deadlines.silence = .seconds(20)
        try await Play.signedIn("ESEARCH", deadlines: deadlines) { connection in
            try await connection.examined(exists: 1_000_000)
            let uids = (0..<1_000_000).lazy.map { "\(1_000_000 + $0 * 2)" }.joined(separator: ",")
            try await connection.answer("UID SEARCH", "* ESEARCH (TAG \"%tag\") UID ALL " + uids + "\r\n")
            _ = try await connection.readToEnd()
        } client: { connection in
            _ = try await connection.examine(.inbox)
            let found = try await connection.search("ALL")
            #expect((found.count, found.min, found.max) == (1_000_000, 1_000_000, 2_999_998))
        }
    }
}
