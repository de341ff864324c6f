import Foundation
import Synchronization

/// Stands between a client and a server on loopback, passes everything on, and keeps what the client says.
final class WireRecorder: Sendable {
    let port: Int
    private let state = Mutex(State())
    private let descriptor: Int32

    private struct State {
        var sent: [[UInt8]] = []
        var received = 0
    }

    /// Octets and lines in both directions since the recorder began.
    struct Traffic {
        var sent = 0
        var received = 0
        var commands = 0

        static func - (left: Traffic, right: Traffic) -> Traffic {
            Traffic(
                sent: left.sent - right.sent, received: left.received - right.received,
                commands: left.commands - right.commands)
        }
    }

    init(to server: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = LoopbackSocket.address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, status) = (descriptor, 0)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == status && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard bound, listen(descriptor, 16) == 0 else { throw BenchmarkError.unexpected("No free port.") }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let accepted = accept(descriptor, nil, nil)
                if accepted < 0 { return }
                guard let self, let upstream = try? LoopbackSocket.connect(port: server) else { return }
                self.serve(LoopbackSocket(descriptor: accepted), upstream)
            }
        }
    }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func serve(_ client: LoopbackSocket, _ server: LoopbackSocket) {
        let index = state.withLock { state in
            state.sent.append([])
            return state.sent.count - 1
        }
        Thread.detachNewThread {
            Self.copy(client, server) { bytes in self.state.withLock { $0.sent[index].append(contentsOf: bytes) } }
        }
        Thread.detachNewThread {
            Self.copy(server, client) { bytes in self.state.withLock { $0.received += bytes.count } }
        }
    }

    private static func copy(
        _ from: LoopbackSocket, _ to: LoopbackSocket, _ note: (UnsafeRawBufferPointer) -> Void
    ) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = from.read(into: buffer)
            if count == 0 { break }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            note(bytes)
            if !to.write(bytes) { break }
        }
        to.endWriting()
    }

    var traffic: Traffic {
        state.withLock { state in
            Traffic(
                sent: state.sent.reduce(0) { $0 + $1.count }, received: state.received,
                commands: state.sent.reduce(0) { $0 + $1.count { $0 == 0x0a } })
        }
    }

    /// What was said on the connections that fetched messages, in lines.
    var dialogues: [[String]] {
        state.withLock { state in
            state.sent.map { String(decoding: $0, as: UTF8.self).split(separator: "\r\n").map(String.init) }
                .filter { $0.contains { $0.contains("UID FETCH") } }
        }
    }
}
