import Mirror
import Testing

/// The same message twice, or two messages taken for one (field notes, section 2.4).
@Suite struct DuplicateTests {
    // twentyhq/twenty#24332
    @Test func `two messages that share a Message-ID stay two`() async throws {
        var second = Letter("same@x", minute: 5, text: "Another text")
        second.subject = "Another subject"
        let server = try await ScriptedIMAP.start([Letter("same@x", minute: 1), second])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(["same@x", "same@x"], listed: 2)
            server.change { $0.remove { $0.subject == "Another subject" } }
            try await mirror.expect(["same@x"], listed: 1)
        }
    }

    // espocrm/espocrm#1516
    @Test func `messages without a Message-ID are mirrored, each once`() async throws {
        let server = try await ScriptedIMAP.start([
            Letter(nil, minute: 1), Letter(nil, minute: 2), Letter("3@x", minute: 3),
        ])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(["", "", "3@x"], listed: 3)
            server.change { $0.renumber(uidValidity: 8) }
            try await mirror.passes()
            try await mirror.expect(["", "", "3@x"], listed: 3)
        }
    }

    // espocrm/espocrm#1516
    @Test func `a Message-ID that is told without its brackets after an update of the server brings no second copy`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...4))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...4))
            server.deviate { request in
                request.name == "UID FETCH"
                    ? .rewriting { $0.replacing("\"<", with: "\"").replacing(">\")", with: "\")") } : nil
            }
            server.change { $0.renumber(uidValidity: 8) }
            try await mirror.keeping(ids(1...4)) {
                try await mirror.passes(3)
                try await mirror.expect(ids(1...4), listed: 4)
            }
        }
    }

    // nylas/nylas-mail: sent copies
    @Test func `a sent message that two folders show is one entry with two places`() async throws {
        let copy = Letter("sent@x", from: ann, to: carol, minute: 4)
        let server = try await ScriptedIMAP.start(
            letters(1...2),
            folders: [
                ScriptedFolder("Sent", [copy], attributes: "\\Sent"),
                ScriptedFolder("Archive", [copy], attributes: "\\Archive"),
            ])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...2) + ["sent@x"], listed: 4)
            #expect(server.received.count { $0.contains("BODY.PEEK[1]") } <= 2)
            server.remove("sent@x", from: "Sent")
            try await mirror.keeping(["sent@x"]) {
                try await mirror.expect(ids(1...2) + ["sent@x"], listed: 3)
            }
            server.remove("sent@x", from: "Archive")
            try await mirror.expect(ids(1...2), listed: 2)
        }
    }

    // oroinc/platform#411, odoo/odoo#7380
    @Test func `many requests to look now make one reader and no second copy`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...30))
        try await RunningMirror.of(server) { mirror in
            for number in 31...45 {
                mirror.engine.syncNow(mirror.mailbox)
                try await mirror.engine.resume(mirror.mailbox, organization: mirror.organization)
                server.deliver(Letter("\(number)@x", minute: number))
            }
            try await mirror.expect(ids(1...45), listed: 45)
            #expect(server.signIns <= 3)
        }
    }

    // wisecom-oy/atlas#48, kellylford/QuickMail#416
    @Test func `a message that a rule of the server files elsewhere is not fetched again`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...3), folders: [ScriptedFolder("Filed")])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            let before = server.textFetches
            try await mirror.keeping(ids(1...3)) {
                server.move(from: "INBOX", to: "Filed")
                try await mirror.passes(3)
                try await mirror.expect(ids(1...3), listed: 3)
            }
            #expect(server.textFetches == before)
        }
    }

    // postalsys/emailengine 2.69.0, easypanel-io/templates#1588
    @Test func `a lost checkpoint makes the folder be read anew, without a second copy or a second download`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...30), capabilities: ScriptedIMAP.withQResync)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...30), listed: 30)
            let before = server.textFetches
            try await mirror.keeping(ids(1...30)) {
                for value in ["NULL", "x'00ff'", "x'7b7d'"] {
                    try await mirror.database.write { try $0.execute("UPDATE folders SET checkpoint = \(value)", []) }
                    try await mirror.passes(2)
                    try await mirror.expect(ids(1...30), listed: 30)
                }
            }
            #expect(server.textFetches == before)
        }
    }

    // chatwoot/chatwoot#12054, #10503: what a person removed from the mailbox stays removed
    @Test func `a deleted message does not come back with the next look, nor with the check of the mirror`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...5))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            server.remove("5@x")
            try await mirror.expect(ids(1...4))
            mirror.engine.check(mirror.mailbox)
            try await mirror.passes(4)
            try await mirror.expect(ids(1...4), listed: 4)
        }
    }
}
