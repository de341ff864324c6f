import Foundation
import Hummingbird
import Logging
import Sandbox
import Synchronization

/// An address that takes notifications, as an app has one.
final class Hook: Sendable {
    struct State {
        var bodies: [JSONValue] = []
        var answersHandshake = true
        var handshakes = 0
        var status = 202
    }

    let state = Mutex(State())
    let port: Int
    private let running: Task<Void, any Error>

    var url: String { "http://127.0.0.1:\(port)/hook" }

    /// The notifications so far, out of the collections that they came in.
    var notifications: [JSONValue] { state.withLock { $0.bodies }.flatMap { $0["value"]?.array ?? [] } }

    static func open() async throws -> Hook {
        let (hooks, found) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let box = HookBox()
        let router = Router()
        router.post("hook") { request, context -> Response in
            guard let hook = box.hook.withLock({ $0 }) else { return Response(status: .serviceUnavailable) }
            if let token = request.uri.queryParameters["validationToken"] {
                let answers = hook.state.withLock { state in
                    state.handshakes += 1
                    return state.answersHandshake
                }
                guard answers else { return Response(status: .forbidden) }
                return Response(
                    status: .ok, headers: [.contentType: "text/plain"],
                    body: .init(byteBuffer: ByteBuffer(string: String(token))))
            }
            let body = try await request.body.collect(upTo: 1 << 20)
            return hook.state.withLock { state in
                state.bodies.append(JSONValue(parsing: Data(body.readableBytesView)) ?? .null)
                return Response(status: .init(code: state.status))
            }
        }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                found.yield(channel.localAddress?.port ?? 0)
                found.finish()
            }, logger: Logger(label: "hook") { _ in SwiftLogNoOpLogHandler() })
        // Lives until `close`.
        let running = Task { try await application.run() }
        for await port in hooks {
            let hook = Hook(port: port, running: running)
            box.hook.withLock { $0 = hook }
            return hook
        }
        throw Unexpected(answer: "the hook did not start")
    }

    private init(port: Int, running: Task<Void, any Error>) { (self.port, self.running) = (port, running) }

    func close() async {
        running.cancel()
        _ = await running.result
    }
}

private final class HookBox: Sendable {
    let hook = Mutex<Hook?>(nil)
}
