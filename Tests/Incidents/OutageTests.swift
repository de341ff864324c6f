import Mirror
import Testing

/// Outages, silences and half-dead connections behind which mail went missing (field notes, sections 2.1 and 4.1).
@Suite struct OutageTests {
    // odoo/odoo#7464
    @Test func `a mailbox whose server has gone silent holds up no other`() async throws {
        let silent = try await ScriptedIMAP.start(letters(1...2))
        silent.deviate { $0.name == "LIST" ? .stall : nil }
        let server = try await ScriptedIMAP.start(letters(11...12))
        try await RunningMirror.of(server, second: silent) { mirror in
            try await mirror.expect(ids(11...12))
            server.deliver(Letter("13@x", minute: 13))
            try await mirror.expect(ids(11...13))
            let second = mirror.secondMailbox
            #expect(
                try await mirror.wait {
                    try await mirror.status(of: second)?.sentence.contains("stopped answering") ?? false
                })
            #expect(try await mirror.status() == .upToDate)
        }
    }

    // SuiteCRM/SuiteCRM#5716
    @Test func `a server that stops answering is told, and the last confirmation stays what it was`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...2))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...2))
            server.deviate { ["LIST", "GREETING"].contains($0.name) ? .stall : nil }
            try await mirror.keeping(ids(1...2)) {
                let status = try await mirror.expectStatus(saying: "stopped answering")
                guard case .retrying = status else {
                    Issue.record("\(String(describing: status))")
                    return
                }
            }
            let confirmed = try await mirror.folders().map(\.confirmedAt)
            mirror.advance(seconds: 3600)
            try await Task.sleep(for: .milliseconds(300))
            #expect(try await mirror.folders().map(\.confirmedAt) == confirmed)
            server.behave()
            server.deliver(Letter("3@x", minute: 3))
            mirror.retryNow()
            try await mirror.expect(ids(1...3))
            #expect(try await mirror.status() == .upToDate)
        }
    }

    // n8n-io/n8n#36716, postalsys/imapflow#14
    @Test func `new mail is found although the waiting connection is dead without a sign`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...2), capabilities: ScriptedIMAP.withIdle)
        server.deviate { $0.name == "IDLE" ? .rewriting { _ in "" } : nil }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...2))
            server.deliver(Letter("3@x", minute: 3))
            server.remove("1@x")
            try await mirror.expect(["2@x", "3@x"])
        }
    }

    // nylas/sync-engine#376
    @Test func `an outage of hours ends by itself and asks no one to sign in`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...2))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...2))
            server.deviate { request in
                switch request.name {
                case "GREETING":
                    request.connection % 3 == 0
                        ? .say("* BYE server is shutting down\r\n") : request.connection % 3 == 1 ? .hangUp : nil
                case "AUTHENTICATE": .say("%TAG NO [UNAVAILABLE] authentication backend is down\r\n")
                default: .hangUp
                }
            }
            try await mirror.keeping(ids(1...2)) {
                for _ in 0..<6 {
                    mirror.advance(seconds: 1800)
                    mirror.retryNow()
                    try await mirror.wait {
                        if case .retrying = try await mirror.status() { true } else { false }
                    }
                    try await Task.sleep(for: .milliseconds(50))
                    guard case .retrying = try await mirror.status() else {
                        Issue.record("\(String(describing: try await mirror.status()))")
                        return
                    }
                }
                server.deliver(Letter("3@x", minute: 3))
                server.behave()
                // No one presses anything: the pause of a mailbox is bounded.
                try await mirror.expect(ids(1...3), within: .seconds(60))
            }
        }
    }

    // EmailEngine, STABLE_CONNECTION_TIME; EmailEngine 2.73.1
    @Test func `a server that signs in and hangs up at once is not asked again and again without a pause`() async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...2))
        server.deviate { ["LIST", "EXAMINE", "IDLE", "NAMESPACE", "NOOP"].contains($0.name) ? .hangUp : nil }
        try await RunningMirror.of(server) { mirror in
            _ = try await mirror.expectStatus(saying: "ended the connection")
            try await Task.sleep(for: .seconds(3))
            // A pause of 1 to 2 seconds, then 2 to 4; up to three connections an attempt.
            #expect(server.connections <= 12)
            server.behave()
            mirror.retryNow()
            try await mirror.expect(ids(1...2))
        }
    }

    // EmailEngine, STABLE_CONNECTION_TIME
    @Test func `a server that ends every IDLE at once is not signed in to without a pause`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...2), capabilities: ScriptedIMAP.withIdle)
        server.deviate { $0.name == "IDLE" ? .hangUp : nil }
        try await RunningMirror.of(server, pollInterval: .seconds(1)) { mirror in
            try await mirror.expect(ids(1...2))
            let before = server.signIns
            try await Task.sleep(for: .seconds(3))
            #expect(server.signIns - before <= 6)
            server.deliver(Letter("3@x", minute: 3))
            try await mirror.expect(ids(1...3))
        }
    }

    @Test func `a server without IDLE is not signed in to again for every look`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...2))
        try await RunningMirror.of(server, pollInterval: .milliseconds(50)) { mirror in
            try await mirror.expect(ids(1...2))
            try await mirror.passes(10)
            #expect(server.signIns <= 3)
        }
    }

    // Field notes 3.5: Yahoo, AOL, iCloud
    @Test(arguments: [
        "NO [LIMIT] Too many simultaneous connections", "NO Maximum number of connections from user+IP exceeded",
        "NO [ALERT] Too many simultaneous connections. (Failure)",
    ])
    func `too many connections make a pause that is told, and no one has to act`(refusal: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...2))
        server.deviate { $0.name == "AUTHENTICATE" ? .say("%TAG \(refusal)\r\n") : nil }
        try await RunningMirror.of(server) { mirror in
            let status = try await mirror.expectStatus(saying: "allows no further connection")
            guard case .throttled = status else {
                Issue.record("\(String(describing: status))")
                return
            }
            server.behave()
            mirror.retryNow()
            try await mirror.expect(ids(1...2))
        }
    }

    // postalsys/imapflow#142, ljmerza/ha-email-sensor#16
    @Test(arguments: [
        "BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds",
        "NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)",
    ])
    func `a request for a pause is told as such and loses nothing`(refusal: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...2))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...2))
            server.deviate {
                ["EXAMINE", "UID FETCH", "UID SEARCH"].contains($0.name) ? .say("%TAG \(refusal)\r\n") : nil
            }
            try await mirror.keeping(ids(1...2)) {
                server.deliver(Letter("3@x", minute: 3))
                let status = try await mirror.expectStatus(saying: "asks for a pause")
                guard case .throttled = status else {
                    Issue.record("\(String(describing: status))")
                    return
                }
                server.behave()
                mirror.retryNow()
                try await mirror.expect(ids(1...3))
            }
        }
    }
}
