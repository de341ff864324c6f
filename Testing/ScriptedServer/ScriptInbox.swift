import NIOCore

/// Holds what the client has sent until the script asks for it. Lives on the event loop of its connection.
final class ScriptInbox: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    enum Portion {
        /// Up to the next LF, which is included.
        case line
        case count(Int)
        /// All until the client closes.
        case rest
    }

    /// No test sends more in one line or literal; a client that does would otherwise fill the memory.
    private static let limit = 64 << 20

    private let record: ScriptRecord
    private let begin: (ScriptInbox, any Channel) -> Void
    private var buffer: [UInt8] = []
    private var position = 0
    private var searched = 0
    private var unrecorded: [UInt8] = []
    private var ended = false
    private var waiting: (portion: Portion, promise: EventLoopPromise<[UInt8]>)?

    /// - Parameter begin: called when the connection can be used.
    init(record: ScriptRecord, begin: @escaping (ScriptInbox, any Channel) -> Void) {
        self.record = record
        self.begin = begin
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(self, context.channel)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView
        buffer.append(contentsOf: bytes)
        unrecorded.append(contentsOf: bytes)
        while let end = unrecorded.firstIndex(of: UInt8(ascii: "\n")) {
            record.received(ScriptInbox.text(unrecorded[...end]))
            unrecorded.removeSubrange(...end)
        }
        answer()
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended = true
        answer()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ended = true
        answer()
        context.close(promise: nil)
    }

    func take(_ portion: Portion, on loop: any EventLoop) -> EventLoopFuture<[UInt8]> {
        precondition(waiting == nil, "A script reads from one place at a time.")
        let promise = loop.makePromise(of: [UInt8].self)
        waiting = (portion, promise)
        answer()
        return promise.futureResult
    }

    /// Forgets what has come and was not asked for.
    func discard() {
        buffer.removeAll()
        position = 0
        searched = 0
        unrecorded.removeAll()
    }

    private func answer() {
        guard let (portion, promise) = waiting else { return }
        if let bytes = cut(portion) {
            waiting = nil
            promise.succeed(bytes)
        } else if ended {
            waiting = nil
            promise.fail(ScriptError.clientLeft(rest: ScriptInbox.text(buffer[position...])))
        } else if buffer.count - position > ScriptInbox.limit {
            waiting = nil
            promise.fail(ScriptError.tooLong)
        }
    }

    private func cut(_ portion: Portion) -> [UInt8]? {
        let end: Int
        switch portion {
        case .line:
            guard let newline = buffer[max(position, searched)...].firstIndex(of: UInt8(ascii: "\n")) else {
                searched = buffer.count
                return nil
            }
            end = newline + 1
        case .count(let count):
            guard buffer.count - position >= count else { return nil }
            end = position + count
        case .rest:
            guard ended else { return nil }
            end = buffer.count
        }
        let bytes = Array(buffer[position..<end])
        position = end
        searched = end
        if position == buffer.count || position > 1 << 20 {
            buffer.removeSubrange(..<position)
            position = 0
            searched = 0
        }
        return bytes
    }

    static func text(_ line: ArraySlice<UInt8>) -> String {
        var line = line
        if line.last == UInt8(ascii: "\n") { line = line.dropLast() }
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        return String(decoding: line, as: UTF8.self)
    }
}
