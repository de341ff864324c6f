import Database
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Store
import Synchronization

/// The stream of server-sent events (WHATWG HTML, section 9.2) that an open page listens to. It says that something on
/// the page changed, never what: the page fetches itself again and so sees what its viewer may see.
///
/// Each event carries the number of the last change, which a browser that reconnects sends back, so that nothing is
/// missed in between.
struct EventStream: Sendable {
    let web: WebServices
    let token: String
    let viewer: Viewer
    let topic: LiveTopic
    let since: Int64

    /// Changes that come in quick succession, as in a first sync, are told together, at most so often.
    static let pause = Duration.milliseconds(150)

    static func open(_ exchange: Exchange) async throws -> Response {
        // 204 tells a browser not to come back (WHATWG HTML, section 9.2.3).
        guard let viewer = exchange.context.viewer, let token = exchange.request.cookies[Cookies.session]?.value,
            let topic = LiveTopic(exchange.query["topic"])
        else { return Response(status: .noContent) }
        let since = exchange.request.headers[.lastEventID].flatMap(Int64.init) ?? Int64(exchange.query["since"]) ?? 0
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
        let changes = Mutex<Set<Change>>([])
    }

    /// Writes until the session or the subscription ends, or the task is cancelled.
    func run(_ writer: inout any ResponseBodyWriter) async throws {
        let subscription = await web.feed.subscribe(organization: viewer.organization.id)
        let waiting = Waiting()
        // One signal stands for any number: what happened is in `waiting`.
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
        try await tell(if: try await missed(), &writer)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [topic] in
                for await change in subscription.cancelOnGracefulShutdown() where topic.concerns(change) {
                    waiting.changes.withLock { _ = $0.insert(change) }
                    signal.yield()
                }
                signal.finish()
            }
            group.addTask { [heartbeat = web.heartbeat] in
                while !Task.isCancelled {
                    try await Task.sleep(for: heartbeat)
                    signal.yield()
                }
            }
            for await _ in signals {
                let changes = waiting.changes.withLock { changes in
                    defer { changes = [] }
                    return changes
                }
                guard try await tell(if: try await news(changes), &writer) else { break }
                if !changes.isEmpty { try await Task.sleep(for: Self.pause) }
            }
            group.cancelAll()
        }
    }

    private enum News {
        case changed(Int64)
        case none
        /// The session ended, or its user left.
        case ended
    }

    /// - Returns: whether the stream goes on.
    @discardableResult
    private func tell(if news: News, _ writer: inout any ResponseBodyWriter) async throws -> Bool {
        switch news {
        case .changed(let last):
            try await writer.write(ByteBuffer(string: "id: \(last)\nevent: changed\ndata: \n\n"))
            return true
        case .none:
            try await writer.write(ByteBuffer(string: ": \n\n"))
            return true
        case .ended:
            try await writer.write(ByteBuffer(string: "event: ended\ndata: \n\n"))
            return false
        }
    }

    /// Whether any of these changes concerns what the viewer may see now.
    private func news(_ changes: Set<Change>) async throws -> News {
        let (token, viewer, now) = (token, viewer, web.now())
        return try await web.database.read { tx in
            guard try Sessions.find(tx, token: token, now: now) != nil else { return .ended }
            if changes.isEmpty { return .none }
            let visible = try VisibleMailboxes.of(tx, viewer.organization.id, viewer: viewer.id)
            return changes.contains(where: visible.concerns) ? .changed(try Changes.last(tx)) : .none
        }
    }

    /// What changed between the making of the page and the beginning of the stream.
    private func missed() async throws -> News {
        let (since, topic, viewer) = (since, topic, viewer)
        return try await web.database.read { tx in
            let last = try Changes.last(tx)
            if last == since { return .none }
            let batch = try Changes.after(tx, since)
            // What is too old to be known may have been anything.
            let reaches = try Changes.reachesBack(tx, to: since)
            let isKnown = !batch.isFull && last > since && reaches
            let ours = batch.changes.filter { $0.organization == viewer.organization.id }
            if isKnown && !ours.contains(where: topic.concerns) { return .none }
            return .changed(last)
        }
    }
}

extension HTTPField.Name {
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
    /// Asks nginx to pass events on at once.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
