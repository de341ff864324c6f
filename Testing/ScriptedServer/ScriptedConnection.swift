import Glibc
import NIOCore
import NIOSSL

/// One client's connection, as its script sees it. Reads and writes happen in the order in which the script asks for
/// them.
public struct ScriptedConnection: Sendable {
    /// The number of the connection on its server, counted from 0.
    public let index: Int

    private let channel: any Channel
    private let inbox: NIOLoopBound<ScriptInbox>

    init(index: Int, channel: any Channel, inbox: NIOLoopBound<ScriptInbox>) {
        self.index = index
        self.channel = channel
        self.inbox = inbox
    }

    // MARK: Speaking

    /// Sends the text as it is; line ends are the script's business.
    public func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    public func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Sends every octet in a write of its own.
    /// - Parameter pause: the wait after each, so that the client reads them one by one.
    public func sendByteByByte(_ text: String, pause: Duration = .zero) async throws {
        for byte in text.utf8 {
            try await send([byte])
            if pause > .zero { try await Task.sleep(for: pause) } else { await Task.yield() }
        }
    }

    // MARK: Listening

    /// The next line without its end.
    public func readLine() async throws -> String { ScriptInbox.text(try await take(.line)[...]) }

    public func readExactly(_ count: Int) async throws -> [UInt8] { try await take(.count(count)) }

    /// All that comes until the client closes.
    public func readToEnd() async throws -> [UInt8] { try await take(.rest) }

    /// The next line, which must begin so (ASCII case is ignored).
    /// - Returns: what follows the prefix.
    @discardableResult public func expect(prefix: String) async throws -> String {
        let line = try await readLine()
        guard line.lowercased().hasPrefix(prefix.lowercased()) else {
            throw ScriptError.unexpected(line: line, expected: prefix)
        }
        return String(line.dropFirst(prefix.count))
    }

    private func take(_ portion: ScriptInbox.Portion) async throws -> [UInt8] {
        let (inbox, loop) = (inbox, channel.eventLoop)
        return try await loop.flatSubmit { inbox.value.take(portion, on: loop) }.get()
    }

    // MARK: The connection itself

    /// Sends `answer` and speaks TLS from then on. Both happen at once, so that a client's handshake never overtakes
    /// it. What the client sent before and the script did not read is forgotten.
    public func startTLS(after answer: String, _ tls: ScriptTLS) async throws {
        let (inbox, channel) = (inbox, channel)
        try await channel.eventLoop.flatSubmit {
            channel.writeAndFlush(ByteBuffer(string: answer), promise: nil)
            inbox.value.discard()
            return channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(tls.handler(), position: .first)
            }
        }.get()
    }

    /// As ``startTLS(after:_:)``, with the certificate in PEM files.
    public func startTLS(after answer: String, certificatePath: String, keyPath: String) async throws {
        try await startTLS(after: answer, ScriptTLS(certificatePath: certificatePath, keyPath: keyPath))
    }

    /// Closes the connection, after what was sent has gone out.
    public func close() async { try? await channel.close() }

    /// Closes it with a TCP reset, as a peer that crashed.
    public func reset() async {
        try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try? await channel.close()
    }

    /// Says nothing more and keeps the connection open until the client or the server's `stop()` ends it.
    public func stall() async { try? await channel.closeFuture.get() }
}
