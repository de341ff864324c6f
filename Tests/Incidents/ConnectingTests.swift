import CRM
import Mirror
import Networking
import ScriptedServer
import SyncEngine
import TestServers
import Testing

@testable import IMAPProvider

/// Bad input while a mailbox is connected: a sentence that says what happened, one that says what to do, and nothing
/// stored.
@Suite struct ConnectingTests {
    private func expect(
        _ refusal: TrialRefusal?, _ causes: TrialRefusal.Cause..., saying words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard let refusal else {
            Issue.record("accepted", sourceLocation: sourceLocation)
            return
        }
        #expect(causes.contains(refusal.cause), "\(refusal)", sourceLocation: sourceLocation)
        #expect(refusal.sentence.english.contains(words), "\(refusal)", sourceLocation: sourceLocation)
        #expect(!refusal.advice.isEmpty, sourceLocation: sourceLocation)
    }

    @Test func `a host that does not exist is named`() async throws {
        // Without a network the name cannot be looked up, which is another sentence.
        expect(
            try await Connecting.refusal(imap: 993, host: "imap.acme.invalid"), .hostUnknown, .busy,
            saying: "imap.acme.invalid")
    }

    @Test func `a closed port is named`() async throws {
        let server = try await ScriptedServer.start { _ in }
        await server.stop()
        expect(try await Connecting.refusal(imap: server.port), .portClosed, saying: "port \(server.port)")
    }

    @Test func `a certificate for another name is refused`() async throws {
        let certificate = try TestCertificate(for: ["mail.elsewhere.example"])
        let server = try await ScriptedIMAP.start(
            tls: ScriptTLS(certificatePath: certificate.certificate.path, keyPath: certificate.key.path))
        expect(
            try await Connecting.refusal(
                imap: server.port, host: "localhost", security: .tls, certificateAuthorities: certificate.authority.path
            ),
            .tlsFailed, saying: "is for another name")
        #expect(server.count("AUTHENTICATE") == 0)
        await server.stop()
    }

    @Test func `a certificate that nobody known has signed is refused`() async throws {
        let certificate = try TestCertificate()
        let server = try await ScriptedIMAP.start(
            tls: ScriptTLS(certificatePath: certificate.certificate.path, keyPath: certificate.key.path))
        expect(
            try await Connecting.refusal(imap: server.port, host: "localhost", security: .tls), .tlsFailed,
            saying: "signed by nobody")
        #expect(server.count("AUTHENTICATE") == 0)
        await server.stop()
    }

    @Test func `TLS where the server speaks none, and none where it waits for TLS, are told apart`() async throws {
        let plain = try await ScriptedIMAP.start()
        expect(
            try await Connecting.refusal(imap: plain.port, security: .tls), .tlsFailed, .timedOut, saying: "127.0.0.1")
        expect(try await Connecting.refusal(imap: plain.port, security: .startTLS), .tlsFailed, saying: "STARTTLS")
        #expect(plain.count("AUTHENTICATE") == 0)
        await plain.stop()
    }

    @Test func `a refused password and two-step verification each say what to do`() async throws {
        let server = try await ScriptedIMAP.start()
        server.deviate {
            $0.name == "AUTHENTICATE" ? .say("%TAG NO [AUTHENTICATIONFAILED] Authentication failed.\r\n") : nil
        }
        expect(
            try await Connecting.refusal(imap: server.port), .passwordRefused,
            saying: "refused the user name or the password")
        server.deviate {
            $0.name == "AUTHENTICATE"
                ? .say("%TAG NO [ALERT] Application-specific password required (Failure)\r\n") : nil
        }
        expect(try await Connecting.refusal(imap: server.port), .applicationPasswordRequired, saying: "app password")
        await server.stop()
    }

    @Test(arguments: [
        "220 smtp.acme.example ESMTP\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
        "+OK POP3 ready\r\n", "\r\n\r\n\r\n",
        "* BAD go away\r\n", "\u{0}\u{1}\u{2}\u{3}\u{7f}\n", "A1 OK before anything was asked\r\n",
    ])
    func `a server that talks garbage is told not to be a mail server`(greeting: String) async throws {
        let server = try await ScriptedIMAP.start()
        server.deviate { $0.name == "GREETING" ? .say(greeting) : nil }
        let refusal = try await Connecting.refusal(imap: server.port)
        expect(refusal, .notThisProtocol, .other, saying: "127.0.0.1")
        #expect(server.count("AUTHENTICATE") == 0)
        await server.stop()
    }

    @Test func `a greeting without an end does not fill the memory`() async throws {
        let server = try await ScriptedServer.start { connection in
            let block = [UInt8](repeating: 0x41, count: 1 << 20)
            for _ in 0..<64 { try await connection.send(block) }
            await connection.stall()
        }
        expect(try await Connecting.refusal(imap: server.port), .notThisProtocol, .other, saying: "127.0.0.1")
        await server.stop()
    }

