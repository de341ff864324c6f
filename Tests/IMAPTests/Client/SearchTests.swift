import ScriptedServer
import Testing

@testable import IMAP

@Suite struct SearchTests {
    /// - Returns: what was found or why not, and the arguments that the server heard.
    private static func search(
        _ criteria: String = "ALL", strings: [[UInt8]] = [], capabilities: String = "", in exists: Int? = nil,
        answering answer: String, completion: String = "OK done"
    ) async throws -> (found: UIDSet?, failure: IMAPError?, heard: [String]) {
        let server = try await ScriptedServer.start { connection in
            try await connection.signIn(capabilities)
            if let exists { try await connection.examined(exists: exists) }
            _ = try? await connection.answer("UID SEARCH", answer, completion: completion)
            _ = try? await connection.readToEnd()
        }
        let connection = try await Play.connect(port: server.port)
        try await connection.signIn(Play.password)
        if exists != nil { _ = try await connection.examine(.inbox) }
        var found: UIDSet?
        let failure = try await Play.failure { found = try await connection.search(criteria, strings: strings) }
        // What is of no further use says so.
        #expect(await connection.isOver == (failure?.endsConnection ?? false))
        await connection.close()
        await server.stop()
        #expect(server.failures == [])
        return (found, failure, server.received.filter { !$0.contains("AUTHENTICATE") && !$0.contains("ENABLE") })
    }

    @Test func `SEARCH and ESEARCH tell what there is`() async throws {
        let plain = try await Self.search(answering: "* SEARCH 3 5\r\n* 9 EXISTS\r\n* SEARCH 4 9\r\n")
        #expect((plain.found?.description, plain.heard) == ("3:5,9", ["A2 UID SEARCH ALL"]))
        let extended = try await Self.search(
            capabilities: "ESEARCH", answering: "* ESEARCH (TAG \"%tag\") UID ALL 3:5,9\r\n")
        #expect((extended.found?.description, extended.heard) == ("3:5,9", ["A2 UID SEARCH RETURN (ALL) ALL"]))
        // Some answer the old way.
        #expect(try await Self.search(capabilities: "ESEARCH", answering: "* SEARCH 1 2\r\n").found == UIDSet(1...2))
    }

