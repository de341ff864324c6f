import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore

/// The HTTP server under a sandbox, on a free port of loopback.
final class SandboxServer: Sendable {
    /// The largest request body taken: four times what Graph takes in one request (4 MB).
    private static let largestBody = 16 << 20

    let port: Int
    private let running: Task<Void, any Error>

    private init(port: Int, running: Task<Void, any Error>) {
        self.port = port
        self.running = running
    }

    static func start(
        port: Int, tls: SandboxTLS?, answer: @escaping @Sendable (SandboxRequest) async -> SandboxDelivery
    ) async throws -> SandboxServer {
        let (ports, found) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let application = Application(
            responder: SandboxResponder(largestBody: largestBody, answer: answer),
            server: try tls.map { try .tls(.http1(), tlsConfiguration: $0.configuration) } ?? .http1(),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                found.yield(channel.localAddress?.port ?? 0)
                found.finish()
            },
            logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() })
        // Lives until `stop`, which is why no task of the caller's can hold it.
        let running = Task {
            defer { found.finish() }
            try await application.run()
        }
        for await port in ports { return SandboxServer(port: port, running: running) }
        try await running.value
        throw SandboxError.serverDidNotStart
    }

    func stop() async {
        running.cancel()
        _ = await running.result
    }
}