    @Test(arguments: ["GREETING", "AUTHENTICATE", "LIST"])
    func `a server that stalls is given up after the deadline`(command: String) async throws {
        let server = try await ScriptedIMAP.start()
        server.deviate { $0.name == command ? .stall : nil }
        expect(try await Connecting.refusal(imap: server.port), .timedOut, saying: "does not answer")
        await server.stop()
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["AUTHENTICATE", "LIST"])
    func `a server that asks to wait again and again is given up after the deadline`(command: String) async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n")
            while true {
                let (tag, name, _) = try await connection.command()
                while name == command {
                    try await connection.send("* OK wait\r\n")
                    try await Task.sleep(for: .milliseconds(50))
                }
                try await connection.send("\(tag) OK [CAPABILITY IMAP4rev1] done\r\n")
            }
        }
        var connecting = ConnectingDeadlines()
        connecting.imap = .seconds(1)
        expect(
            try await Connecting.refusal(imap: server.port, connecting: connecting), .timedOut,
            saying: "does not answer")
        await server.stop()
    }

    @Test func `a host with several addresses is reached at the one that answers, by IMAP and by SMTP`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...2))
        let submission = try await ScriptedSubmission.start()
        var provider = IMAPMailProvider.incidents()
        let policy = NetworkPolicy(allowsPrivateNetworks: true)
        // Nothing listens at the others.
        provider.lookUp = { server in
            var addresses = try await policy.addresses(of: "127.0.0.2", port: server.port)
            addresses += try await policy.addresses(of: "127.0.0.3", port: server.port)
            return try await addresses + policy.addresses(of: "127.0.0.1", port: server.port)
        }
        var settings = MailboxSettings.loopback(imap: server.port, smtp: submission.port)
        settings.servers?.imap.host = "mail.acme.example"
        settings.servers?.smtp.host = "mail.acme.example"
        #expect(await provider.trial(settings, password: Secret("secret")).isAccepted)
        await server.stop()
        await submission.stop()
    }

    @Test func `a host with no end of addresses is not tried at all of them`() async throws {
        let policy = NetworkPolicy(allowsPrivateNetworks: true)
        let server = try await ScriptedIMAP.start()
        var provider = IMAPMailProvider.incidents()
        provider.lookUp = { server in
            let closed = try await policy.addresses(of: "127.0.0.2", port: server.port)
            let open = try await policy.addresses(of: "127.0.0.1", port: server.port)
            return Array(repeating: closed, count: 1000).flatMap { $0 } + open
        }
        var settings = MailboxSettings.loopback(imap: server.port)
        settings.servers?.imap.host = "mail.acme.example"
        settings.servers?.smtp.host = "mail.acme.example"
        let trial = await provider.trial(settings, password: Secret("secret"))
        guard case .refused(let imap) = trial.imap, case .refused(let smtp) = trial.smtp else {
            Issue.record("\(trial)")
            return
        }
        #expect(imap.cause == .portClosed && smtp.cause == .portClosed)
        await server.stop()
    }

    @Test func `a connection that ends at any octet of the greeting or of the sign-in is told, and the next one works`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...2))
        let answers = ["GREETING": 58, "AUTHENTICATE": 59]
        for (command, length) in answers {
            for count in stride(from: 0, through: length, by: 1) {
                server.deviate { $0.name == command ? .cut(count) : nil }
                let refusal = try await Connecting.refusal(imap: server.port)
                expect(refusal, .other, .notThisProtocol, .busy, saying: "127.0.0.1")
            }
        }
        server.behave()
        #expect(try await Connecting.refusal(imap: server.port) == nil)
        await server.stop()
    }

    @Test func `an answer that comes octet by octet is understood`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.sendByteByByte("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n")
            while true {
                let command = try await connection.command()
                if command.name == "LIST" { try await connection.sendByteByByte("* LIST () \"/\" INBOX\r\n") }
                try await connection.sendByteByByte("\(command.tag) OK [CAPABILITY IMAP4rev1] done\r\n")
                if command.name == "LOGOUT" { return }
            }
        }
        #expect(try await Connecting.refusal(imap: server.port) == nil)
        await server.stop()
    }

    @Test
    func
        `free-mail, a second mailbox, a taken address and an alias are refused, each with its sentence, and nothing is stored`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...2))
        let submission = try await ScriptedSubmission.start()
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...2))
            let bob = try await mirror.addUser("bob@acme.example")
            func refusal(_ address: String) async throws -> ConnectionRefusal? {
                do {
                    _ = try await mirror.connect(address, imap: server.port, smtp: submission.port, as: bob)
                    return nil
                } catch let refusal as ConnectionRefusal {
                    return refusal
                }
            }
            let freeMail = try await refusal("bob@gmail.com")
            #expect(freeMail?.sentence.english.contains("gmail.com gives addresses to private persons") == true)
            #expect(try await refusal("bob") == .addressMalformed)
            #expect(try await refusal("ANN@acme.example") == .taken)
            server.deviate { $0.name == "AUTHENTICATE" ? .say("%TAG NO [AUTHENTICATIONFAILED] no\r\n") : nil }
            guard case .servers(let trial) = try await refusal("bob@acme.example"), case .refused = trial.imap else {
                Issue.record("connected in spite of a refused password")
                return
            }
            #expect(try await mirror.mailboxCount() == 1)
            server.behave()
            #expect(try await refusal("bob@acme.example") == nil)
            #expect(try await refusal("bob2@acme.example") == .secondMailbox("bob@acme.example"))
            #expect(try await mirror.mailboxCount() == 2)
        }
        await submission.stop()
    }
}

extension RunningMirror {
    fileprivate func mailboxCount() async throws -> Int64 {
        try await database.read { try $0.integer("SELECT count(*) FROM mailboxes", []) }
    }
}
