import NIOCore
import TestServers
import Testing

@testable import SMTP

@Suite struct DovecotSubmissionTests {
    private let alice = MailUser("alice@example.test")

    @Test func `Dovecot accepts the right password and refuses another`() async throws {
        let certificate = try TestCertificate().forDovecot()
        let server = try await DovecotServer.start(users: [alice], tls: certificate)
        let wrong = SMTPCredentials.password(user: alice.address, password: "guess")
        let ports: [(Int, SMTPEndpoint.Security)] = [
            (server.ports.submission, .cleartext), (server.ports.submission, .startTLS),
            (server.ports.submissions, .tls),
        ]
        for (port, security) in ports {
            #expect(try await Submission.check(port: port, security, trusting: certificate) == nil)
            let error = try await Submission.check(port: port, security, credentials: wrong, trusting: certificate)
            guard case .signInRefused(let reply) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(reply.code == 535)
            #expect(reply.enhanced == .authenticationCredentialsInvalid)
        }
        await server.stop()
    }

    @Test func `Dovecot accepts LOGIN alone`() async throws {
        let server = try await DovecotServer.start(users: [alice], extra: "auth_mechanisms = login")
        #expect(try await Submission.check(port: server.ports.submission) == nil)
        await server.stop()
    }

    @Test func `Dovecot without TLS has no STARTTLS`() async throws {
        let server = try await DovecotServer.start(users: [alice])
        #expect(try await Submission.check(port: server.ports.submission, .startTLS) == .startTLSNotOffered)
        await server.stop()
    }

    @Test func `Dovecot accepts a good token, short or long, and refuses a bad one`() async throws {
        let server = try await DovecotServer.start(users: [alice], oauth: true)
        let tokens = try #require(server.tokens)
        for token in ["short-token", String(repeating: "long", count: 500)] {
            tokens.accept(token, for: alice.address)
            let credentials = SMTPCredentials.oauth(user: alice.address, token: token)
            #expect(try await Submission.check(port: server.ports.submission, credentials: credentials) == nil)
            tokens.revoke(token)
            let error = try await Submission.check(port: server.ports.submission, credentials: credentials)
            guard case .signInRefused = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        await server.stop()
    }

    @Test func `Dovecot's IMAP port is not an SMTP server`() async throws {
        let server = try await DovecotServer.start(users: [alice])
        let error = try await Submission.check(port: server.ports.imap)
        guard case .protocolViolation(.notAReply) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await server.stop()
    }
}
