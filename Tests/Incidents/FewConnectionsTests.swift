import Mirror
import Testing

/// Servers that let one connection in and no second (field notes, section 3.5).
@Suite struct FewConnectionsTests {
    /// What becomes of every connection but the first.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let command: String
        let answer: ScriptedIMAP.Answer
        let testDescription: String

        init(_ command: String, _ answer: String?) {
            self.command = command
            self.answer = answer.map { .say($0 + "\r\n") } ?? .hangUp
            testDescription = answer ?? "hangs up"
        }
    }

    private static let refusals = [
        Refusal("AUTHENTICATE", "%TAG NO [LIMIT] Too many simultaneous connections"),
        Refusal("AUTHENTICATE", "%TAG NO Maximum number of connections from user+IP exceeded"),
        // Some call the password wrong then.
        Refusal("AUTHENTICATE", "%TAG NO [AUTHENTICATIONFAILED] Authentication failed."),
        Refusal("GREETING", "* BYE Too many connections from your address"),
        Refusal("GREETING", nil),
    ]

    @Test(arguments: refusals, [ScriptedIMAP.withIdle, ScriptedIMAP.withQResync])
    func `a server that lets only one connection in is mirrored over that one, texts and all`(
        refusal: Refusal, capabilities: String
    ) async throws {
        let server = try await ScriptedIMAP.start(letters(1...30), capabilities: capabilities)
        server.deviate { $0.name == refusal.command && $0.connection > 0 ? refusal.answer : nil }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...30), listed: 30)
            #expect(try await mirror.text("7@x") == "Text of 7@x")
            server.deliver(Letter("31@x", minute: 31))
            server.change { $0.remove { $0.minute <= 20 } }
            try await mirror.expect(ids(21...31), listed: 11)
            #expect(try await mirror.text("31@x") == "Text of 31@x")
            try await mirror.passes(4)
            #expect(try await mirror.status() == .upToDate)
            let why = try await mirror.engine.explain(
                .messageID("25@x"), mailbox: mirror.mailbox, organization: mirror.organization)
            #expect(why.findings.count == 1 && why.unasked == [])
            // Accounts are locked after a few wrong passwords.
            #expect(server.connections <= 4)
        }
    }

    @Test func `many deletions are compared with a listing although there is no second connection for it`() async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...50), capabilities: ScriptedIMAP.withQResync)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...50))
            try await mirror.engine.pause(mirror.mailbox, organization: mirror.organization)
            let first = server.connections
            server.deviate {
                $0.name == "AUTHENTICATE" && $0.connection > first ? .say("%TAG NO [LIMIT] one is enough\r\n") : nil
            }
            server.change { $0.remove { $0.minute <= 30 } }
            try await mirror.keeping(ids(31...50)) {
                try await mirror.engine.resume(mirror.mailbox, organization: mirror.organization)
                try await mirror.expect(ids(31...50), listed: 20)
            }
        }
    }

    @Test func `a wrong password is still told when the connection that reads has to sign in again`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...3), capabilities: ScriptedIMAP.withIdle)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            server.deviate { request in
                switch request.name {
                case "AUTHENTICATE": .say("%TAG NO [AUTHENTICATIONFAILED] Authentication failed.\r\n")
                case "LIST", "IDLE": .hangUp
                default: nil
                }
            }
            guard case .signInNeeded = try await mirror.expectStatus(saying: "refused the password") else {
                Issue.record("\(String(describing: try await mirror.status()))")
                return
            }
        }
    }
}
