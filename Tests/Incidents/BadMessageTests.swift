import IMAP
import Mirror
import Store
import Testing

/// One message that a server cannot describe costs no other one (field notes, sections 2.1 and 4.1, 7 to 9).
@Suite struct BadMessageTests {
    /// Refuses every FETCH of headers that names the UID.
    private static func refusing(_ uid: UInt32, _ answer: String) -> ScriptedIMAP.Deviation {
        { request in
            guard request.name == "UID FETCH" else { return nil }
            let set = request.rest.prefix { $0 != " " }
            return AskedUIDs(set, highest: 1000).contains(uid) ? .say(answer) : nil
        }
    }

    // twentyhq/twenty MESSAGING_IMPORT_FAILURES_BEFORE_DROPPING_BATCH, #5897
    @Test(arguments: ["%TAG NO cannot parse message\r\n", "%TAG BAD internal command failure\r\n", "%TAG OK done\r\n"])
    func `a message that makes the whole FETCH fail is set aside with a reason, and all others are mirrored`(
        answer: String
    ) async throws {
        let server = try await ScriptedIMAP.start(letters(1...40))
        server.deviate(Self.refusing(17, answer))
        try await RunningMirror.of(server) { mirror in
            let others = ids(1...16) + ids(18...40)
            try await mirror.expect(others, listed: 40)
            let asides = try await mirror.setAsides()
            #expect(asides.map(\.remoteID.uid) == [17])
            #expect(asides.first?.reason.isEmpty == false)
            #expect(try await mirror.accounting().setAside == 1)
            #expect(try await mirror.status() == .upToDate)
        }
    }

