import ScriptedServer
import Testing

@testable import IMAP

@Suite struct MailboxTests {
    private static func name(_ text: String) -> MailboxName { MailboxName(bytes: text.bytes) }

    @Test func `mailboxes come with their status where the server gives it along`() async throws {
        try await Play.signedIn("LIST-STATUS SPECIAL-USE") { connection in
            let asked = try await connection.answer(
                "LIST",
                "* LIST () \"/\" INBOX\r\n* STATUS INBOX (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 1)\r\n* LIST (\\HasNoChildren) \"/\" a\r\n"
                    + "* LIST (\\sent) \"/\" a\r\n* LIST (\\Noselect) \"/\" b\r\n* STATUS c (MESSAGES 9)\r\n")
            #expect(asked == #""" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#)
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let listings = try await connection.list()
            #expect(listings.map { String($0.name.bytes) } == ["INBOX", "a", "b"])
            #expect(listings.map(\.status?.messages) == [3, nil, nil])
            #expect(listings[1].attributes == ["\\hasnochildren", "\\sent"])
            #expect(listings.map(\.isSelectable) == [true, true, false])
        }
    }

    /// A part of a list would be worse: what it does not name is taken for deleted.
    @Test func `more mailboxes than anybody has are an error`() async throws {
        let names = (0..<MailboxListing.listLimit).map { "* LIST () \"/\" m\($0)\r\n* LIST () \"/\" m\($0)\r\n" }
            .joined()
        for isTooMany in [false, true] {
            try await Play.signedIn { connection in
                _ = try? await connection.answer("LIST", names + (isTooMany ? "* LIST () \"/\" more\r\n" : ""))
                _ = try? await connection.readToEnd()
            } client: { connection async throws in
                var count: Int?
                let failure = try await Play.failure { count = try await connection.list().count }
                #expect(count == (isTooMany ? nil : MailboxListing.listLimit))
                #expect(failure == (isTooMany ? .protocolViolation("more than 20000 mailboxes") : nil))
                #expect(await connection.isOver == isTooMany)
            }
        }
    }

    @Test func `a mailbox that nobody can have named is left out`() async throws {
        let deep = [String](repeating: "a", count: 100).joined(separator: "/")
        let long = String(repeating: "b", count: 1000)
        try await Play.signedIn { connection in
            let names = ["INBOX", deep, deep + "/a", long, long + "b", "c"]
            try await connection.answer("LIST", names.map { "* LIST () \"/\" \"\($0)\"\r\n" }.joined())
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            #expect(try await connection.list().map { String($0.name.bytes) } == ["INBOX", deep, long, "c"])
        }
    }

