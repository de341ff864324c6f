import Logging
import NIOCore
import NIOPosix
import ScriptedServer
import Testing

@testable import IMAP

@Suite struct EndpointTests {
    private static func failure(_ endpoint: IMAPEndpoint) async throws -> IMAPError? {
        try await Play.failure {
            await (try IMAPConnection.connect(to: endpoint, logger: Logger(label: "tests"))).close()
        }
    }

    private static func addresses(_ texts: [String], port: Int) throws -> [SocketAddress] {
        try texts.map { try SocketAddress(ipAddress: $0, port: port) }
    }

    @Test(arguments: [["192.0.2.1"], ["127.0.0.1", "192.0.2.1"], ["::ffff:127.0.0.1"], ["2001:db8::1"]])
    func `nothing is sent in the clear beyond this computer`(texts: [String]) async throws {
        let endpoint = IMAPEndpoint(
            host: "localhost", addresses: try Self.addresses(texts, port: 143), security: .cleartext)
        #expect(try await Self.failure(endpoint) == .cleartextRefused)
    }

    @Test func `addresses of this computer are known`() throws {
        #expect(try Self.addresses(["127.0.0.1", "127.255.0.9", "::1"], port: 1).allSatisfy(\.isLoopback))
        #expect(
            try !Self.addresses(["128.0.0.1", "126.255.255.255", "::2", "0.0.0.0", "::"], port: 1).contains {
                $0.isLoopback
            })
    }

    @Test func `the next address is tried where one does not answer`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* OK [CAPABILITY IMAP4rev1] hello\r\n")
            _ = try await connection.readToEnd()
        }
        let addresses = try Self.addresses(["127.0.0.2", "127.0.0.1"], port: server.port)
        #expect(
            try await Self.failure(IMAPEndpoint(host: "localhost", addresses: addresses, security: .cleartext)) == nil)
        await server.stop()
        #expect(server.connections == 1)
    }

    @Test func `a refused connection and a host without addresses are told`() async throws {
        let server = try await ScriptedServer.start { _ in }
        await server.stop()
        for addresses in [try Self.addresses(["127.0.0.1"], port: server.port), []] {
            let failure = try await Self.failure(
                IMAPEndpoint(host: "localhost", addresses: addresses, security: .cleartext))
            guard case .connectFailed = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }
}
