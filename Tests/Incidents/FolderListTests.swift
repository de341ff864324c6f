import Mirror
import Testing

/// Folder lists that are wrong, and folders that do not open (field notes, sections 2.2 and 4.1, 11).
@Suite struct FolderListTests {
    private static func server(capabilities: String = ScriptedIMAP.plain) async throws -> ScriptedIMAP {
        var projects = ScriptedFolder("Projects")
        for letter in letters(11...13) { projects.add(letter) }
        return try await ScriptedIMAP.start(letters(1...3), folders: [projects], capabilities: capabilities)
    }

    // EmailEngine 2.74.2
    @Test(arguments: [
        "", "* LIST (\\HasNoChildren) \"/\" \"Projects\"\r\n", "* LIST (\\Noselect) \"/\" \"\"\r\n",
        "* LIST garbage\r\n",
    ])
    func `a list of folders that is empty or has no inbox wipes nothing`(lines: String) async throws {
        let server = try await Self.server()
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13))
            server.deviate { $0.name == "LIST" ? .say(lines + "%TAG OK done\r\n") : nil }
            try await mirror.keeping(ids(1...3) + ids(11...13)) {
                _ = try await mirror.expectStatus(saying: "has no inbox")
                mirror.retryNow()
                try await Task.sleep(for: .milliseconds(300))
                server.behave()
                mirror.retryNow()
                try await mirror.expect(ids(1...3) + ids(11...13), listed: 6)
            }
        }
    }

    // EmailEngine 2.74.2, with a list that lacks one folder only
    @Test func `a folder that is missing from the list but can be opened keeps its messages`() async throws {
        let server = try await Self.server()
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13))
            server.deviate { request in
                request.name == "LIST" ? .rewriting { $0.replacing("* LIST () \"/\" \"Projects\"\r\n", with: "") } : nil
            }
            try await mirror.keeping(ids(1...3) + ids(11...13)) {
                try await mirror.passes(4)
                server.behave()
                server.deliver(Letter("14@x", minute: 14), to: "Projects")
                try await mirror.expect(ids(1...3) + ids(11...14), listed: 7)
            }
        }
    }

    @Test func `a server that names one's own folders among those of others loses none of them`() async throws {
        let server = try await Self.server(capabilities: ScriptedIMAP.plain + " NAMESPACE")
        server.changeFolders { $0.append(ScriptedFolder("INBOX/Sub", letters(21...22))) }
        server.changeFolders { $0.append(ScriptedFolder("Shared/Team", letters(31...32))) }
        server.deviate { request in
            guard request.name == "NAMESPACE" else { return nil }
            return .say(
                "* NAMESPACE ((\"INBOX/\" \"/\")) ((\"INBOX/\" \"/\")) ((\"Shared/\" \"/\"))\r\n%TAG OK done\r\n")
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13) + ids(21...22), listed: 8)
        }
    }

    @Test func `a folder that was really deleted takes its messages along`() async throws {
        let server = try await Self.server()
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13))
            server.changeFolders { $0.removeAll { $0.name == "Projects" } }
            try await mirror.expect(ids(1...3), listed: 3)
        }
    }

    // EmailEngine: phantom folders; a proxy that does not find the backend of a folder
    @Test(arguments: ["NO [NONEXISTENT] no such mailbox", "NO backend not found"])
    func `a message that moves into a folder that is listed and said not to exist never leaves the card`(
        refusal: String
    ) async throws {
        let server = try await Self.server()
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13))
            server.deviate { $0.name == "EXAMINE" && $0.rest.contains("Projects") ? .say("%TAG \(refusal)\r\n") : nil }
            try await mirror.keeping(ids(1...3) + ids(11...13)) {
                server.remove("1@x")
                server.deliver(Letter("1@x", minute: 1), to: "Projects")
                try await mirror.passes(6)
                let trouble = try await mirror.troubles()
                #expect(trouble.contains { $0.contains("lists the folder Projects, and says that it does not exist") })
                server.behave()
                mirror.retryNow()
                try await mirror.expect(ids(1...3) + ids(11...13), listed: 6)
            }
            #expect(try await mirror.troubles() == [])
        }
    }

    // EmailEngine: phantom folders; Dovecot: SERVERBUG for a mailbox with a damaged index
    @Test(arguments: [
        "NO permission denied", "NO [SERVERBUG] internal error", "NO [CONTACTADMIN] mailbox is damaged",
        "NO [INUSE] locked", "NO mailbox temporarily unavailable", "NO [NONEXISTENT] no such mailbox", "BAD cannot",
    ])
    func `a folder that does not open keeps its messages, and mail comes and goes everywhere else`(refusal: String)
        async throws
    {
        let server = try await Self.server()
        // Read after the one that does not open.
        server.changeFolders { $0.append(ScriptedFolder("Zulu", letters(21...23))) }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13) + ids(21...23))
            server.deviate { $0.name == "EXAMINE" && $0.rest.contains("Projects") ? .say("%TAG \(refusal)\r\n") : nil }
            let rest = ids(2...3) + ids(12...13) + ids(22...23)
            try await mirror.keeping(rest) {
                // Makes it be looked at.
                server.remove("11@x", from: "Projects")
                server.deliver(Letter("4@x", minute: 4))
                server.deliver(Letter("24@x", minute: 24), to: "Zulu")
                server.remove("1@x")
                server.remove("21@x", from: "Zulu")
                try await mirror.expectChanges(arrived: ["4@x", "24@x"], left: ["1@x", "21@x"])
                #expect(try await mirror.cards()["11@x"] == 1)
                server.behave()
                mirror.advance(seconds: 7 * 3600)
                mirror.retryNow()
                try await mirror.expect(rest + ["4@x", "24@x"], listed: 8)
            }
        }
    }

    // EmailEngine: park after 3
    @Test func `a folder that never opens is named on the mailbox page, and deletions elsewhere still count`()
        async throws
    {
        let server = try await Self.server()
        server.changeFolders { $0.append(ScriptedFolder("Phantom")) }
        server.deviate {
            $0.name == "EXAMINE" && $0.rest.contains("Phantom") ? .say("%TAG NO permission denied\r\n") : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.wait { try await mirror.cards().count == 6 }
            server.remove("1@x")
            for _ in 0..<4 {
                mirror.advance(seconds: 90)
                try await mirror.passes(2)
            }
            let leaves = try await mirror.wait { try await mirror.cards()["1@x"] == nil }
            #expect(leaves)
            let trouble = try await mirror.folders().first { $0.name == "Phantom" }?.trouble
            #expect(trouble?.english == "The server does not open the folder Phantom.")
            #expect(try await mirror.cards().count == 5)
        }
    }

    // Courier, ProtonMail, Outlook: field notes 4.1, 11 to 14
    @Test func `odd folder names and delimiters are read like any other`() async throws {
        let names = ["Straße", "R&AOQ-ume", "Kunden [alt] <2019>", "a%b", "Angebote/2026", ".dotted", "quote\\\"d"]
        let server = try await ScriptedIMAP.start(letters(1...1), folders: [])
        server.changeFolders { folders in
            for (index, name) in names.dropLast().enumerated() {
                var folder = ScriptedFolder(name)
                folder.add(Letter("\(index + 11)@x", minute: index + 11))
                folders.append(folder)
            }
        }
        server.deviate { request in
            request.name == "LIST" ? .rewriting { $0.replacing("() \"/\" \"a%b\"", with: "() NIL \"a%b\"") } : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(["1@x"] + ids(11...16))
        }
    }

    // ö of one scalar and of two are equal texts and different mailboxes; field notes 4.1, 13
    @Test(arguments: [ScriptedIMAP.plain, ScriptedIMAP.plain + " LITERAL+ LIST-EXTENDED LIST-STATUS ESEARCH"])
    func `folders whose names look the same are different folders`(capabilities: String) async throws {
        let names = ["Gr\u{f6}\u{df}e", "Gro\u{308}\u{df}e", "a\u{7f}b", "Gr&APYA3w-e"]
        let folders = names.enumerated().map { index, name in
            ScriptedFolder(name, [Letter("\(index + 11)@x", minute: index + 11)])
        }
        let server = try await ScriptedIMAP.start(letters(1...1), folders: folders, capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(["1@x"] + ids(11...14), listed: 5)
            for (index, name) in names.enumerated() {
                server.deliver(Letter("\(index + 21)@x", minute: index + 21), to: name)
                server.remove("\(index + 11)@x", from: name)
            }
            try await mirror.expect(["1@x"] + ids(21...24), listed: 5)
            try await mirror.passes(4)
            try await mirror.expect(["1@x"] + ids(21...24), listed: 5)
        }
    }

    // RFC 9051; \NonExistent implies \Noselect
    @Test func `folders that cannot be selected are not opened, and a folder that is listed twice is read once`()
        async throws
    {
        let server = try await Self.server()
        server.changeFolders { folders in
            folders.append(ScriptedFolder("Container", attributes: "\\Noselect"))
        }
        server.deviate { request in
            request.name == "LIST"
                ? .rewriting {
                    "* LIST (\\NonExistent) \"/\" \"Ghost\"\r\n* LIST (\\Marked) \"/\" \"Projects\"\r\n" + $0
                } : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ids(11...13), listed: 6)
            #expect(
                !server.received.contains {
                    $0.contains("EXAMINE") && ($0.contains("Ghost") || $0.contains("Container"))
                })
        }
    }
}

extension RunningMirror {
    /// Waits for what happens in the folders that can be read, in spite of one that cannot.
    func expectChanges(
        arrived: [String], left: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let comes = try await wait {
            let cards = try await cards()
            return arrived.allSatisfy { cards[$0] == 1 }
        }
        #expect(comes, sourceLocation: sourceLocation)
        // Until the folder is parked, messages may have moved into it.
        for _ in 0..<4 {
            advance(seconds: 90)
            try await passes(2)
        }
        let goes = try await wait {
            let cards = try await cards()
            return left.allSatisfy { cards[$0] == nil }
        }
        #expect(goes, sourceLocation: sourceLocation)
        #expect(try await status() == .upToDate, sourceLocation: sourceLocation)
    }
}
