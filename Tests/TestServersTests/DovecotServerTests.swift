import Foundation
import Testing

@testable import TestServers

private let alice = MailUser("alice@example.test")

func letter(_ subject: String, id: String = "<1@example.test>") -> [UInt8] {
    Array(
        "Message-ID: \(id)\r\nFrom: bob@example.test\r\nTo: alice@example.test\r\nSubject: \(subject)\r\n\r\n.Hello\r\n"
            .utf8)
}

@Suite struct DovecotServerTests {
    @Test(arguments: DovecotServer.Profile.allCases)
    func `a delivered message is seen by a mail program`(profile: DovecotServer.Profile) async throws {
        let server = try await DovecotServer.start(profile: profile, users: [alice])
        let client = try await server.connect(as: alice)
        #expect(try await client.messages(in: "INBOX") == [])
        try await server.deliver(letter("Greetings"), to: alice.address)
        let message = try #require(try await client.messages(in: "INBOX").first)
        #expect(message.messageID == "<1@example.test>")
        #expect(String(decoding: message.body, as: UTF8.self).hasSuffix("\r\n\r\n.Hello\r\n"))
        #expect((message.modificationSequence != nil) == (profile == .full))
        await server.stop()
    }

    @Test func `the profiles differ in what they advertise`() async throws {
        let full = try await DovecotServer.start(users: [alice])
        let minimal = try await DovecotServer.start(profile: .minimal, users: [alice])
        let most = try await full.connect(as: alice).capabilities()
        #expect(
            most.isSuperset(of: [
                "CONDSTORE", "QRESYNC", "IDLE", "MOVE", "ESEARCH", "NOTIFY", "SPECIAL-USE", "LIST-STATUS",
            ]))
        #expect(most.contains { $0.hasPrefix("COMPRESS") })
        let least = try await minimal.connect(as: alice)
        #expect(try await least.capabilities() == ["IMAP4rev1", "UIDPLUS", "NAMESPACE", "ID", "LITERAL+"])
        #expect(try await least.folders().first { $0.name == "Sent" }?.attributes.contains("\\Sent") == false)
    }

    @Test func `a person's actions change what the server holds`() async throws {
        for profile in DovecotServer.Profile.allCases {
            let server = try await DovecotServer.start(profile: profile, users: [alice])
            try await exerciseMailProgram(try await server.connect(as: alice))
        }
    }

    @Test func `seeded messages keep their order, date, flags and octets`() async throws {
        let server = try await DovecotServer.start(users: [alice])
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let seeds = (0..<300).map { number in
            SeedMessage(
                letter("Number \(number)", id: "<\(number)@example.test>"),
                internalDate: start.addingTimeInterval(Double(-number)),
                flags: number % 2 == 0 ? ["\\Seen"] : [])
        }
        #expect(try server.seed(alice.address, messages: seeds) == 300)
        #expect(try server.seed(alice.address, folder: "Clients/Été", messages: seeds.prefix(3)) == 3)
        let client = try await server.connect(as: alice)
        let messages = try await client.messages(in: "INBOX")
        #expect(messages.map(\.body) == seeds.map(\.bytes))
        #expect(messages.map(\.internalDate) == seeds.map(\.internalDate))
        #expect(messages.map { $0.flags.contains("\\Seen") } == seeds.map { !$0.flags.isEmpty })
        #expect(messages.map(\.size) == seeds.map(\.bytes.count))
        #expect(try await client.messages(in: "Clients/Été").count == 3)
    }

    @Test func `a store outlives its server, orderly ended or killed`() async throws {
        let server = try await DovecotServer.start(users: [alice])
        _ = try await server.connect(as: alice).append(letter("Kept"), to: "INBOX")
        await server.stop()
        await #expect(throws: TestServerError.self) { _ = try await server.connect(as: alice) }
        try await server.start()
        #expect(try await server.connect(as: alice).messages(in: "INBOX").count == 1)
        server.kill()
        try await server.start()
        #expect(try await server.connect(as: alice).messages(in: "INBOX").count == 1)
    }

    @Test func `a UIDVALIDITY reset gives a new value and keeps the messages`() async throws {
        let server = try await DovecotServer.start(users: [alice])
        let client = try await server.connect(as: alice)
        try await client.append(letter("Kept"), to: "INBOX")
        let before = try await client.status(of: "INBOX")
        try await client.logout()
        try server.resetUIDValidity(of: alice.address, folder: "INBOX")
        let after = try await server.connect(as: alice).status(of: "INBOX")
        #expect(after.messages == 1)
        #expect(after.uidValidity != before.uidValidity)
    }

    @Test func `a changed password is refused and the new one accepted`() async throws {
        let server = try await DovecotServer.start(users: [alice])
        _ = try await server.connect(as: alice)
        let changed = MailUser(alice.address, password: "another")
        try server.setUsers([changed])
        // Dovecot looks at the file once a second.
        try await Task.sleep(for: .milliseconds(1500))
        await #expect(throws: TestServerError.self) { _ = try await server.connect(as: alice) }
        _ = try await server.connect(as: changed)
    }

    @Test func `OAuth tokens are good until they are revoked`() async throws {
        let server = try await DovecotServer.start(users: [alice], oauth: true)
        let tokens = try #require(server.tokens)
        tokens.accept("first", for: alice.address)
        try await server.signIn(token: "first", as: alice.address)
        tokens.revoke("first")
        await #expect(throws: TestServerError.self) { try await server.signIn(token: "first", as: alice.address) }
    }

    @Test func `mail sent through submission reaches the sink`() async throws {
        let server = try await DovecotServer.start(users: [alice])
        let socket = try Socket(port: server.ports.submission)
        func say(_ line: String, _ code: String) throws {
            try socket.write(line + "\r\n")
            var answer = ""
            repeat {
                answer = String(decoding: try socket.readLine() ?? [], as: UTF8.self)
            } while answer.dropFirst(3).hasPrefix("-")
            #expect(answer.hasPrefix(code), "\(line): \(answer)")
        }
        #expect(try socket.readLine()?.starts(with: "220".utf8) == true)
        try say("EHLO client.example.test", "250")
        try say("AUTH PLAIN " + Data("\0\(alice.address)\0\(alice.password)".utf8).base64EncodedString(), "235")
        try say("MAIL FROM:<alice@example.test>", "250")
        try say("RCPT TO:<bob@example.test>", "250")
        try say("DATA", "354")
        try say("Subject: Sent\r\n\r\nHello\r\n.", "250")
        #expect(server.sink.received.map(\.recipients) == [["bob@example.test"]])
    }

    @Test func `TLS is spoken with a certificate that its authority vouches for`() async throws {
        let certificate = try TestCertificate()
        let server = try await DovecotServer.start(users: [alice], tls: certificate)
        let answer = try Command.run(
            ["/usr/bin/openssl", "s_client", "-quiet", "-verify_return_error", "-CAfile", certificate.authority.path]
                + ["-verify_hostname", "localhost", "-connect", "127.0.0.1:\(server.ports.imaps)"],
            input: "a LOGIN \(alice.address) \(alice.password)\r\nb LOGOUT\r\n")
        #expect(answer.contains("a OK"))
    }
}

extension DovecotServer {
    fileprivate func signIn(token: String, as address: String) async throws {
        let socket = try Socket(port: imapPort)
        _ = try socket.readLine()
        let answer = Data("user=\(address)\u{1}auth=Bearer \(token)\u{1}\u{1}".utf8).base64EncodedString()
        try socket.write("a AUTHENTICATE XOAUTH2 \(answer)\r\n")
        while let line = try socket.readLine() {
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("+") { try socket.write("\r\n") }
            if text.hasPrefix("a OK") { return }
            if text.hasPrefix("a ") { break }
        }
        throw TestServerError.unexpected("The token was refused.")
    }
}
