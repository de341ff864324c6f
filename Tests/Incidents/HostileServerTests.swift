import IMAP
import Mirror
import Testing

@testable import IMAPProvider

/// Anybody may connect a mailbox that stands on a server of their own. Whatever it answers, it costs that mailbox and
/// no other.
@Suite struct HostileServerTests {
    private static let servers = [ScriptedIMAP.plain, ScriptedIMAP.plain + " ESEARCH", ScriptedIMAP.withQResync]

    /// Answers every search with this set.
    private static func finding(_ set: String) -> ScriptedIMAP.Deviation {
        { request in
            guard request.name == "UID SEARCH" else { return nil }
            let found =
                request.rest.hasPrefix("RETURN") ? "ESEARCH (TAG \"\(request.tag)\") UID ALL \(set)" : "SEARCH \(set)"
            return .say("* \(found)\r\n%TAG OK done\r\n")
        }
    }

    private func expectTrouble(
        _ hostile: ScriptedIMAP, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let server = try await ScriptedIMAP.start(letters(11...12))
        try await RunningMirror.of(server, second: hostile) { mirror in
            let second = mirror.secondMailbox
            let isTold = try await mirror.wait {
                try await mirror.status(of: second)?.sentence.contains("not understood") ?? false
            }
            let status = try await mirror.status(of: second)
            #expect(isTold, "\(String(describing: status))", sourceLocation: sourceLocation)
            server.deliver(Letter("13@x", minute: 13))
            try await mirror.expect(ids(11...13), sourceLocation: sourceLocation)
            #expect(try await mirror.status() == .upToDate, sourceLocation: sourceLocation)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: servers)
    func `a message with the last UID that there is costs its mailbox a pause and no other anything`(
        capabilities: String
    ) async throws {
        let hostile = try await ScriptedIMAP.start(letters(1...1), capabilities: capabilities)
        hostile.deviate(Self.finding("4294967295"))
        try await expectTrouble(hostile)
    }

    @Test(.timeLimit(.minutes(1)), arguments: servers)
    func `an arrival with the last UID that there is loses nothing`(capabilities: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...3), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            server.deviate { request in
                if request.name == "EXAMINE" {
                    return .rewriting { usual in
                        usual.split(separator: "\r\n").filter { !$0.contains("UIDNEXT") }.map { $0 + "\r\n" }.joined()
                    }
                }
                return Self.finding("4294967295")(request)
            }
            try await mirror.keeping(ids(1...3)) {
                server.deliver(Letter("4@x", minute: 4))
                _ = try await mirror.expectStatus(saying: "not understood")
                server.behave()
                mirror.retryNow()
                try await mirror.expect(ids(1...4), listed: 4)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a search that finds four thousand million messages costs its mailbox a pause and no other anything`()
        async throws
    {
        let hostile = try await ScriptedIMAP.start(letters(1...3), capabilities: ScriptedIMAP.plain + " ESEARCH")
        hostile.deviate(Self.finding("1:4294967294"))
        try await expectTrouble(hostile)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a folder that counts four thousand million messages costs its mailbox a pause and no other anything`()
        async throws
    {
        let hostile = try await ScriptedIMAP.start(letters(1...3), capabilities: ScriptedIMAP.plain + " ESEARCH")
        hostile.deviate { request in
            request.name == "EXAMINE"
                ? .rewriting { $0.replacing("* 3 EXISTS", with: "* 4294967294 EXISTS") }
                : Self.finding("1:4294967294")(request)
        }
        try await expectTrouble(hostile)
    }

    @Test(.timeLimit(.minutes(1))) func `a name of 200,000 levels is one more folder`() {
        let levels = Array(String(repeating: "Trash/", count: 100_000).utf8)
        let listings = ["INBOX", "Trash", "Trash/Old"].map { Array($0.utf8) } + [levels, Array(levels.dropFirst(6))]
        let folders = FolderTable(
            listings: listings.map { MailboxListing(name: MailboxName(bytes: $0), attributes: [], delimiter: 0x2f) },
            foreignPrefixes: [], isUTF8: false, allIsStore: false
        ).folders()
        #expect(folders.map(\.role) == [.inbox, .trash, .trash, .trash, .trash])
        #expect(folders.allSatisfy { $0.name.count <= 800 })
    }
}
