import Mirror
import Synchronization
import Testing

/// Deleted mail stayed (field notes, section 2.3).
@Suite struct MissingDeletionTests {
    private static let servers = [
        ScriptedIMAP.plain, ScriptedIMAP.withIdle, ScriptedIMAP.plain + " ESEARCH", ScriptedIMAP.withQResync,
        ScriptedIMAP.plain + " CONDSTORE",
    ]

    // espocrm (no deletion mirroring at all), Mailspring-Sync (only at the next deep scan), EmailEngine's fast indexer
    @Test(arguments: servers)
    func `a deletion is seen with the next look, in every folder and with whatever the server can do`(
        capabilities: String
    ) async throws {
        let server = try await ScriptedIMAP.start(
            letters(1...9), folders: [ScriptedFolder("Projects", letters(11...19))], capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...9) + ids(11...19))
            server.remove("1@x", "5@x", "9@x")
            server.remove("19@x", from: "Projects")
            try await mirror.expect(ids(2...4) + ids(6...8) + ids(11...18), listed: 14)
            // As many come as go.
            server.remove("2@x")
            server.deliver(Letter("10@x", minute: 10))
            try await mirror.expect(ids(3...4) + ids(6...8) + ["10@x"] + ids(11...18), listed: 14)
            server.change("Projects") { $0.remove { _ in true } }
            try await mirror.expect(ids(3...4) + ids(6...8) + ["10@x"], listed: 6)
        }
    }

    // Alinto/sope#73, cyrusimap#6071
    @Test func `the expunge of the topmost message is seen although VANISHED does not name it`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...9), capabilities: ScriptedIMAP.withQResync)
        server.deviate { request in
            guard request.name == "EXAMINE" else { return nil }
            return .rewriting { usual in
                usual.replacing("* VANISHED (EARLIER) 9\r\n", with: "").replacing(",9\r\n", with: "\r\n")
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...9))
            server.remove("9@x")
            try await mirror.expect(ids(1...8), listed: 8)
            #expect(!server.received.contains { $0.contains("QRESYNC (") && $0.contains("1:*") })
        }
    }

    // Foundry376/Mailspring-Sync#141: told once, on another connection, and never again
    @Test func `an expunge that the server reports only once and to another connection is seen`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...9), capabilities: ScriptedIMAP.withQResync)
        server.deviate { request in
            guard request.name == "EXAMINE" else { return nil }
            return .rewriting { usual in
                usual.split(separator: "\r\n").filter { !$0.contains("VANISHED") }.map { $0 + "\r\n" }.joined()
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...9))
            server.remove("3@x", "4@x")
            try await mirror.expect(ids(1...2) + ids(5...9), listed: 7)
        }
    }

    // Foundry376/Mailspring-Sync#141
    @Test(arguments: ["UID SEARCH", "UID FETCH", "UNSELECT"], ["VANISHED", "EXPUNGE"])
    func `VANISHED and EXPUNGE in answer to any command count once`(command: String, report: String) async throws {
        let hasVanished = report == "VANISHED"
        let server = try await ScriptedIMAP.start(
            letters(1...12), capabilities: hasVanished ? ScriptedIMAP.withQResync : ScriptedIMAP.plain + " UNSELECT")
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...12))
            // The expunge happens while the command runs, and is told right in its answer.
            let told = Mutex(false)
            server.deviate { request in
                let isOpen = request.folder == "INBOX" || command == "UNSELECT"
                guard request.name == command, isOpen, server.folder("INBOX")?.uids.first == 1 else { return nil }
                server.remove("1@x")
                told.withLock { $0 = true }
                return .rewriting { (hasVanished ? "* VANISHED 1\r\n" : "* 1 EXPUNGE\r\n") + $0 }
            }
            try await mirror.keeping(ids(2...11)) {
                server.deliver(Letter("13@x", minute: 13))
                server.remove("12@x")
                mirror.engine.check(mirror.mailbox)
                #expect(try await mirror.wait { told.withLock { $0 } })
                try await mirror.expect(ids(2...11) + ["13@x"], listed: 11)
            }
        }
    }

    // kenn-io/msgvault#697
    @Test func `what was deleted while the checkpoint was lost is seen by the reading from the start`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...20))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...20))
            try await mirror.engine.pause(mirror.mailbox, organization: mirror.organization)
            server.remove("4@x", "7@x", "20@x")
            try await mirror.database.write { try $0.execute("UPDATE folders SET checkpoint = NULL", []) }
            try await mirror.engine.resume(mirror.mailbox, organization: mirror.organization)
            try await mirror.expect(ids(1...3) + ids(5...6) + ids(8...19), listed: 17)
        }
    }

    // kenn-io/msgvault#697
    @Test func `what is deleted and delivered while a folder is read from the start is right in the end`() async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...700))
        server.deviate { request in
            guard request.name == "UID FETCH", request.rest.contains("ENVELOPE") else { return nil }
            if request.earlier < 4 {
                server.remove("\(request.earlier * 100 + 50)@x", "\(700 - request.earlier)@x")
                server.deliver(Letter("new\(request.earlier)@x", minute: 900 + request.earlier))
            }
            return nil
        }
        try await RunningMirror.of(server) { mirror in
            let isRight = try await mirror.wait(.seconds(20)) {
                let left = Set(server.folder("INBOX")?.entries.compactMap(\.letter.id) ?? [])
                let cards = try await mirror.cards()
                return left.count < 700 && Set(cards.keys) == left && cards.values.allSatisfy { $0 == 1 }
            }
            #expect(isRight)
            try await mirror.wait { try await mirror.accounting().waiting == 0 }
            let accounting = try await mirror.accounting()
            let count = server.folder("INBOX")?.entries.count ?? 0
            #expect(accounting == Accounting(listed: count, mirrored: count), "\(accounting)")
        }
    }

    // kenn-io/msgvault#697: between the listing and the reading of a check
    @Test(arguments: servers)
    func `what leaves between the listing and the reading of a check is gone from the card and from the counts`(
        capabilities: String
    ) async throws {
        let server = try await ScriptedIMAP.start(letters(1...12), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...12))
            server.deviate { request in
                // The listing still names it.
                if request.name == "UID SEARCH", request.rest.hasSuffix("ALL") || request.rest.hasSuffix("(ALL) ALL") {
                    server.remove("4@x")
                }
                return nil
            }
            mirror.engine.check(mirror.mailbox)
            try await mirror.expect(ids(1...3) + ids(5...12), listed: 11)
        }
    }

    // One deleted, one delivered, and that one moved on before the folder was searched: the counts agree by chance
    @Test(arguments: servers, ["UID SEARCH", "NOOP", "never"])
    func `a deletion is seen although a message that came and went made up for it in the count`(
        capabilities: String, told: String
    ) async throws {
        // Others are there too, so that no count falls below nought.
        let others = letters(101...109, from: "eve@elsewhere.example")
        let server = try await ScriptedIMAP.start(others + letters(1...5), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            server.deviate { request in
                let isInbox = request.folder == "INBOX"
                if request.name == "EXAMINE" {
                    // After the answer was made up.
                    server.remove("6@x")
                    return nil
                }
                guard isInbox, told == "never" || told == "NOOP" && request.name != "NOOP" else { return nil }
                return .rewriting { usual in
                    usual.split(separator: "\r\n", omittingEmptySubsequences: false).filter {
                        !$0.hasPrefix("* VANISHED ") && !$0.hasSuffix(" EXPUNGE")
                    }.joined(separator: "\r\n")
                }
            }
            server.change { folder in
                folder.remove { $0.id == "3@x" }
                folder.add(Letter("6@x", minute: 6))
            }
            try await mirror.expect(["1@x", "2@x", "4@x", "5@x"], listed: 13)
        }
    }
}
