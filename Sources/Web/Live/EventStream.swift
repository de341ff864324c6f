import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Store
import Synchronization

/// The stream of server-sent events (WHATWG HTML, section 9.2) that an open page listens to. It says that something on
/// the page changed, never what: the page fetches itself again and so sees what its viewer may see. What the viewer may
/// not see leaves no trace on the stream.
///
/// Each event carries a mark of the last change, which a browser that comes back sends, so that nothing is missed in
/// between.
struct EventStream: Sendable {
    let web: WebServices
    let token: String
    let viewer: Viewer
    let topic: LiveTopic
    /// Up to which change the page has everything; nil where it does not say.
    let since: String?

    static func open(_ exchange: Exchange) async throws -> Response {
        // 204 tells a browser not to come back (WHATWG HTML, section 9.2.3).
        guard let viewer = exchange.context.viewer, let token = exchange.request.cookies[Cookies.session]?.value,
            let topic = LiveTopic(exchange.query["topic"])
        else { return Response(status: .noContent) }
        let since = exchange.request.headers[.lastEventID] ?? exchange.query.optional("since")
        let stream = EventStream(web: exchange.web, token: token, viewer: viewer, topic: topic, since: since)
        let request = exchange.request
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no",
            ],
            body: ResponseBody { writer in
                do {
                    try await request.body.consumeWithCancellationOnInboundClose { _ in try await stream.run(&writer) }
                    try await writer.finish(nil)
                } catch is CancellationError {
                    // The browser went away.
                }
            })
    }

    /// What happened since the stream was looked at last.
    private final class Waiting: Sendable {
        struct State: Sendable {
            var changes: Set<Change> = []
            /// It is time to say that the page is still connected.
            var heartbeatIsDue = false
        }

        private let state = Mutex(State())

        func add(_ change: Change) { state.withLock { _ = $0.changes.insert(change) } }

        func heartbeat() { state.withLock { $0.heartbeatIsDue = true } }

        func take() -> State {
            state.withLock { state in
                defer { state = State() }
                return state
            }
        }
    }

    /// Writes until the session or the subscription ends, or the task is cancelled.
    func run(_ writer: inout any ResponseBodyWriter) async throws {
        let subscription = await web.feed.subscribe(organization: viewer.organization.id)
        let news = LiveNews(web: web, token: token, viewer: viewer, topic: topic)
        let waiting = Waiting()
        // One signal stands for any number: what happened is in `waiting`.
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
        try await tell(try await news.since(since), says: true, &writer)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [topic] in
                for await change in subscription.cancelOnGracefulShutdown() where topic.concerns(change) {
                    waiting.add(change)
                    signal.yield()
                }
                signal.finish()
            }
            group.addTask { [heartbeat = web.heartbeat] in
                while !Task.isCancelled {
                    try await Task.sleep(for: heartbeat)
                    waiting.heartbeat()
                    signal.yield()
                }
            }
            for await _ in signals {
                let state = waiting.take()
                let answer = try await news.of(state.changes)
                guard try await tell(answer, says: state.heartbeatIsDue, &writer) else { break }
                if !state.changes.isEmpty { try await Task.sleep(for: topic.pause) }
            }
            group.cancelAll()
        }
    }

    /// - Parameter says: whether something is written even where there is nothing to tell.
    /// - Returns: whether the stream goes on.
    @discardableResult
    private func tell(
        _ answer: LiveNews.Answer, says: Bool, _ writer: inout any ResponseBodyWriter
    ) async throws -> Bool {
        switch answer {
        case .changed(let mark):
            try await writer.write(ByteBuffer(string: "id: \(mark)\nevent: changed\ndata: \n\n"))
            return true
        case .nothing:
            if says { try await writer.write(ByteBuffer(string: ": \n\n")) }
            return true
        case .ended:
            try await writer.write(ByteBuffer(string: "event: ended\ndata: \n\n"))
            return false
        }
    }
}

extension HTTPField.Name {
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
    /// Asks nginx to pass events on at once.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