    @Test func `nothing found is an answer too`() async throws {
        #expect(try await Self.search(answering: "* SEARCH\r\n").found == UIDSet())
        #expect(
            try await Self.search(capabilities: "ESEARCH", answering: "* ESEARCH (TAG \"%tag\") UID\r\n").found
                == UIDSet())
    }

    /// Taken for "nothing found", they would make a whole mailbox vanish.
    @Test(arguments: ["", "* 9 EXISTS\r\n", "* ESEARCH (TAG \"other\") UID ALL 1:3\r\n"])
    func `no answer is an error and not an empty result`(answer: String) async throws {
        let result = try await Self.search(capabilities: "ESEARCH", answering: answer)
        #expect((result.found, result.failure) == (nil, .protocolViolation("UID SEARCH was not answered")))
    }

    @Test(arguments: [
        "* SEARCH 1 x\r\n", "* SEARCH 0\r\n", "* SEARCH 4 0 5\r\n", "* ESEARCH (TAG \"%tag\") UID ALL 0:4\r\n",
        "* SEARCH 1\r\n* SEARCH 99999999999\r\n", "* ESEARCH (TAG \"%tag\") UID ALL 1,\r\n",
    ])
    func `an answer of which a part is lost is an error`(answer: String) async throws {
        let result = try await Self.search(capabilities: "ESEARCH", answering: answer)
        guard result.found == nil, case .protocolViolation = result.failure else {
            Issue.record("\(result)")
            return
        }
    }

    /// UIDNEXT, which is above every UID, has 32 bits: there is no message 4294967295, and no number above it.
    @Test(arguments: [
        "* SEARCH 1 4294967295\r\n", "* ESEARCH (TAG \"%tag\") UID ALL 3,4294967295\r\n",
        "* ESEARCH (TAG \"%tag\") UID ALL 3,*\r\n", "* ESEARCH (TAG \"%tag\") UID ALL 4294967290:*\r\n",
    ])
    func `a UID that no message can have is an error`(answer: String) async throws {
        let result = try await Self.search(capabilities: "ESEARCH", in: 20, answering: answer)
        #expect(result.found == nil)
        #expect(result.failure == .protocolViolation("UID SEARCH was answered by the UID 4294967295"))
        guard answer.contains("4294967295") else { return }
        let below = answer.replacing("4294967295", with: "4294967294")
        #expect(try await Self.search(capabilities: "ESEARCH", in: 20, answering: below).found?.max == .max - 1)
    }

    /// A few octets that would become thousands of millions of numbers.
    @Test(arguments: ["", "ESEARCH"]) func `more messages than the mailbox holds are an error`(capabilities: String)
        async throws
    {
        for (answer, count) in [
            ("* ESEARCH UID ALL 1:4294967294\r\n", 4_294_967_294),
            ("* ESEARCH UID ALL 1:9999\r\n* ESEARCH UID ALL 20001:20022\r\n", 10_021),
        ] {
            let result = try await Self.search(capabilities: capabilities, in: 20, answering: answer)
            #expect(result.found == nil)
            #expect(
                result.failure == .protocolViolation("UID SEARCH was answered by \(count) messages where there are 20"))
        }
        // Some thousand may have come since it was opened, and those that left may still be named.
        let arrivals = "* VANISHED 1:5\r\n* ESEARCH UID ALL 1:9000\r\n* ESEARCH UID ALL 9000:10020\r\n"
        #expect(
            try await Self.search(capabilities: capabilities, in: 20, answering: arrivals).found == UIDSet(1...10_020))
    }

    @Test(.timeLimit(.minutes(1))) func `an answer in a hundred thousand lines is read`() async throws {
        let lines = stride(from: 100_000, to: 0, by: -1).map { "* SEARCH \($0)\r\n" }.joined()
        #expect(try await Self.search(in: 100_000, answering: lines).found == UIDSet(1...100_000))
    }

    @Test func `an answer without end is an error`() async throws {
        let result = try await Self.search(
            in: 20, answering: (0..<20_000).map { "* SEARCH \($0 * 2 + 1)\r\n" }.joined())
        guard result.found == nil, case .protocolViolation = result.failure else {
            Issue.record("\(result)")
            return
        }
    }

    @Test func `a refusal is told with its code`() async throws {
        let result = try await Self.search(answering: "", completion: "NO [BADCHARSET (UTF-8)] no")
        #expect(
            result.failure
                == .refused(CommandRefusal(command: "UID SEARCH", status: .no, code: "BADCHARSET", text: "no")))
    }

    @Test func `strings are put in the places of question marks`() async throws {
        let result = try await Self.search(
            "UID 1:9 (OR FROM ? TO ?) SINCE 1-Jan-2024", strings: ["a\"b".bytes, "c d".bytes], answering: "* SEARCH\r\n"
        )
        #expect(result.heard == [#"A2 UID SEARCH UID 1:9 (OR FROM "a\"b" TO "c d") SINCE 1-Jan-2024"#])
    }

    @Test func `strings beyond ASCII are literals, and CHARSET is said only with them`() async throws {
        let waiting = try await Self.search(
            "OR FROM ? TO ?", strings: ["ä".bytes, "b".bytes], answering: "* SEARCH\r\n")
        #expect(waiting.heard == ["A2 UID SEARCH CHARSET UTF-8 OR FROM {2}", #"ä TO "b""#])
        let extended = try await Self.search(
            "FROM ?", strings: ["ä".bytes], capabilities: "ESEARCH LITERAL+", answering: "* SEARCH\r\n")
        #expect(extended.heard == ["A2 UID SEARCH RETURN (ALL) CHARSET UTF-8 FROM {2+}", "ä"])
        let utf8 = try await Self.search(
            "FROM ?", strings: ["ä\"".bytes], capabilities: "ENABLE UTF8=ACCEPT", answering: "* SEARCH\r\n")
        #expect(utf8.heard == [#"A3 UID SEARCH FROM "ä\"""#])
        let broken = try await Self.search(
            "FROM ?", strings: [[0xff]], capabilities: "ENABLE UTF8=ACCEPT LITERAL+", answering: "* SEARCH\r\n")
        #expect(broken.heard.first == "A3 UID SEARCH FROM {1+}")
    }

    @Test func `news that comes with an answer is not lost`() async throws {
        try await Play.signedIn("ENABLE QRESYNC ESEARCH") { connection in
            try await connection.examined(exists: 10)
            try await connection.answer(
                "UID SEARCH", "* VANISHED 5:6\r\n* 9 EXISTS\r\n* VANISHED 9\r\n* ESEARCH (TAG \"%tag\") UID ALL 1:4\r\n"
            )
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            _ = try await connection.examine(.inbox)
            #expect(try await connection.search("ALL") == UIDSet(1...4))
            #expect(await connection.session.selected?.exists == 8)
            #expect(await connection.session.selected?.expungedWhileSelected == 3)
        }
    }
}
