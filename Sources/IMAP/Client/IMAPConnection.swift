import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// One connection to an IMAP server. Only commands that leave a mailbox as it is exist here: EXAMINE, never SELECT;
/// BODY.PEEK, never BODY.
///
/// One task uses a connection at a time. After an error for which ``IMAPError/endsConnection`` is true it is of no
/// further use.
public actor IMAPConnection {
    let channel: any Channel
    let handler: NIOLoopBound<ResponseHandler>
    let queue: ResponseQueue
    let deadlines: IMAPDeadlines
    let logger: Logger
    let endpoint: IMAPEndpoint
    /// What is known of the connection.
    public internal(set) var session = Session()
    /// Came and was not looked at yet.
    private var arrived: ArraySlice<Response> = []
    private var unparsable = UnparsableLimit()
    var hasEnded = false
    /// What NAMESPACE told, once it was asked.
    var knownForeignPrefixes: [[UInt8]]?

    init(
        channel: any Channel, handler: NIOLoopBound<ResponseHandler>, queue: ResponseQueue, endpoint: IMAPEndpoint,
        deadlines: IMAPDeadlines, logger: Logger
    ) {
        self.channel = channel
        self.handler = handler
        self.queue = queue
        self.endpoint = endpoint
        self.deadlines = deadlines
        self.logger = logger
    }

    deinit { channel.close(promise: nil) }

    /// The next response. All of them pass through the session first.
    func next(silence: Duration? = nil) async throws -> Response {
        if let response = arrived.popFirst() { return try taken(response) }
        let (channel, handler) = (channel, handler)
        do {
            arrived = try await queue.next(silence: silence ?? deadlines.silence) {
                channel.eventLoop.execute { handler.value.resume() }
            }[...]
        } catch {
            hasEnded = true
            // Whatever the system says of the end of a connection, the server's own words tell more.
            if case .closed? = error as? IMAPError, let farewell = session.farewell { throw IMAPError.closed(farewell) }
            throw error
        }
        return try taken(arrived.removeFirst())
    }

    private func taken(_ response: Response) throws -> Response {
        logger.trace("received", metadata: ["response": "\(response)"])
        do {
            try session.received(response)
        } catch {
            close()
            throw error
        }
        if case .unparsable(let reason) = response, case .tolerated(isLogged: true) = unparsable.received(response) {
            let isLast = unparsable.count == UnparsableLimit.logged
            logger.warning(
                "A response was not understood\(isLast ? "; further ones on this connection are not logged" : "")",
                metadata: ["reason": "\(reason)"])
        }
        return response
    }

    /// The greeting is not yet the session's.
    func nextGreeting(silence: Duration) async throws -> Response {
        let (channel, handler) = (channel, handler)
        if let response = arrived.popFirst() { return response }
        arrived = try await queue.next(silence: silence) { channel.eventLoop.execute { handler.value.resume() } }[...]
        return arrived.removeFirst()
    }

    /// The next response, or ``IMAPError/timedOut`` with the connection as good as before.
    func nextUnlessQuiet(for limit: Duration) async throws -> Response {
        do {
            return try await next(silence: limit)
        } catch IMAPError.timedOut {
            hasEnded = false
            throw IMAPError.timedOut
        }
    }

    /// Whether nothing has come that was not looked at.
    var isCaughtUp: Bool { arrived.isEmpty && queue.isEmpty }

    func write(_ bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    /// Sends a command and reads until its completion. Untagged data is given to `each`, in order.
    /// - Throws: ``IMAPError/refused(_:)`` for NO and BAD.
    @discardableResult
    func run(_ command: Command, silence: Duration? = nil, each: (Response) throws -> Void = { _ in }) async throws
        -> StatusResponse
    {
        let tag = try await send(command, silence: silence, each: each)
        return try checked(await completion(of: tag, silence: silence, each: each), command.name)
    }

    /// Sends a command, waiting for the server's leave before each literal where it has to be waited for.
    func send(_ command: Command, silence: Duration? = nil, each: (Response) throws -> Void = { _ in }) async throws
        -> String
    {
        if hasEnded { throw IMAPError.closed(session.farewell) }
        let tag = session.makeTag()
        let pieces = command.pieces(tag: tag, capabilities: literalCapabilities)
        logger.trace(
            "sent", metadata: ["tag": "\(tag)", "command": "\(command.isSecret ? command.name : command.text)"])
        for (index, piece) in pieces.enumerated() {
            write(piece)
            if index == pieces.count - 1 { break }
            waiting: while true {
                let response = try await next(silence: silence)
                switch response {
                case .continuation: break waiting
                case .tagged(tag, let status):
                    _ = try checked(status, command.name)
                    throw IMAPError.protocolViolation("\(command.name) was completed before it was sent")
                default: try give(response, to: each)
                }
            }
        }
        return tag
    }

    /// What decides whether literals have to be waited for.
    var literalCapabilities: Set<Capability> {
        session.knowsCapabilities ? session.capabilities : session.formerCapabilities
    }

    func completion(of tag: String, silence: Duration? = nil, each: (Response) throws -> Void = { _ in }) async throws
        -> StatusResponse
    {
        while true {
            let response = try await next(silence: silence)
            if case .tagged(let answered, let status) = response {
                if answered == tag { return status }
                continue
            }
            try give(response, to: each)
        }
    }

    /// A violation that the reader of an answer finds ends the connection: the rest of the answer would come next.
    private func give(_ response: Response, to each: (Response) throws -> Void) throws {
        do {
            try each(response)
        } catch IMAPError.protocolViolation(let reason) {
            close()
            throw IMAPError.protocolViolation(reason)
        }
    }

    func checked(_ status: StatusResponse, _ command: String) throws -> StatusResponse {
        guard status.status != .ok else { return status }
        throw IMAPError.refused(
            CommandRefusal(command: command, status: status.status, code: status.code?.name, text: status.text))
    }

    /// Ends the connection politely, without waiting long.
    public func logout() async {
        if !hasEnded, session.state != .loggedOut {
            _ = try? await run(Command("LOGOUT"), silence: .seconds(2))
        }
        hasEnded = true
        try? await channel.close()
    }

    /// Whether the connection is of no further use.
    public var isOver: Bool { hasEnded }

    /// Ends the connection at once.
    public func close() {
        hasEnded = true
        channel.close(promise: nil)
    }
}
