import Foundation
import ScriptedServer
import Testing

@testable import IMAP

/// Nothing here ever changes a mailbox.
@Suite struct ReadOnlyTests {
    private static let harmless: Set<String> = [
        "CAPABILITY", "STARTTLS", "AUTHENTICATE", "LOGIN", "ID", "ENABLE", "LIST", "NAMESPACE", "STATUS", "EXAMINE",
        "UNSELECT", "CLOSE", "NOOP",
        "UID SEARCH", "UID FETCH", "IDLE", "NOTIFY", "NOTIFY SET", "LOGOUT",
    ]

    /// Answers whatever comes, until LOGOUT.
    private static func serve(_ connection: ScriptedConnection) async throws -> [(name: String, rest: String)] {
        var heard: [(name: String, rest: String)] = []
        while true {
            let (tag, name, rest) = try await connection.command()
            heard.append((name, rest))
            switch name {
            case "IDLE":
                try await connection.send("+ idling\r\n* 4 EXISTS\r\n")
                try await connection.expect(prefix: "DONE")
            case "EXAMINE": try await connection.send("* 3 EXISTS\r\n")
            case "UID SEARCH": try await connection.send("* SEARCH 1 2 3\r\n")
            case "UID FETCH": try await connection.send("* 1 FETCH (UID 1 BODY[1] \"x\")\r\n")
            case "LOGOUT":
                try await connection.send("* BYE bye\r\n\(tag) OK done\r\n")
                return heard
            default: break
            }
            try await connection.send("\(tag) OK done\r\n")
        }
    }

    @Test(arguments: ["", "ID NAMESPACE IDLE NOTIFY UNSELECT ESEARCH LIST-STATUS SPECIAL-USE ENABLE QRESYNC LITERAL+"])
    func `a whole session says only what leaves mailboxes as they are`(capabilities: String) async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1] hello\r\n")
            try await connection.answer("LOGIN", completion: "OK [CAPABILITY IMAP4rev1 \(capabilities)] in")
            let heard = try await Self.serve(connection)
            #expect(heard.map(\.name).allSatisfy(Self.harmless.contains))
            #expect(heard.count { $0.name == "EXAMINE" } == 2)
            // CLOSE removes nothing from a mailbox that was opened by EXAMINE.
            #expect(heard.contains { $0.name == (capabilities.isEmpty ? "CLOSE" : "UNSELECT") })
            for (name, rest) in heard where name == "UID FETCH" {
                #expect(!rest.replacing("BODY.PEEK[", with: "").contains("BODY["))
            }
        }
        let connection = try await Play.connect(port: server.port)
        try await connection.signIn(Play.password)
        _ = try await connection.foreignPrefixes()
        _ = try await connection.list()
        _ = try await connection.statuses(of: [.inbox, MailboxName(bytes: "ä".bytes)])
        _ = try await connection.examine(.inbox, since: KnownState(uidValidity: 1, modSequence: 2, uidNext: 3))
        _ = try await connection.search("OR FROM ? TO ?", strings: ["a".bytes, "ä".bytes])
        let request = FetchRequest(UIDSet(1...3), "ENVELOPE BODY.PEEK[1]<0.100>")
        _ = try await connection.fetch(request)
        try await connection.fetch([request, request]) { _ in true }
        _ = try await connection.noop()
        if await connection.session.can(.idle) { #expect(try await connection.idle(limit: .seconds(20))) }
        _ = try await connection.notifyOfAllMailboxes()
        _ = try await connection.list()
        _ = try await connection.examine(.inbox)
        await connection.logout()
        #expect(await connection.isOver)
        await server.stop()
        #expect(server.failures == [])
    }

    /// Whatever the code above does not reach.
    @Test func `the sources name no command that changes a mailbox, and no body without PEEK`() throws {
        let sources = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().appending(
            path: "../../../Sources"
        ).standardized
        var names: Set<String> = []
        for folder in ["IMAP", "Providers/IMAP"] {
            let files = try #require(
                FileManager.default.enumerator(at: sources.appending(path: folder), includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(of: /\bCommand\("([A-Z ]+)/) {
                    names.insert(String(match.1).trimmingCharacters(in: .whitespaces))
                }
                for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                    #expect(!line.contains(/"[^"]*\bBODY\[/), "\(file.lastPathComponent): \(line)")
                }
            }
        }
        #expect(names.isSuperset(of: ["EXAMINE", "UID FETCH", "LIST"]))
        #expect(names.subtracting(Self.harmless) == [])
    }
}
