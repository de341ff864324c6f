import Mirror
import Testing

/// Passwords and refusals (field notes, sections 2.1, 2.8 and 4.1, 17 and 20).
@Suite struct SignInTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let answer: String
        let sentence: String
        var testDescription: String { answer }
    }

    private static let definite = [
        Refusal(answer: "NO [AUTHENTICATIONFAILED] Authentication failed.", sentence: "refused the password"),
        Refusal(answer: "NO LOGIN failed.", sentence: "refused the password"),
        Refusal(answer: "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", sentence: "refused the password"),
        Refusal(
            answer: "NO [ALERT] Application-specific password required: https://support.example/185833 (Failure)",
            sentence: "asks for an app password"),
        Refusal(
            answer: "NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials, an app password is needed",
            sentence: "asks for an app password"),
        Refusal(
            answer: "NO [ALERT] Your account is not enabled for IMAP use. Please visit your settings.",
            sentence: "IMAP is switched off"),
        Refusal(
            answer: "NO [ALERT] IMAP access is disabled for your domain. (Failure)", sentence: "IMAP is switched off"),
        Refusal(
            answer: "NO [ALERT] Please log in via your web browser: https://support.example/78754 (Failure)",
            sentence: "in its web mail"),
        Refusal(
            answer: "NO [WEBALERT https://accounts.example/signin] Web login required. (Failure)",
            sentence: "in its web mail"),
    ]

    // generalbots#1334; chatwoot/chatwoot#9338
    @Test(arguments: definite)
    func `a definite refusal asks the person to act, once, and the mail stays on the cards`(refusal: Refusal)
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...3))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            try await mirror.keeping(ids(1...3)) {
                server.deviate { request in
                    switch request.name {
                    case "AUTHENTICATE": .say("%TAG \(refusal.answer)\r\n")
                    case "LIST": .hangUp
                    default: nil
                    }
                }
                let status = try await mirror.expectStatus(saying: refusal.sentence)
                guard case .signInNeeded = status else {
                    Issue.record("\(String(describing: status))")
                    return
                }
                // Accounts are locked after a few wrong passwords.
                let attempts = server.count("AUTHENTICATE")
                mirror.advance(seconds: 86_400)
                try await Task.sleep(for: .milliseconds(800))
                #expect(server.count("AUTHENTICATE") == attempts)
            }
        }
    }

    // chatwoot PR #15812: a tagged NO is not always about the credentials
    @Test(arguments: [
        "NO [UNAVAILABLE] Temporary authentication failure", "NO [SERVERBUG] Internal error occurred",
        "NO [INUSE] mailbox is locked",
        "NO Temporary system problem. Please try again later. (Failure)", "BAD [CONTACTADMIN] backend down",
        "NO Server error - Please try again later",
    ])
    func `a refusal that will pass asks no one to act`(answer: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...3))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            try await mirror.keeping(ids(1...3)) {
                server.deviate { request in
                    switch request.name {
                    case "AUTHENTICATE": .say("%TAG \(answer)\r\n")
                    case "LIST": .hangUp
                    default: nil
                    }
                }
                let status = try await mirror.expectStatus(saying: "cannot sign anybody in at the moment")
                guard case .retrying = status else {
                    Issue.record("\(String(describing: status))")
                    return
                }
                server.deliver(Letter("4@x", minute: 4))
                server.behave()
                try await mirror.expect(ids(1...4))
            }
        }
    }

    // chatwoot/chatwoot#9338, #9234: there is a way back
    @Test func `signing in again with the new password goes on where it ended`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...3))
        let submission = try await ScriptedSubmission.start()
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...3))
            // "\0ann@acme.example\0changed" in base64.
            let changed = "AGFubkBhY21lLmV4YW1wbGUAY2hhbmdlZA=="
            server.deviate { request in
                switch request.name {
                case "AUTHENTICATE":
                    request.rest.contains(changed) ? nil : .say("%TAG NO [AUTHENTICATIONFAILED] wrong\r\n")
                case "LIST": request.connection < 3 ? .hangUp : nil
                default: nil
                }
            }
            server.deliver(Letter("4@x", minute: 4))
            _ = try await mirror.expectStatus(saying: "refused the password")
            try await mirror.signInAgain(imap: server.port, smtp: submission.port, password: "changed")
            try await mirror.expect(ids(1...4))
            #expect(try await mirror.status() == .upToDate)
        }
        await submission.stop()
    }

    // Field notes 4.1, 17: Exchange signs strangers in and refuses every command
    @Test func `a sign-in that is worth nothing is seen when it is tried`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...3))
        server.deviate { $0.name == "LIST" ? .say("%TAG BAD User is authenticated but not connected.\r\n") : nil }
        let trial = try await Connecting.trial(imap: server.port)
        guard case .refused(let refusal) = trial.imap else {
            Issue.record("accepted")
            return
        }
        #expect(!refusal.sentence.isEmpty && !refusal.advice.isEmpty)
        await server.stop()
    }
}
