import CRM
import Mirror
import Store
import Testing

/// What a person changes while the mirror runs holds from that moment on, and after a restart too.
@Suite struct ChangedSettingsTests {
    @Test func `signing in with another server leaves the old one at once`() async throws {
        let (old, new) = (try await ScriptedIMAP.start(letters(1...3)), try await ScriptedIMAP.start(letters(1...5)))
        let submission = try await ScriptedSubmission.start()
        try await RunningMirror.of(old) { mirror in
            try await mirror.expect(ids(1...3))
            try await mirror.signInAgain(imap: new.port, smtp: submission.port, password: "secret")
            try await mirror.expect(ids(1...5))
            let looks = old.count("LIST")
            try await mirror.passes(3)
            #expect(old.count("LIST") == looks)
        }
        await submission.stop()
        await new.stop()
    }

    @Test func `mail that is mirrored by a new rule is found although the program ended before it was read`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...3))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            let organization = mirror.organization
            func mirrorsReceived(_ value: Bool) async throws {
                try await mirror.database.write {
                    try Organizations.setMirroring($0, organization, ownDomains: [], mirrorsReceived: value, now: 1)
                }
            }
            try await mirrorsReceived(false)
            try await mirror.expect([])
            // As if the program had been killed right after the commit: nobody tells the engine.
            try await mirrorsReceived(true)
            try await mirror.expect(ids(1...3))
        }
    }
}