    @Test func `lists within a response are read to their limits`() throws {
        let words = (0..<5000).map { "W\($0)" }
        guard case .capability(let capabilities) = try Wire.response("* CAPABILITY " + words.joined(separator: " ")),
            case .list(let listing) = try Wire.response("* LIST (\(words.joined(separator: " "))) \"/\" x"),
            case .namespace(let namespace) = try Wire.response(
                "* NAMESPACE NIL (\(words.map { "(\"\($0)\" \"/\")" }.joined())) NIL"),
            case .status(let status) = try Wire.response("* OK " + words.joined(separator: " "))
        else {
            Issue.record("not understood")
            return
        }
        #expect((capabilities.count, capabilities.last) == (Capability.listLimit, Capability("W999")))
        #expect((listing.attributes.count, String(listing.name.bytes)) == (MailboxListing.attributeLimit, "x"))
        #expect((namespace.others.count, namespace.shared.count) == (Namespace.prefixLimit, 0))
        #expect(status.text.count == StatusResponse.textLimit)
    }

    @Test(arguments: [
        ("", #""" "*""#), ("SPECIAL-USE", #""" "*""#), ("SPECIAL-USE LIST-EXTENDED", #""" "*" RETURN (SPECIAL-USE)"#),
    ])
    func `only what a server knows is asked of it`(capabilities: String, arguments: String) async throws {
        try await Play.signedIn(capabilities) { connection in
            #expect(try await connection.answer("LIST") == arguments)
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            #expect(try await connection.list() == [])
        }
    }

    @Test func `a LIST that is refused is an error and not an empty account`() async throws {
        try await Play.signedIn { connection in
            try await connection.answer("LIST", completion: "NO no")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let failure = try await Play.failure { _ = try await connection.list() }
            #expect(failure == .refused(CommandRefusal(command: "LIST", status: .no, code: nil, text: "no")))
        }
    }

    @Test func `the mailboxes of others are known by their prefixes, asked for once`() async throws {
        try await Play.signedIn("NAMESPACE") { connection in
            try await connection.answer(
                "NAMESPACE", "* NAMESPACE ((\"\" \"/\")) ((\"user/\" \"/\")) ((\"\" \"/\")(\"shared/\" \"/\"))\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            for _ in 0..<2 { #expect(try await connection.foreignPrefixes() == ["user/".bytes, "shared/".bytes]) }
        }
        try await Play.signedIn { connection in
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            #expect(try await connection.foreignPrefixes() == [])
        }
    }

    /// Between the answers comes news of another mailbox, and one is refused.
    @Test func `each status goes to its mailbox`() async throws {
        try await Play.signedIn { connection in
            var tags: [String] = []
            for _ in 0..<4 { tags.append(try await connection.command().tag) }
            try await connection.send(
                "* STATUS a (MESSAGES 1)\r\n* STATUS other (MESSAGES 99)\r\n\(tags[0]) OK x\r\n\(tags[1]) NO [NONEXISTENT] x\r\n"
                    + "* STATUS Inbox (MESSAGES 3)\r\n\(tags[2]) OK x\r\n\(tags[3]) OK x\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let statuses = try await connection.statuses(of: [Self.name("a"), Self.name("b"), .inbox, Self.name("d")])
            #expect(statuses.map { $0?.messages } == [1, nil, 3, nil])
        }
    }

    /// While the client waits for leave to send a name, the answers to what it asked before arrive.
    @Test func `names that have to be waited for lose no answers`() async throws {
        let names = ["a", "b\u{e4}", "c", "d\u{e4}", "e"]
        var deadlines = IMAPDeadlines()
        deadlines.silence = .seconds(20)
        try await Play.signedIn(deadlines: deadlines) { connection in
            for name in names {
                let wire = name.utf8.allSatisfy { $0 < 0x80 } ? "\"\(name)\"" : "{\(name.utf8.count)}\r\n\(name)"
                try await connection.answer("STATUS", "* STATUS \(wire) (MESSAGES \(name.utf8.count))\r\n")
            }
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let statuses = try await connection.statuses(of: names.map(Self.name))
            #expect(statuses.map { $0?.messages } == [1, 3, 1, 3, 1])
        }
    }

    @Test func `EXAMINE tells the state of a mailbox`() async throws {
        try await Play.signedIn("ENABLE QRESYNC") { connection in
            let asked = try await connection.answer(
                "EXAMINE",
                "* OK [CLOSED] x\r\n* 9 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 50] x\r\n* OK [HIGHESTMODSEQ 900] x\r\n"
                    + "* VANISHED (EARLIER) 3:5\r\n* 1 FETCH (UID 2 FLAGS () MODSEQ (899))\r\n")
            #expect(asked == #""a \"b\"" (QRESYNC (7 800 1:39))"#)
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let selected = try await connection.examine(
                Self.name(#"a "b""#), since: KnownState(uidValidity: 7, modSequence: 800, uidNext: 40))
            #expect(
                (selected.exists, selected.uidValidity, selected.uidNext, selected.highestModSequence) == (
                    9, 7, 50, 900
                ))
            #expect(selected.vanished == UIDSet(3...5))
            #expect(await connection.session.state == .selected)
        }
    }

    @Test func `what is known is told only where QRESYNC is on, and nothing known is no range below 1`() async throws {
        let known = KnownState(uidValidity: 7, modSequence: 800, uidNext: 0)
        for (capabilities, arguments) in [("", "\"INBOX\""), ("ENABLE QRESYNC", "\"INBOX\" (QRESYNC (7 800 1:1))")] {
            try await Play.signedIn(capabilities) { connection in
                #expect(try await connection.answer("EXAMINE", "* 0 EXISTS\r\n") == arguments)
                _ = try await connection.readToEnd()
            } client: { connection async throws in
                #expect(try await connection.examine(.inbox, since: known).exists == 0)
            }
        }
    }

    @Test func `a mailbox of which the server does not say how many it holds is not empty`() async throws {
        try await Play.signedIn { connection in
            try await connection.answer("EXAMINE", "* OK [UIDVALIDITY 7] x\r\n* 99999999999 EXISTS\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let failure = try await Play.failure { _ = try await connection.examine(.inbox) }
            #expect(failure == .protocolViolation("EXAMINE was answered without EXISTS"))
            #expect(await connection.isOver)
        }
    }

    @Test func `a mailbox that cannot be opened leaves none selected`() async throws {
        try await Play.signedIn { connection in
            try await connection.examined()
            try await connection.answer(
                "EXAMINE", "* OK [CLOSED] x\r\n", completion: "NO [NONEXISTENT] no such mailbox")
            try await connection.answer("LIST")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            _ = try await connection.examine(.inbox)
            let failure = try await Play.failure { _ = try await connection.examine(Self.name("x")) }
            #expect(
                failure
                    == .refused(
                        CommandRefusal(command: "EXAMINE", status: .no, code: "NONEXISTENT", text: "no such mailbox")))
            #expect(await connection.session.selected == nil)
            #expect(try await connection.list() == [])
        }
    }
}
