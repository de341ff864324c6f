import Mirror
import Store
import Testing

/// "Synced" was shown, and mail was missing (field notes, section 2.1).
@Suite struct LostMailTests {
    // twentyhq/twenty#24332
    @Test func `every message that the server counts is accounted for, on a card or with the reason why not`()
        async throws
    {
        var sent = ScriptedFolder("Sent", attributes: "\\Sent")
        for number in 21...30 { sent.add(Letter("\(number)@x", from: ann, to: carol, minute: number)) }
        var junk = ScriptedFolder("Junk", attributes: "\\Junk")
        junk.add(Letter("junk@x"))
        let strangers = (31...70).map { Letter("\($0)@x", from: "eve@elsewhere.example", minute: $0) }
        let server = try await ScriptedIMAP.start(letters(1...20) + strangers, folders: [sent, junk])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...30), listed: 70)
            #expect(try await mirror.accounting() == Accounting(listed: 70, mirrored: 30, noContact: 40))
        }
    }

    // twentyhq/twenty#24826
    @Test func `a message is found although HIGHESTMODSEQ had run ahead and its first FETCH came back empty`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...3), capabilities: ScriptedIMAP.withQResync)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            server.deviate { request in
                request.name == "UID FETCH" && request.rest.hasPrefix("4 ") && request.rest.contains("ENVELOPE")
                    ? .say("%TAG OK nothing\r\n") : nil
            }
            server.change { folder in
                folder.add(Letter("4@x", minute: 4))
                folder.modSequence += 1000
            }
            try await mirror.passes(2)
            server.behave()
            mirror.advance(seconds: 7200)
            server.deliver(Letter("5@x", minute: 5))
            try await mirror.expect(ids(1...5), listed: 5)
        }
    }

    // twentyhq/twenty#24826: the message becomes visible only after UIDNEXT had moved past it
    @Test(arguments: [ScriptedIMAP.plain, ScriptedIMAP.withQResync])
    func `a message that shows itself only after the server has counted on is found`(capabilities: String) async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...3), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            server.change { $0.uidNext += 1 }
            try await mirror.passes(3)
            server.change { folder in
                let next = folder.uidNext
                folder.uidNext = 4
                folder.add(Letter("4@x", minute: 4))
                folder.uidNext = next
            }
            try await mirror.expect(ids(1...4), listed: 4)
        }
    }

    // twentyhq/twenty, imap-sync.service.ts
    @Test(
        arguments: ["NO search failed", "BAD what is SEARCH", "NO [SERVERBUG] internal error"],
        [ScriptedIMAP.plain, ScriptedIMAP.withQResync])
    func `a search that the server refuses is never taken for an empty answer`(refusal: String, capabilities: String)
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...5), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            server.deviate { $0.name == "UID SEARCH" ? .say("%TAG \(refusal)\r\n") : nil }
            try await mirror.keeping(["1@x", "2@x", "4@x", "5@x"]) {
                server.remove("3@x")
                server.deliver(Letter("6@x", minute: 6))
                guard case .retrying = try await mirror.expectStatus(saying: "refused a request (UID SEARCH)") else {
                    Issue.record("not told as an outage")
                    return
                }
                server.behave()
                mirror.retryNow()
                try await mirror.expect(["1@x", "2@x", "4@x", "5@x", "6@x"], listed: 5)
            }
        }
    }

    // twentyhq/twenty#16679, #13397, #15080, #16117, #16284, #9531, #25193, #15241
    @Test func `the question why a message is not on the card has an answer for each message`() async throws {
        var junk = ScriptedFolder("Junk", attributes: "\\Junk")
        junk.add(Letter("junk@x"))
        let server = try await ScriptedIMAP.start(
            [Letter("known@x"), Letter("unknown@x", from: "eve@elsewhere.example")], folders: [junk])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(["known@x"])
            func answers(_ id: String) async throws -> [String] {
                try await mirror.engine.explain(
                    .messageID(id), mailbox: mirror.mailbox, organization: mirror.organization
                )
                .findings.map(\.answer.sentence.english)
            }
            #expect(try await answers("known@x") == ["It is on the card."])
            #expect(try await answers("unknown@x").first?.contains("Add the address to a contact") == true)
            #expect(try await answers("junk@x").first?.contains("never mirrored") == true)
            #expect(try await answers("nowhere@x") == [])
        }
    }

    // frappe/frappe#42094
    @Test func `a folder with high UIDs takes nothing from one with low UIDs`() async throws {
        var projects = ScriptedFolder("Projects")
        projects.uidNext = 6806
        projects.add(Letter("high@x"))
        let server = try await ScriptedIMAP.start(letters(1...3), folders: [projects])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3) + ["high@x"])
            server.deliver(Letter("4@x", minute: 4))
            try await mirror.expect(ids(1...4) + ["high@x"], listed: 5)
        }
    }

    // odoo/odoo#5705, #58079, #58500, #126185
    @Test func `no command alters the mailbox or marks a message as seen`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...5), capabilities: ScriptedIMAP.withQResync)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            mirror.engine.check(mirror.mailbox)
            try await mirror.passes()
            let harmless: Set = [
                "GREETING", "CAPABILITY", "AUTHENTICATE", "LOGIN", "ID", "ENABLE", "NAMESPACE", "LIST", "STATUS",
                "EXAMINE", "UID SEARCH",
                "UID FETCH", "IDLE", "NOOP", "UNSELECT", "CLOSE", "LOGOUT",
            ]
            #expect(Set(server.state.withLock { $0.commands.keys }).subtracting(harmless) == [])
            let fetches = server.received.filter { $0.contains("UID FETCH") }
            #expect(!fetches.isEmpty)
            #expect(
                fetches.allSatisfy { !$0.contains("BODY[") && !$0.contains("RFC822.TEXT") && !$0.contains("RFC822 ") })
        }
    }

    // chatwoot/chatwoot#10429, #9234
    @Test func `mail of a downtime of days is found, however old it is`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...3))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            try await mirror.engine.pause(mirror.mailbox, organization: mirror.organization)
            server.deliver(Letter("4@x", minute: 4), Letter("5@x", minute: 5))
            server.remove("2@x")
            mirror.advance(seconds: 10 * 86_400)
            try await mirror.engine.resume(mirror.mailbox, organization: mirror.organization)
            try await mirror.expect(["1@x", "3@x", "4@x", "5@x"], listed: 4)
        }
    }
}
