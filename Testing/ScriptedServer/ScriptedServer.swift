import NIOCore
import NIOPosix

/// A server on loopback that plays a script against each client that connects, for tests of clients: it can answer what
/// no real server would, stall, and close wherever the test wants.
///
/// Ends with ``stop()``, at the latest when the last reference goes.
public final class ScriptedServer: Sendable {
    /// The port on 127.0.0.1.
    public let port: Int

    private let listener: any Channel
    private let record: ScriptRecord

    private init(listener: any Channel, port: Int, record: ScriptRecord) {
        self.listener = listener
        self.port = port
        self.record = record
    }

    deinit {
        listener.close(promise: nil)
        let channels = record.state.withLock { state in
            state.stopped = true
            for play in state.plays.values { play.cancel() }
            return Array(state.channels.values)
        }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Starts to listen.
    /// - Parameters:
    ///   - tls: speaks TLS from the first octet with this certificate; nil for plain text.
    ///   - play: runs once for each connection, which closes when it returns. One that throws closes its connection
    ///   too, and its error is kept in ``failures``.
    public static func start(
        tls: ScriptTLS? = nil, _ play: @escaping @Sendable (ScriptedConnection) async throws -> Void
    ) async throws -> ScriptedServer {
        let record = ScriptRecord()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 128)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
                    try channel.pipeline.syncOperations.addHandler(
                        ScriptInbox(record: record) { inbox, channel in begin(play, inbox, channel, record) })
                }
            }
        let listener: any Channel
        do {
            listener = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        } catch {
            throw ScriptError.cannotListen(reason: String(describing: error))
        }
        guard let port = listener.localAddress?.port else { throw ScriptError.cannotListen(reason: "no port") }
        return ScriptedServer(listener: listener, port: port, record: record)
    }

    private static func begin(
        _ play: @escaping @Sendable (ScriptedConnection) async throws -> Void, _ inbox: ScriptInbox,
        _ channel: any Channel,
        _ record: ScriptRecord
    ) {
        guard let index = record.opened(channel) else { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in record.closed(channel) }
        let connection = ScriptedConnection(
            index: index, channel: channel, inbox: NIOLoopBound(inbox, eventLoop: channel.eventLoop))
        record.perform(index) {
            do { try await play(connection) } catch { record.failed(error) }
            await connection.close()
        }
    }

    /// How many connections were accepted so far.
    public var connections: Int { record.state.withLock { $0.connections } }

    /// All lines that came so far, without their ends, in the order of arrival, whether the script read them or not.
    /// What came through TLS is here as plain text.
    public var received: [String] { record.state.withLock { $0.received } }

    /// The errors of plays that threw before ``stop()``.
    public var failures: [String] { record.state.withLock { $0.failures } }

    /// Closes the port and all connections, and returns when every play has ended.
    public func stop() async {
        try? await listener.close()
        await record.stop()
    }
}