    // espocrm Fetcher.php
    @Test func `a message that could not be read is tried again until it can be read`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...5))
        server.deviate(Self.refusing(3, "%TAG NO cannot parse message\r\n"))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(["1@x", "2@x", "4@x", "5@x"], listed: 5)
            mirror.advance(seconds: 90)
            try await mirror.wait { try await mirror.setAsides().first?.attempts == 2 }
            #expect(try await mirror.setAsides().map(\.attempts) == [2])
            server.behave()
            mirror.advance(seconds: 86_400)
            try await mirror.expect(ids(1...5), listed: 5)
            #expect(try await mirror.setAsides() == [])
        }
    }

    // Foundry376/Mailspring#304, #1948, #1095; EmailEngine 2.74.2
    @Test func `a FETCH that answers for half of what was asked is asked for the rest`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...30))
        server.deviate { request in
            guard request.name == "UID FETCH", request.rest.contains(":") else { return nil }
            return .rewriting { usual in
                var lines = usual.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
                lines.removeSubrange(0..<(lines.count / 2))
                return lines.joined(separator: "\r\n")
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...30), listed: 30)
            #expect(try await mirror.setAsides() == [])
        }
    }

    // Field notes 4.1, 7
    @Test func `FETCH answers without UID and for messages that nobody asked for are passed over`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...6))
        server.deviate { request in
            guard request.name == "UID FETCH" else { return nil }
            let isFirst = request.earlier == 0
            return .rewriting { usual in
                let noise =
                    "* 1 FETCH (FLAGS (\\Seen))\r\n* 77 FETCH (UID 4000 FLAGS ())\r\n* 3 FETCH (MODSEQ (9) UID 3 FLAGS (\\Seen))\r\n"
                return noise + (isFirst ? usual.replacing("(UID 4 ", with: "(") : usual)
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...6), listed: 6)
            #expect(try await mirror.text("4@x") == "Text of 4@x")
        }
    }

    // Field notes 4.1, 7
    @Test func `a message that is described in several pieces is one message`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...4))
        server.deviate { request in
            guard request.name == "UID FETCH", request.rest.contains("ENVELOPE") else { return nil }
            return .rewriting { usual in
                usual.split(separator: "\r\n").map { line in
                    guard line.contains("FETCH (UID"), let cut = line.firstRange(of: " INTERNALDATE") else {
                        return line + "\r\n"
                    }
                    let head = line[
                        ..<line.index(after: line[..<cut.lowerBound].firstIndex(of: "(") ?? line.startIndex)]
                    let uid = line[head.endIndex...].prefix { $0 != "E" }
                    return
                        "\(line[..<cut.lowerBound]))\r\n\(head)\(uid)FLAGS ())\r\n\(head)\(uid)\(line[cut.lowerBound...].dropFirst())\r\n"
                }.joined()
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...4), listed: 4)
        }
    }

    // Field notes 4.1, 8 (ImapFlow)
    @Test func `NO, some of the requested messages no longer exist, is an answer with gaps`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...8))
        server.deviate { request in
            guard request.name == "UID FETCH", request.rest.hasPrefix("1:8 ") else { return nil }
            return .rewriting { usual in
                usual.split(separator: "\r\n").filter { !$0.contains("(UID 5 ") && !$0.contains(" OK done") }.map {
                    $0 + "\r\n"
                }.joined()
                    + "\(request.tag) NO Some of the requested messages no longer exist.\r\n"
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...8), listed: 8)
        }
    }

    // EmailEngine 2.79.2
    @Test func `addresses that the ENVELOPE has lost are read from the header`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...4))
        server.deviate { request in
            guard request.name == "UID FETCH", request.rest.contains("ENVELOPE") else { return nil }
            return .rewriting { usual in
                usual.replacing("((NIL NIL \"carol\" \"client.example\"))", with: "NIL").replacing(
                    "((NIL NIL \"ann\" \"acme.example\"))", with: "NIL")
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...4), listed: 4)
        }
    }

    // ImapFlow tools.js:1067, Bluemind, Mailspring#29, mailcore ParserErrorExchange
    @Test(arguments: [
        "()", "NIL", "(\"TEXT\")", "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"8BIT\")", "(NIL NIL NIL NIL NIL NIL NIL)",
        "((((((((((\"TEXT\" \"PLAIN\"", "{3}\r\nabc",
    ])
    func `the text of a message with a garbled BODYSTRUCTURE is read from the message itself`(structure: String)
        async throws
    {
        var bad = Letter("bad@x", minute: 2, text: "Read me all the same")
        bad.structure = structure
        let server = try await ScriptedIMAP.start([Letter("1@x", minute: 1), bad, Letter("3@x", minute: 3)])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(["1@x", "bad@x", "3@x"], listed: 3)
            #expect(try await mirror.text("bad@x")?.contains("Read me all the same") == true)
            #expect(try await mirror.text("3@x") == "Text of 3@x")
        }
    }

    // Field notes 4.1, 9
    @Test func `a text that the server does not give out is told, and all others stand on the cards`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...6))
        server.deviate { request in
            guard request.name == "UID FETCH",
                request.rest.contains("BODY.PEEK[") || request.rest.contains("BODYSTRUCTURE")
            else { return nil }
            let set = request.rest.prefix { $0 != " " }
            return AskedUIDs(set, highest: 1000).contains(4) ? .say("%TAG NO message is damaged\r\n") : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...6), listed: 6)
            #expect(try await mirror.textProblem("4@x")?.isEmpty == false)
            #expect(try await mirror.accounting().setAside == 1)
            server.behave()
            mirror.advance(seconds: 86_400)
            server.deliver(Letter("7@x", minute: 7))
            try await mirror.wait { try await mirror.text("4@x") != nil }
            #expect(try await mirror.text("4@x") == "Text of 4@x")
        }
    }

    // Field notes 4.1, 8: a server process that dies of one message
    @Test func `a message that makes the server hang up is set aside, and all others are mirrored`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...12))
        server.deviate { request in
            guard request.name == "UID FETCH" else { return nil }
            let set = request.rest.prefix { $0 != " " }
            return AskedUIDs(set, highest: 1000).contains(5) ? .hangUp : nil
        }
        try await RunningMirror.of(server) { mirror in
            let others = ids(1...4) + ids(6...12)
            try await mirror.expect(others, listed: 12)
            #expect(try await mirror.setAsides().map(\.remoteID.uid) == [5])
            #expect(try await mirror.status() == .upToDate)
            // It is tried again, and harms nothing then either.
            mirror.advance(seconds: 300)
            server.deliver(Letter("13@x", minute: 13))
            try await mirror.expect(others + ["13@x"], listed: 13)
            server.behave()
            mirror.advance(seconds: 86_400)
            try await mirror.expect(ids(1...13), listed: 13)
        }
    }

    // Field notes 4.1, 8 and 9: a server process that dies of one text
    @Test func `a text that makes the server hang up is told, and all others stand on the cards`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...12))
        server.deviate { request in
            guard request.name == "UID FETCH", request.rest.contains("BODY.PEEK") else { return nil }
            let set = request.rest.prefix { $0 != " " }
            return AskedUIDs(set, highest: 1000).contains(5) ? .hangUp : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...12), listed: 12)
            #expect(try await mirror.textProblem("5@x")?.contains("hangs up") == true)
            #expect(try await mirror.text("6@x") == "Text of 6@x")
            #expect(try await mirror.status() == .upToDate)
        }
    }

    // A server process that turns in circles over one message
    @Test(arguments: ["ENVELOPE", "BODY.PEEK[1]"])
    func `a message on which the server falls silent costs no other one`(item: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...12))
        server.deviate { request in
            guard request.name == "UID FETCH",
                request.rest.contains(item) || request.rest.contains("HEADER.FIELDS (FROM")
            else { return nil }
            let set = request.rest.prefix { $0 != " " }
            return AskedUIDs(set, highest: 1000).contains(5) ? .stall : nil
        }
        var deadlines = IMAPDeadlines.short
        deadlines.silence = .milliseconds(300)
        try await RunningMirror.of(server, deadlines: deadlines) { mirror in
            let others = ids(1...4) + ids(6...12)
            if item == "ENVELOPE" {
                try await mirror.expect(others, listed: 12)
                #expect(try await mirror.setAsides().map(\.remoteID.uid) == [5])
            } else {
                try await mirror.expect(ids(1...12), listed: 12)
                #expect(try await mirror.textProblem("5@x")?.contains("falls silent") == true)
            }
            #expect(try await mirror.text("6@x") == "Text of 6@x")
            #expect(try await mirror.status() == .upToDate)
            server.behave()
            mirror.advance(seconds: 86_400)
            server.deliver(Letter("13@x", minute: 13))
            try await mirror.expect(ids(1...13), listed: 13)
        }
    }

    // EmailEngine 2.79.2, in a folder of which each thousand has one
    @Test func `messages without addresses do not make all others be sent again`() async throws {
        let server = try await ScriptedIMAP.start(
            (1...6500).map { Letter("\($0)@x", from: $0 % 500 == 250 ? carol : "eve@elsewhere.example", minute: $0) })
        server.deviate { request in
            guard request.name == "UID FETCH", request.rest.contains("ENVELOPE") else { return nil }
            return .rewriting { usual in
                usual.split(separator: "\r\n").map { line in
                    guard line.contains("\"carol\"") else { return line + "\r\n" }
                    return line.replacing("((NIL NIL \"carol\" \"client.example\"))", with: "NIL")
                        .replacing("((NIL NIL \"ann\" \"acme.example\"))", with: "NIL") + "\r\n"
                }.joined()
            }
        }
        try await RunningMirror.of(server, deadlines: .init()) { mirror in
            let mirrored = (1...6500).filter { $0 % 500 == 250 }.map { "\($0)@x" }
            try await mirror.expect(mirrored, listed: 6500, within: .seconds(60))
            let asked = server.received.filter { $0.contains("ENVELOPE") }.reduce(0) { sum, line in
                let set = line.split(separator: " ").dropFirst(3).first ?? ""
                return sum + (1...6500).count { AskedUIDs(set, highest: 6500).contains(UInt32($0)) }
            }
            #expect((6500..<10_000).contains(asked), "\(asked)")
        }
    }

    @Test func `several damaged messages among good ones are set aside, each by itself`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...60))
        server.deviate { request in
            guard request.name == "UID FETCH", !request.rest.contains("FLAGS") else { return nil }
            let asked = AskedUIDs(request.rest.prefix { $0 != " " }, highest: 1000)
            // They are left out of every answer.
            return .rewriting { usual in
                usual.split(separator: "\r\n", omittingEmptySubsequences: false).filter { line in
                    !(21...28).contains { asked.contains($0) && line.contains("(UID \($0) ") }
                }.joined(separator: "\r\n")
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...20) + ids(29...60), listed: 60)
            #expect(try await Set(mirror.setAsides().compactMap(\.remoteID.uid)) == Set(21...28))
            #expect(try await mirror.status() == .upToDate)
        }
    }
}
