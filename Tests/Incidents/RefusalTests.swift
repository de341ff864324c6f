import IMAPProvider
import Mirror
import Testing

/// Folders that a server refuses, one of them or all (field notes, section 4.1, 11).
@Suite struct RefusalTests {
    private static let lasting = [
        "NO permission denied", "NO [SERVERBUG] Internal error occurred. Refer to server log.",
        "NO [CONTACTADMIN] mailbox is damaged", "NO [INUSE] locked", "NO mailbox temporarily unavailable", "BAD cannot",
    ]

    private static func server(capabilities: String = ScriptedIMAP.plain) async throws -> ScriptedIMAP {
        try await ScriptedIMAP.start(
            letters(1...3),
            folders: [ScriptedFolder("Broken", letters(11...13)), ScriptedFolder("Zulu", letters(21...23))],
            capabilities: capabilities)
    }

    // Dovecot: SERVERBUG for a mailbox with a damaged index
    @Test(arguments: lasting)
    func `a folder that opens and cannot be searched keeps its messages, and mail comes and goes everywhere else`(
        refusal: String
    ) async throws {
        let server = try await Self.server()
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13) + ids(21...23))
            server.deviate {
                $0.name == "UID SEARCH" && $0.folder == "Broken" ? .say("%TAG \(refusal)\r\n") : nil
            }
            let rest = ids(2...3) + ids(12...13) + ids(22...23)
            try await mirror.keeping(rest) {
                server.remove("11@x", from: "Broken")
                server.deliver(Letter("4@x", minute: 4))
                server.deliver(Letter("24@x", minute: 24), to: "Zulu")
                server.remove("1@x")
                server.remove("21@x", from: "Zulu")
                try await mirror.expectChanges(arrived: ["4@x", "24@x"], left: ["1@x", "21@x"])
                server.behave()
                mirror.advance(seconds: 7 * 3600)
                mirror.retryNow()
                try await mirror.expect(rest + ["4@x", "24@x"], listed: 8)
            }
        }
    }

    @Test func `a server that opens no folder for the moment is left alone for a while`() async throws {
        let server = try await Self.server()
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13) + ids(21...23))
            server.deviate { $0.name == "EXAMINE" ? .say("%TAG NO [UNAVAILABLE] overloaded\r\n") : nil }
            let before = server.count("EXAMINE")
            for folder in ["INBOX", "Broken", "Zulu"] { server.deliver(Letter("new \(folder)@x"), to: folder) }
            let status = try await mirror.expectStatus(saying: "refused a request (EXAMINE)")
            guard case .retrying = status else {
                Issue.record("\(String(describing: status))")
                return
            }
            try await Task.sleep(for: .seconds(3))
            #expect(server.count("EXAMINE") - before <= 12)
            server.behave()
            mirror.retryNow()
            try await mirror.wait { try await mirror.cards().count == 12 }
            #expect(try await mirror.cards().count == 12)
        }
    }

    // Dovecot: SERVERBUG for one damaged message
    @Test func `a message that is refused as if for the moment is set aside, and all others are mirrored`() async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...40))
        server.deviate { request in
            guard request.name == "UID FETCH", !request.rest.contains("FLAGS") else { return nil }
            let isMeant = AskedUIDs(request.rest.prefix { $0 != " " }, highest: 1000).contains(17)
            return isMeant ? .say("%TAG NO [SERVERBUG] Internal error occurred.\r\n") : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...16) + ids(18...40), listed: 40)
            #expect(try await mirror.setAsides().map(\.remoteID.uid) == [17])
            #expect(try await mirror.status() == .upToDate)
        }
    }

    @Test(arguments: lasting)
    func `the texts of a folder that does not open are told, and fetched when it does`(refusal: String) async throws {
        let server = try await Self.server()
        server.deviate { request in
            // The connection beside the one that reads.
            request.name == "EXAMINE" && request.rest.contains("Broken") && request.connection > 0
                ? .say("%TAG \(refusal)\r\n") : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13) + ids(21...23))
            #expect(try await mirror.textProblem("12@x") == "The server does not open the folder Broken.")
            #expect(try await mirror.text("22@x") == "Text of 22@x")
            let before = server.count("EXAMINE")
            try await Task.sleep(for: .seconds(3))
            #expect(server.count("EXAMINE") - before <= 2)
            server.behave()
            // No fault of the messages: it is tried again soon.
            mirror.advance(seconds: 4)
            try await mirror.wait { try await mirror.text("12@x") != nil }
            #expect(try await mirror.text("12@x") == "Text of 12@x")
        }
    }

    @Test(arguments: lasting, ["EXAMINE", "UID SEARCH"])
    func `a question after a message tells which folders could not be asked`(refusal: String, command: String)
        async throws
    {
        let server = try await Self.server()
        server.deviate { request in
            let isMeant = command == "EXAMINE" ? request.rest.contains("Broken") : request.folder == "Broken"
            return request.name == command && isMeant ? .say("%TAG \(refusal)\r\n") : nil
        }
        let source = IMAPMailProvider.incidents().session(
            MailboxAccess(settings: .loopback(imap: server.port), credentials: .init("secret"))
        ).source
        let nowhere = try await source.locate(.messageID("11@x"))
        #expect(nowhere.messages == [] && nowhere.unasked.map(\.folder.path) == ["Broken"])
        #expect(nowhere.unasked.first?.reason.english.contains("the folder Broken") == true)
        let found = try await source.locate(.messageID("21@x"))
        #expect(found.messages.map(\.folder.path) == ["Zulu"] && found.unasked.map(\.folder.path) == ["Broken"])
        server.behave()
        #expect(try await source.locate(.messageID("nowhere@x")) == LocatedMessages())
        await source.close()
        await server.stop()
    }
}
