import NIOCore
import ScriptedServer
import TestServers
import Testing

@testable import SMTP

@Suite struct SMTPCheckTests {
    @Test(arguments: [Script.plain, Script.login])
    func `credentials are accepted, and the client says goodbye`(script: Script) async throws {
        let server = try await ScriptedServer.start { try await script.play(on: $0) }
        #expect(try await Submission.check(port: server.port) == nil)
        await server.stop()
        #expect(server.failures == [])
        #expect(server.received.last == "QUIT")
    }

    @Test func `a server that speaks octet by octet is understood`() async throws {
        let server = try await ScriptedServer.start { connection in
            for step in Script.login.steps {
                try await connection.sendByteByByte(step.says, pause: .milliseconds(1))
                if !step.hears.isEmpty { try await connection.expect(prefix: step.hears) }
            }
        }
        #expect(try await Submission.check(port: server.port) == nil)
        await server.stop()
        #expect(server.failures == [])
    }

    @Test(arguments: [Script.plain, Script.login])
    func `a server that closes after any octet is reported with the stage`(script: Script) async throws {
        let server = try await ScriptedServer.start { try await script.play(on: $0, limit: $0.index) }
        for count in 0..<script.length {
            #expect(try await Submission.check(port: server.port) == .closed(script.stage(after: count)))
        }
        #expect(try await Submission.check(port: server.port) == nil)
        #expect(server.connections == script.length + 1)
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `a server that resets the connection is reported with the stage`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await Script.plain.play(on: connection, limit: Script.plain.steps[0].says.utf8.count)
            await connection.reset()
        }
        #expect(try await Submission.check(port: server.port) == .closed(.hello))
        await server.stop()
    }

    @Test(arguments: Script.login.steps.indices)
    func `a server that stalls is given up at each stage`(step: Int) async throws {
        let script = Script.login
        let before = script.steps.prefix(step).reduce(0) { $0 + $1.says.utf8.count }
        let server = try await ScriptedServer.start { connection in
            try await script.play(on: connection, limit: before + script.steps[step].says.utf8.count / 2)
            await connection.stall()
        }
        let stage = script.steps[step].stage
        // Once signed in, only the goodbye is missing.
        let expected: SMTPError? = stage == .quit ? nil : .timedOut(stage)
        #expect(try await Submission.check(port: server.port, deadline: Submission.patience) == expected)
        await server.stop()
    }

    @Test func `a server that drips replies without end is given up`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("220-")
            while true {
                try await connection.send("x")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        #expect(try await Submission.check(port: server.port, deadline: Submission.patience) == .timedOut(.greeting))
        await server.stop()
    }

    @Test func `a server that floods is cut off at the limits`() async throws {
        let server = try await ScriptedServer.start { connection in
            let part = connection.index == 0 ? "220-flood\r\n" : "2"
            while true { try await connection.send(String(repeating: part, count: 10_000)) }
        }
        #expect(try await Submission.check(port: server.port) == .protocolViolation(.tooManyLines))
        #expect(try await Submission.check(port: server.port) == .protocolViolation(.lineTooLong))
        await server.stop()
    }

    @Test(arguments: [
        "* OK [CAPABILITY IMAP4rev1] ready\r\n", "+OK POP3\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "\0\0\0\n",
    ])
    func `another kind of server is recognised and told nothing`(greeting: String) async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send(greeting)
            #expect(try await connection.readToEnd() == [])
        }
        let error = try await Submission.check(port: server.port)
        guard case .protocolViolation(.notAReply) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `refusals at each step reach the person`() async throws {
        let refusals: [(says: [String], error: @Sendable (SMTPReply) -> SMTPError)] = [
            (["554 no service"], { .refused(.greeting, $0) }),
            (["421 4.3.2 too busy"], { .temporarilyUnavailable(.greeting, $0) }),
            (["220 hi", "550 5.7.1 not you"], { .refused(.hello, $0) }),
            (["220 hi", "250 hello"], { _ in .authenticationNotOffered(mechanisms: []) }),
            (["220 hi", "502 what", "250 hello"], { _ in .authenticationNotOffered(mechanisms: []) }),
            (["220 hi", "250-hello\r\n250 AUTH PLAIN", "535 5.7.8 bad password"], { .signInRefused($0) }),
            (["220 hi", "250-hello\r\n250 AUTH PLAIN", "534 5.7.9 app password"], { .appPasswordNeeded($0) }),
            (
                ["220 hi", "250-hello\r\n250 AUTH PLAIN", "454 4.7.0 later"],
                { .temporarilyUnavailable(.authentication, $0) }
            ),
            (["220 hi", "250-hello\r\n250 AUTH PLAIN", "530 5.7.0 STARTTLS first"], { .encryptionRequired($0) }),
            (["220 hi", "250-hello\r\n250 AUTH LOGIN", "334 a", "334 b", "535 no"], { .signInRefused($0) }),
        ]
        let server = try await ScriptedServer.start { connection in
            for says in refusals[connection.index].says {
                try await connection.send(says + "\r\n")
                _ = try? await connection.readLine()
            }
        }
        for (says, error) in refusals {
            let last = try #require(says.last)
            let reply = try #require(SMTPReply(code: Int(last.prefix(3)) ?? 0, lines: [String(last.dropFirst(4))]))
            #expect(try await Submission.check(port: server.port) == error(reply))
        }
        await server.stop()
    }

    // MARK: Connecting

    @Test func `a closed port is named`() async throws {
        let port = try ClosedPort()
        #expect(try await Submission.check(port: port.number) == .cannotConnect(.portClosed))
        // The same through a look-up of the name, which may give more than one address.
        let byName = SMTPEndpoint(host: "localhost", port: port.number, security: .cleartext)
        #expect(await Submission.check(byName) == .cannotConnect(.portClosed))
    }

    @Test func `of several addresses the first that takes a connection is used`() async throws {
        let server = try await ScriptedServer.start { try await Script.plain.play(on: $0) }
        let port = try ClosedPort()
        let closed = try SocketAddress(ipAddress: "127.0.0.1", port: port.number)
        let open = try SocketAddress(ipAddress: "127.0.0.1", port: server.port)
        func check(_ addresses: [SocketAddress]) async -> SMTPError? {
            await Submission.check(
                SMTPEndpoint(host: "localhost", port: server.port, security: .cleartext, addresses: addresses))
        }
        #expect(await check([closed, closed, open]) == nil)
        #expect(await check([open, closed]) == nil)
        #expect(server.connections == 2)
        #expect(await check([closed, closed]) == .cannotConnect(.portClosed))
        // Nothing that the caller has allowed; looking the name up would find what it has not.
        #expect(await check([]) == .cannotConnect(.hostUnknown))
        #expect(
            await check([open, try SocketAddress(ipAddress: "192.0.2.1", port: 25)])
                == .cannotConnect(.cleartextBeyondLoopback))
        #expect(server.connections == 2)
        withExtendedLifetime(port) {}
        await server.stop()
    }

    @Test func `an address that does not answer leaves time for the next one`() async throws {
        let certificate = try TestCertificate()
        let server = try await ScriptedServer.start(tls: certificate.script) { try await Script.plain.play(on: $0) }
        let addresses = try ["192.0.2.1", "127.0.0.1"].map { try SocketAddress(ipAddress: $0, port: server.port) }
        let endpoint = SMTPEndpoint(host: "localhost", port: server.port, security: .tls, addresses: addresses)
        #expect(await Submission.check(endpoint, trusting: certificate, deadline: Submission.patience * 2) == nil)
        await server.stop()
    }

    @Test func `a server that answers wrongly is not made better by another address`() async throws {
        let server = try await ScriptedServer.start { try await $0.send("554 no service\r\n") }
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: server.port)
        let endpoint = SMTPEndpoint(
            host: "localhost", port: server.port, security: .cleartext, addresses: [address, address])
        guard case .refused(.greeting, _) = await Submission.check(endpoint) else {
            Issue.record("not refused")
            return
        }
        #expect(server.connections == 1)
        await server.stop()
    }

    @Test(arguments: ["", "no such host", "host.invalid", "a\0b"])
    func `a host that does not exist is named`(host: String) async {
        for security in [SMTPEndpoint.Security.tls, .startTLS, .cleartext] {
            #expect(
                await Submission.check(SMTPEndpoint(host: host, port: 587, security: security))
                    == .cannotConnect(.hostUnknown))
        }
    }

    @Test(arguments: [0, -1, 65_536])
    func `an impossible port is a closed one`(port: Int) async {
        let endpoint = SMTPEndpoint(host: "localhost", port: port, security: .cleartext)
        #expect(await Submission.check(endpoint) == .cannotConnect(.portClosed))
    }

    @Test func `cleartext is refused beyond the loopback interface, before anything is sent`() async throws {
        for address in ["192.0.2.1", "2001:db8::1", "128.0.0.1", "::ffff:192.0.2.1", "::", "0.0.0.0"] {
            let endpoint = SMTPEndpoint(
                host: "localhost", port: 25, security: .cleartext,
                address: try SocketAddress(ipAddress: address, port: 25))
            #expect(await Submission.check(endpoint) == .cannotConnect(.cleartextBeyondLoopback))
        }
    }

    @Test func `loopback addresses are recognised in all their forms`() throws {
        for address in ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"] {
            #expect(try SocketAddress(ipAddress: address, port: 25).isLoopback)
        }
    }

    @Test func `the client names itself by its address`() throws {
        #expect(try SocketAddress(ipAddress: "192.0.2.1", port: 1).literal == "[192.0.2.1]")
        #expect(try SocketAddress(ipAddress: "2001:db8::1", port: 1).literal == "[IPv6:2001:db8::1]")
        #expect(try SocketAddress(unixDomainSocketPath: "/tmp/socket").literal == nil)
    }

    @Test func `a server is found by its name`() async throws {
        let server = try await ScriptedServer.start { try await Script.plain.play(on: $0) }
        let endpoint = SMTPEndpoint(host: "localhost", port: server.port, security: .cleartext)
        #expect(await Submission.check(endpoint) == nil)
        await server.stop()
    }

    @Test func `a cancelled check ends its connection`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await Script.plain.play(on: connection, limit: Script.plain.steps[0].says.utf8.count)
            #expect(try await connection.readToEnd() == [])
        }
        let port = server.port
        let check = Task { try await Submission.check(port: port) }
        while server.received.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        check.cancel()
        #expect(try await check.value == .cancelled)
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `a check that is cancelled beforehand does not sign in`() async throws {
        let server = try await ScriptedServer.start { _ = try await $0.readToEnd() }
        let port = server.port
        let check = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Submission.check(port: port)
        }
        #expect(try await check.value == .cancelled)
        await server.stop()
        #expect(server.received == [])
    }
}
