import Foundation
import Testing

@testable import SMTP

private let password = SMTPCredentials.password(user: "alice@example.test", password: "open sesame")
private let token = SMTPCredentials.oauth(user: "alice@example.test", token: "ya29.token")
private let plain = "AGFsaWNlQGV4YW1wbGUudGVzdABvcGVuIHNlc2FtZQ=="

/// A session and what it has done so far.
private struct Talk {
    var session: SubmissionSession
    var actions: [SubmissionSession.Action] = []

    init(_ security: SMTPEndpoint.Security = .cleartext, _ credentials: SMTPCredentials = password) {
        session = SubmissionSession(security: security, credentials: credentials, clientName: "[192.0.2.1]")
    }

    /// What the session does after these octets.
    mutating func hears(_ text: String) -> [SubmissionSession.Action] {
        session.received(text.utf8)
        var actions: [SubmissionSession.Action] = []
        while true {
            let action = session.next()
            if action == .wait { return actions }
            actions.append(action)
        }
    }

    mutating func upToAuthentication(_ mechanisms: String = "PLAIN") -> [SubmissionSession.Action] {
        _ = hears("220 ready\r\n")
        return hears("250-hello\r\n250 AUTH \(mechanisms)\r\n")
    }
}

private func failure(_ error: SMTPError) -> [SubmissionSession.Action] { [.finish(.failure(error))] }

private func reply(_ code: Int, _ lines: String...) throws -> SMTPReply {
    try #require(SMTPReply(code: code, lines: lines))
}

@Suite struct SubmissionSessionTests {
    @Test func `a password is accepted with PLAIN`() {
        var talk = Talk()
        #expect(talk.session.stage == .greeting)
        #expect(talk.hears("220 ready\r\n") == [.send("EHLO [192.0.2.1]\r\n")])
        #expect(talk.session.stage == .hello)
        #expect(talk.hears("250-hello\r\n250 AUTH LOGIN PLAIN\r\n") == [.send("AUTH PLAIN \(plain)\r\n")])
        #expect(talk.session.stage == .authentication)
        #expect(talk.hears("235 2.7.0 accepted\r\n") == [.send("QUIT\r\n")])
        #expect(talk.session.stage == .quit)
        #expect(talk.hears("221 bye\r\n") == [.finish(.success(()))])
    }

    @Test func `LOGIN answers two prompts, whatever they say`() {
        var talk = Talk()
        #expect(talk.upToAuthentication("LOGIN") == [.send("AUTH LOGIN\r\n")])
        #expect(talk.hears("334 VXNlciBOYW1lAA==\r\n") == [.send("YWxpY2VAZXhhbXBsZS50ZXN0\r\n")])
        #expect(talk.hears("334 nonsense\r\n") == [.send("b3BlbiBzZXNhbWU=\r\n")])
        #expect(talk.hears("235 ok\r\n") == [.send("QUIT\r\n")])
    }

    @Test func `a token goes with XOAUTH2`() {
        var talk = Talk(.cleartext, token)
        let response = Data("user=alice@example.test\u{1}auth=Bearer ya29.token\u{1}\u{1}".utf8).base64EncodedString()
        #expect(talk.upToAuthentication("PLAIN XOAUTH2") == [.send("AUTH XOAUTH2 \(response)\r\n")])
        #expect(talk.hears("235 ok\r\n") == [.send("QUIT\r\n")])
    }

