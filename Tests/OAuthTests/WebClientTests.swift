import Logging
import Networking
import OAuth
import ScriptedServer
import TestServers
import Testing

@Suite struct WebClientTests {
    private static let open = NetworkPolicy(allowsPrivateNetworks: true)

    private func asking<Result: Sendable>(
        _ network: NetworkPolicy = WebClientTests.open, authorities: String? = nil,
        _ work: (WebClient) async throws -> Result
    ) async throws -> Result {
        let client = WebClient(
            network: network, certificateAuthorities: authorities,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        do {
            let result = try await work(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    private func server(_ answer: String) async throws -> ScriptedServer {
        try await ScriptedServer.start { connection in
            while try await !connection.readLine().isEmpty {}
            try await connection.send(answer)
        }
    }

    @Test func `an answer comes whole, whatever its status`() async throws {
        let server = try await server("HTTP/1.1 418 No\r\nRetry-After: 7\r\nContent-Length: 3\r\n\r\nabc")
        let response = try await asking {
            try await $0.send(WebRequest(.get, "http://127.0.0.1:\(server.port)/a?b=c", headers: [("X-A", "1")]))
        }
        #expect((response.status, response.retryAfter, response.body) == (418, 7, Array("abc".utf8)))
        #expect(server.received.contains("GET /a?b=c HTTP/1.1"))
        #expect(server.received.contains("X-A: 1"))
        await server.stop()
    }

    @Test func `private networks are not connected to unless they are allowed`() async throws {
        let server = try await server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        for host in ["127.0.0.1", "localhost"] {
            await #expect(throws: WebFailure.refusedAddress(.notAllowed(host: host))) {
                try await asking(NetworkPolicy(allowsPrivateNetworks: false)) {
                    try await $0.send(WebRequest(.get, "http://\(host):\(server.port)/"))
                }
            }
        }
        #expect(server.connections == 0)
        await server.stop()
    }

    @Test(arguments: ["http://example.com/", "ftp://example.com/", "https://user@example.com/", "nonsense", ""])
    func `nothing is asked in the clear or with a name in the address`(_ url: String) async throws {
        await #expect(throws: WebFailure.malformedURL) { try await asking { try await $0.send(WebRequest(.get, url)) } }
    }

    @Test func `a redirect is an answer, and nobody follows it`() async throws {
        let server = try await server(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
        let response = try await asking { try await $0.send(WebRequest(.get, "http://127.0.0.1:\(server.port)/")) }
        #expect(response.status == 302)
        #expect(server.connections == 1)
        await server.stop()
    }

    @Test func `an answer that is too long is not read to its end`() async throws {
        let server = try await server(
            "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + String(repeating: "x", count: 5000))
        await #expect(throws: WebFailure.tooLarge(host: "127.0.0.1")) {
            try await asking {
                try await $0.send(WebRequest(.get, "http://127.0.0.1:\(server.port)/", responseLimit: 4999))
            }
        }
        await server.stop()
    }

    @Test func `an answer that is cut off is none`() async throws {
        let server = try await server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        await #expect(throws: WebFailure.interrupted(host: "127.0.0.1")) {
            try await asking { try await $0.send(WebRequest(.get, "http://127.0.0.1:\(server.port)/")) }
        }
        await server.stop()
    }

    @Test func `a server that falls silent is given up`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\na")
            _ = try await connection.readToEnd()
        }
        await #expect(throws: WebFailure.timedOut(host: "127.0.0.1")) {
            try await asking {
                try await $0.send(
                    WebRequest(.get, "http://127.0.0.1:\(server.port)/", deadline: .milliseconds(300)))
            }
        }
        await server.stop()
    }

    @Test func `a certificate that nobody vouches for is refused, and accepted from an authority that is named`()
        async throws
    {
        let certificate = try TestCertificate()
        let tls = try ScriptTLS(certificatePath: certificate.certificate.path, keyPath: certificate.key.path)
        let server = try await ScriptedServer.start(tls: tls) { connection in
            while try await !connection.readLine().isEmpty {}
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let request = WebRequest(.get, "https://localhost:\(server.port)/")
        await #expect(throws: WebFailure.certificate(host: "localhost")) {
            try await asking { try await $0.send(request) }
        }
        let response = try await asking(authorities: certificate.authority.path) { try await $0.send(request) }
        #expect(response.status == 200)
        await server.stop()
    }

    @Test func `a port where nobody listens is unreachable`() async throws {
        let server = try await server("")
        let port = server.port
        await server.stop()
        await #expect(throws: WebFailure.unreachable(host: "127.0.0.1")) {
            try await asking { try await $0.send(WebRequest(.get, "http://127.0.0.1:\(port)/")) }
        }
    }
}
