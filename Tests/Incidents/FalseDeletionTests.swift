import Mirror
import Testing

/// Mail that exists was removed (field notes, section 2.2).
@Suite struct FalseDeletionTests {
    // twentyhq/twenty#25749
    @Test(arguments: [ScriptedIMAP.plain, ScriptedIMAP.withQResync])
    func `a message that moves while the folders are read never leaves the card`(capabilities: String) async throws {
        let server = try await ScriptedIMAP.start(
            letters(1...3), folders: [ScriptedFolder("Projects")], capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            try await mirror.keeping(ids(1...3)) {
                for round in 0..<6 {
                    let (from, to) = round % 2 == 0 ? ("INBOX", "Projects") : ("Projects", "INBOX")
                    // Right between the look at one folder and the look at the other.
                    server.deviate { request in
                        if request.name == "EXAMINE", request.rest.contains("Projects"),
                            server.folder(from)?.uids.isEmpty == false
                        {
                            server.move(from: from, to: to)
                        }
                        return nil
                    }
                    server.deliver(Letter("noise\(round)@x", from: "eve@elsewhere.example"), to: "Projects")
                    try await mirror.passes(3)
                    server.behave()
                }
            }
            try await mirror.expect(ids(1...3), listed: 9)
        }
    }

    // microsoftgraph/microsoft-graph-docs-contrib#72: the way there and back between two looks
    @Test func `a message that was moved away and back between two looks stays`() async throws {
        let server = try await ScriptedIMAP.start(
            letters(1...3), folders: [ScriptedFolder("Projects")], capabilities: ScriptedIMAP.withQResync)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            try await mirror.keeping(ids(1...3)) {
                server.move(from: "INBOX", to: "Projects")
                server.move(from: "Projects", to: "INBOX")
                try await mirror.passes(3)
                try await mirror.expect(ids(1...3), listed: 3)
            }
            #expect(server.textFetches == 1)
        }
    }

    // Foundry376/Mailspring-Sync#91, bkaankose/Wino-Mail#43
    @Test func `QRESYNC of a server that does not say ENABLED, or reports garbage as vanished, removes nothing`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...20), capabilities: ScriptedIMAP.withQResync)
        server.deviate { request in
            switch request.name {
            case "ENABLE": .say("%TAG OK done\r\n")
            case "EXAMINE", "UID SEARCH":
                .rewriting {
                    "* VANISHED (EARLIER) 1:*\r\n* VANISHED (EARLIER) 0,,:7\r\n* VANISHED\r\n* VANISHED 18446744073709551616\r\n"
                        + $0
                }
            default: nil
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...20))
            try await mirror.keeping(ids(2...20)) {
                server.deliver(Letter("21@x", minute: 21))
                server.remove("1@x")
                try await mirror.expect(ids(2...21), listed: 20)
                mirror.engine.check(mirror.mailbox)
                try await mirror.passes(3)
            }
        }
    }

    // nextcloud/mail#11908
    @Test func `everything reported as vanished while it is counted stays`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...50), capabilities: ScriptedIMAP.withQResync)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...50))
            server.deviate { request in
                request.name == "EXAMINE"
                    ? .rewriting {
                        $0.replacing(
                            "\(request.tag) OK", with: "* VANISHED (EARLIER) 1:26183,26185\r\n\(request.tag) OK")
                    } : nil
            }
            try await mirror.keeping(ids(2...50)) {
                server.deliver(Letter("51@x", minute: 51))
                try await mirror.expect(ids(1...51), listed: 51)
                server.remove("1@x")
                try await mirror.expect(ids(2...51), listed: 50)
            }
        }
    }

    // nextcloud/mail#11908, with a count that agrees: the mass-delete brake
    @Test func `everything reported as vanished, with a count that agrees, is compared with a listing first`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...50), capabilities: ScriptedIMAP.withQResync)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...50))
            server.deviate { request in
                guard request.name == "EXAMINE", request.rest.contains("QRESYNC") else { return nil }
                return .rewriting { usual in
                    usual.replacing("* 50 EXISTS", with: "* 1 EXISTS").replacing(
                        "\(request.tag) OK", with: "* VANISHED (EARLIER) 1:49\r\n\(request.tag) OK")
                }
            }
            try await mirror.keeping(ids(1...50)) {
                // Lets the quick look see a difference.
                server.change { $0.uidNext += 1 }
                try await mirror.passes(3)
                server.behave()
                try await mirror.expect(ids(1...50), listed: 50)
            }
        }
    }

    // nextcloud/mail#11908, by a server without ESEARCH
    @Test func `a search that finds none of the mirrored messages while others are deleted removes nothing`()
        async throws
    {
        let strangers = (31...80).map { Letter("\($0)@x", from: "eve@elsewhere.example", minute: $0) }
        let server = try await ScriptedIMAP.start(letters(1...30) + strangers)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...30), listed: 80)
            server.deviate {
                $0.name == "UID SEARCH" && $0.rest.contains("1:30") ? .say("* SEARCH\r\n%TAG OK done\r\n") : nil
            }
            try await mirror.keeping(ids(1...30)) {
                server.change { $0.remove { (41...80).contains($0.minute) } }
                try await mirror.expect(ids(1...30), listed: 40)
                #expect(try await mirror.accounting() == Accounting(listed: 40, mirrored: 30, noContact: 10))
                server.deliver(Letter("81@x", minute: 81))
                try await mirror.expect(ids(1...30) + ["81@x"], listed: 41)
            }
        }
    }

    // nextcloud/mail#10581
    @Test func `a HIGHESTMODSEQ that never moves hides neither new mail nor deletions`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...5), capabilities: ScriptedIMAP.withQResync)
        server.deviate { request in
            guard request.name == "EXAMINE" else { return nil }
            return .rewriting { usual in
                usual.split(separator: "\r\n").filter { !$0.contains("VANISHED") }.map {
                    $0.contains("HIGHESTMODSEQ") ? "* OK [HIGHESTMODSEQ 5] stale\r\n" : $0 + "\r\n"
                }.joined()
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            server.deliver(Letter("6@x", minute: 6))
            try await mirror.expect(ids(1...6))
            server.remove("2@x")
            try await mirror.expect(["1@x", "3@x", "4@x", "5@x", "6@x"], listed: 5)
            server.remove("3@x")
            server.deliver(Letter("7@x", minute: 7))
            try await mirror.expect(["1@x", "4@x", "5@x", "6@x", "7@x"], listed: 5)
        }
    }

    // OGCS#2022
    @Test(
        arguments: ["LIST", "STATUS", "EXAMINE", "UID SEARCH", "UID FETCH", "NOOP", "NAMESPACE"],
        [ScriptedIMAP.plain, ScriptedIMAP.withQResync])
    func `a connection that is cut in the middle of any answer removes nothing`(command: String, capabilities: String)
        async throws
    {
        let server = try await ScriptedIMAP.start(
            letters(1...9), folders: [ScriptedFolder("Projects")], capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...9))
            let rest = ids(1...4) + ids(6...9)
            try await mirror.keeping(rest) {
                for length in [0, 7, 23, 60] {
                    server.deviate { $0.name == command ? .cut(length) : nil }
                    server.deliver(Letter("noise\(length)@x", from: "eve@elsewhere.example"))
                    if length == 7 { server.remove("5@x") }
                    mirror.retryNow()
                    try await Task.sleep(for: .milliseconds(60))
                }
                server.behave()
                mirror.retryNow()
                try await mirror.expect(rest, listed: 12)
            }
        }
    }
}

extension ScriptedIMAP {
    /// Moves all letters of contacts, under new UIDs.
    func move(from: String, to: String) {
        changeFolders { folders in
            guard let source = folders.firstIndex(where: { $0.name == from }),
                let target = folders.firstIndex(where: { $0.name == to })
            else { return }
            for letter in folders[source].remove(where: { $0.from == carol }) { folders[target].add(letter) }
        }
    }

    /// How many requests for texts came.
    var textFetches: Int { received.count { $0.contains("UID FETCH") && $0.contains("BODY.PEEK[1]") } }
}