    @Test func `the explanation of a refused token is answered with an empty line`() throws {
        var talk = Talk(.cleartext, token)
        _ = talk.upToAuthentication("XOAUTH2")
        #expect(talk.hears("334 eyJzdGF0dXMiOiI0MDEifQ==\r\n") == [.send("\r\n")])
        #expect(
            talk.hears("535 5.7.8 no\r\n") == failure(.signInRefused(try reply(535, "5.7.8 no"))))
    }

    @Test func `a response that would make the command too long waits for the challenge`() {
        let long = String(repeating: "t", count: 2000)
        var talk = Talk(.cleartext, .oauth(user: "alice@example.test", token: long))
        #expect(talk.upToAuthentication("XOAUTH2") == [.send("AUTH XOAUTH2\r\n")])
        let response = Data("user=alice@example.test\u{1}auth=Bearer \(long)\u{1}\u{1}".utf8).base64EncodedString()
        #expect(talk.hears("334 \r\n") == [.send(response + "\r\n")])
        #expect(talk.hears("235 ok\r\n") == [.send("QUIT\r\n")])
    }

    @Test func `a server that does not know PLAIN after all is tried with LOGIN`() {
        var talk = Talk()
        _ = talk.upToAuthentication("PLAIN LOGIN")
        #expect(talk.hears("504 5.5.4 unrecognized\r\n") == [.send("AUTH LOGIN\r\n")])
        #expect(
            talk.hears("504 5.5.4 unrecognized\r\n")
                == failure(.authenticationNotOffered(mechanisms: ["PLAIN", "LOGIN"])))
    }

    @Test func `a refused password is not tried by another mechanism`() throws {
        var talk = Talk()
        _ = talk.upToAuthentication("PLAIN LOGIN")
        #expect(talk.hears("535 no\r\n") == failure(.signInRefused(try reply(535, "no"))))
    }

    @Test func `a password is never sent as a token, nor a token as a password`() {
        var talk = Talk()
        #expect(talk.upToAuthentication("XOAUTH2") == failure(.authenticationNotOffered(mechanisms: ["XOAUTH2"])))
        talk = Talk(.cleartext, token)
        #expect(
            talk.upToAuthentication("PLAIN LOGIN")
                == failure(.authenticationNotOffered(mechanisms: ["PLAIN", "LOGIN"])))
    }

    @Test(arguments: [
        ("", "x"), ("a", ""), ("a\0b", "x"), ("a", "x\0y"), ("a", "x\r\nRCPT"), ("a\u{1}b", "x"), ("a", "\u{7F}"),
    ])
    func `credentials that no server accepts are not sent`(user: String, secret: String) {
        for credentials in [SMTPCredentials.password(user: user, password: secret), .oauth(user: user, token: secret)] {
            var talk = Talk(.cleartext, credentials)
            #expect(talk.upToAuthentication("PLAIN XOAUTH2") == failure(.credentialsMalformed))
        }
    }

    // MARK: STARTTLS

    @Test func `what was offered before STARTTLS is asked anew`() {
        var talk = Talk(.startTLS)
        _ = talk.hears("220 ready\r\n")
        #expect(talk.hears("250-hello\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n") == [.send("STARTTLS\r\n")])
        #expect(talk.hears("220 go ahead\r\n") == [.startTLS])
        #expect(talk.session.stage == .tlsHandshake)
        #expect(talk.session.tlsEstablished() == .send("EHLO [192.0.2.1]\r\n"))
        #expect(talk.hears("250-hello\r\n250 AUTH LOGIN\r\n") == [.send("AUTH LOGIN\r\n")])
    }

    @Test func `a server that offers STARTTLS again inside TLS is not asked for it`() {
        var talk = Talk(.startTLS)
        _ = talk.hears("220 ready\r\n")
        _ = talk.hears("250-hello\r\n250 STARTTLS\r\n")
        _ = talk.hears("220 go ahead\r\n")
        _ = talk.session.tlsEstablished()
        #expect(talk.hears("250-hello\r\n250-STARTTLS\r\n250 AUTH LOGIN\r\n") == [.send("AUTH LOGIN\r\n")])
    }

    @Test func `mechanisms offered only before the handshake do not count`() {
        var talk = Talk(.startTLS)
        _ = talk.hears("220 ready\r\n")
        _ = talk.hears("250-hello\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n")
        _ = talk.hears("220 go ahead\r\n")
        _ = talk.session.tlsEstablished()
        #expect(talk.hears("250 hello\r\n") == failure(.authenticationNotOffered(mechanisms: [])))
    }

    @Test(arguments: ["250 injected\r\n", "2", "\r\n", "\u{16}"])
    func `octets after the answer to STARTTLS are refused before the handshake`(extra: String) {
        var talk = Talk(.startTLS)
        _ = talk.hears("220 ready\r\n")
        _ = talk.hears("250-hello\r\n250 STARTTLS\r\n")
        #expect(talk.hears("220 go ahead\r\n\(extra)") == failure(.protocolViolation(.unrequestedBytes(.startTLS))))
    }

    @Test func `without STARTTLS nothing is sent in the clear`() {
        var talk = Talk(.startTLS)
        _ = talk.hears("220 ready\r\n")
        #expect(talk.hears("250-hello\r\n250 AUTH PLAIN\r\n") == failure(.startTLSNotOffered))
    }

    @Test func `a server that refuses STARTTLS is left`() throws {
        for (text, error) in [
            ("502 no\r\n", SMTPError.startTLSNotOffered),
            ("454 later\r\n", .temporarilyUnavailable(.startTLS, try reply(454, "later"))),
            ("554 never\r\n", .refused(.startTLS, try reply(554, "never"))),
            ("250 ok\r\n", .protocolViolation(.unexpectedReply(.startTLS, code: 250))),
        ] {
            var talk = Talk(.startTLS)
            _ = talk.hears("220 ready\r\n")
            _ = talk.hears("250-hello\r\n250 STARTTLS\r\n")
            #expect(talk.hears(text) == failure(error))
        }
    }

    @Test func `with TLS from the start the greeting comes after the handshake`() {
        var talk = Talk(.tls)
        #expect(talk.session.stage == .tlsHandshake)
        #expect(talk.session.tlsEstablished() == .wait)
        #expect(talk.session.stage == .greeting)
        #expect(talk.hears("220 ready\r\n") == [.send("EHLO [192.0.2.1]\r\n")])
        #expect(talk.hears("250-hello\r\n250 AUTH PLAIN\r\n") == [.send("AUTH PLAIN \(plain)\r\n")])
    }

    // MARK: Refusals

    @Test(arguments: [500, 502, 504])
    func `a server that does not know EHLO is greeted with HELO`(code: Int) {
        var talk = Talk()
        _ = talk.hears("220 ready\r\n")
        #expect(talk.hears("\(code) what\r\n") == [.send("HELO [192.0.2.1]\r\n")])
        #expect(talk.hears("250 hello\r\n") == failure(.authenticationNotOffered(mechanisms: [])))
        talk = Talk(.startTLS)
        _ = talk.hears("220 ready\r\n")
        _ = talk.hears("\(code) what\r\n")
        #expect(talk.hears("250 hello\r\n") == failure(.startTLSNotOffered))
        talk = Talk()
        _ = talk.hears("220 ready\r\n")
        _ = talk.hears("\(code) what\r\n")
        #expect(talk.hears("\(code) what\r\n").count == 1)
        #expect(talk.hears("250 hello\r\n") == [])
    }

    @Test func `a server that does not want this client says so at once`() throws {
        var talk = Talk()
        #expect(talk.hears("554 go away\r\n") == failure(.refused(.greeting, try reply(554, "go away"))))
        talk = Talk()
        #expect(talk.hears("421 busy\r\n") == failure(.temporarilyUnavailable(.greeting, try reply(421, "busy"))))
        talk = Talk()
        _ = talk.hears("220 ready\r\n")
        #expect(talk.hears("550 no\r\n") == failure(.refused(.hello, try reply(550, "no"))))
        talk = Talk()
        _ = talk.hears("220 ready\r\n")
        #expect(talk.hears("450 later\r\n") == failure(.temporarilyUnavailable(.hello, try reply(450, "later"))))
    }

    @Test(arguments: [
        ("534", "5.7.9 Application-specific password required"), ("534", "please sign in with your browser"),
        ("535", "5.7.9 no"), ("535", "5.7.8 Use an app password"),
        ("535", "5.7.8 Error: authentication failed: Application password is required"),
        ("550", "please use an App-Specific Password"),
    ])
    func `a server that wants an app password is understood`(code: String, text: String) throws {
        var talk = Talk()
        _ = talk.upToAuthentication()
        #expect(talk.hears("\(code) \(text)\r\n") == failure(.appPasswordNeeded(try reply(Int(code)!, text))))
    }

    @Test func `refusals of AUTH are told apart`() throws {
        let expected: [(String, (SMTPReply) -> SMTPError)] = [
            ("535 5.7.8 bad credentials", { .signInRefused($0) }),
            ("535 5.7.139 disabled for the tenant", { .signInRefused($0) }),
            ("501 5.5.2 cannot decode", { .signInRefused($0) }),
            ("550 no", { .signInRefused($0) }),
            ("502 5.5.1 not implemented", { _ in .authenticationNotOffered(mechanisms: ["PLAIN"]) }),
            ("503 5.5.1 not available", { _ in .authenticationNotOffered(mechanisms: ["PLAIN"]) }),
            ("454 4.7.0 later", { .temporarilyUnavailable(.authentication, $0) }),
            ("421 4.7.0 app password service down", { .temporarilyUnavailable(.authentication, $0) }),
            ("432 4.7.12 transition", { .temporarilyUnavailable(.authentication, $0) }),
            ("530 5.7.0 Must issue a STARTTLS command first", { .encryptionRequired($0) }),
            ("538 encryption required", { .encryptionRequired($0) }),
            ("535 5.7.11 encryption required", { .encryptionRequired($0) }),
        ]
        for (line, error) in expected {
            var talk = Talk()
            _ = talk.upToAuthentication()
            let reply = try reply(Int(line.prefix(3))!, String(line.dropFirst(4)))
            #expect(talk.hears(line + "\r\n") == failure(error(reply)))
        }
    }

    @Test(arguments: ["250 ok", "334 more", "354 go", "220 again"])
    func `an answer to AUTH that means nothing is refused`(line: String) {
        var talk = Talk()
        _ = talk.upToAuthentication()
        let code = Int(line.prefix(3))!
        #expect(talk.hears(line + "\r\n") == failure(.protocolViolation(.unexpectedReply(.authentication, code: code))))
    }

    @Test func `a reply that nobody asked for is refused at every stage`() {
        for unasked in ["250 extra\r\n", "2"] {
            var talk = Talk()
            #expect(talk.hears("220 ready\r\n" + unasked) == failure(.protocolViolation(.unrequestedBytes(.greeting))))
            talk = Talk()
            _ = talk.hears("220 ready\r\n")
            #expect(
                talk.hears("250-hello\r\n250 AUTH PLAIN\r\n" + unasked)
                    == failure(.protocolViolation(.unrequestedBytes(.hello))))
            talk = Talk()
            _ = talk.upToAuthentication()
            #expect(
                talk.hears("235 ok\r\n" + unasked) == failure(.protocolViolation(.unrequestedBytes(.authentication))))
        }
    }

    @Test func `garbage is refused at every stage`() {
        var talk = Talk()
        #expect(talk.hears("* OK IMAP\r\n") == failure(.protocolViolation(.notAReply("* OK IMAP"))))
        talk = Talk()
        _ = talk.hears("220 ready\r\n")
        #expect(talk.hears("hello\r\n") == failure(.protocolViolation(.notAReply("hello"))))
        talk = Talk()
        _ = talk.upToAuthentication()
        #expect(talk.hears("ok\r\n") == failure(.protocolViolation(.notAReply("ok"))))
    }

    // MARK: Endings

    @Test func `once signed in, how the server says goodbye does not matter`() {
        for goodbye in ["221 bye\r\n", "500 what\r\n", "nonsense\r\n", "221 a\r\n221 b\r\n"] {
            var talk = Talk()
            _ = talk.upToAuthentication()
            _ = talk.hears("235 ok\r\n")
            #expect(talk.hears(goodbye) == [.finish(.success(()))])
        }
        for error in [SMTPError.closed(.quit), .timedOut(.quit), .cancelled] {
            var talk = Talk()
            _ = talk.upToAuthentication()
            _ = talk.hears("235 ok\r\n")
            #expect(talk.session.ended(error) == .finish(.success(())))
        }
    }

    @Test func `a session finishes once`() {
        var talk = Talk()
        #expect(talk.session.ended(.closed(.greeting)) == .finish(.failure(.closed(.greeting))))
        #expect(talk.session.ended(.timedOut(.greeting)) == .wait)
        #expect(talk.hears("220 ready\r\n") == [])
    }

    @Test func `credentials do not print their secret`() {
        for credentials in [password, token] {
            var dumped = ""
            dump(credentials, to: &dumped)
            for text in [String(describing: credentials), String(reflecting: credentials), "\(credentials)", dumped] {
                #expect(!text.contains("sesame"))
                #expect(!text.contains("ya29"))
                #expect(text.contains("alice@example.test"))
            }
        }
    }
}
