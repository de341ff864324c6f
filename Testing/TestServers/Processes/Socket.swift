import Foundation
import Glibc

/// A blocking TCP connection to a server on loopback, read by lines or by counted octets.
///
/// Not to be used on Swift's own threads where it may wait long; the actors of this library use a thread of their own.
final class Socket {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var position = 0

    /// - Parameter timeout: seconds that one read or write may wait.
    init(port: Int, timeout: Int = 30) throws(TestServerError) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .lastError(of: "socket") }
        Socket.prepare(descriptor, timeout: timeout)
        var address = Socket.loopback(port: port)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // All properties are set, so that deinit runs and closes it.
        guard status == 0 else { throw .lastError(of: "connect to 127.0.0.1:\(port)") }
    }

    /// Takes over a connection that was accepted.
    init(accepted descriptor: Int32, timeout: Int = 30) {
        self.descriptor = descriptor
        Socket.prepare(descriptor, timeout: timeout)
    }

    deinit { Glibc.close(descriptor) }

    private static func prepare(_ descriptor: Int32, timeout: Int) {
        var wait = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    func write(_ text: String) throws(TestServerError) { try write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) throws(TestServerError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .lastError(of: "send") }
            sent += count
        }
    }

    /// The next line without its end; nil when the peer has closed.
    func readLine() throws(TestServerError) -> [UInt8]? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                var line = buffer[position..<end]
                if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
                position = end + 1
                return Array(line)
            }
            let pending = buffer.count - position
            guard try fill() else { return nil }
            searched = position + pending
        }
    }

    /// Exactly `count` octets.
    func read(_ count: Int) throws(TestServerError) -> [UInt8] {
        while buffer.count - position < count {
            guard try fill() else { throw .unexpected("The connection ended before \(count) octets had come.") }
        }
        let bytes = Array(buffer[position..<position + count])
        position += count
        return bytes
    }

    /// Everything up to the end of the connection.
    func readToEnd() throws(TestServerError) -> [UInt8] {
        while try fill() {}
        let bytes = Array(buffer[position...])
        position = buffer.count
        return bytes
    }

    private func fill() throws(TestServerError) -> Bool {
        if position > 0 {
            buffer.removeSubrange(..<position)
            position = 0
        }
        return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) { room throws(TestServerError) in
            while true {
                let count = recv(descriptor, room.baseAddress!, room.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw TestServerError.lastError(of: "recv") }
                buffer.append(contentsOf: room[..<count])
                return count > 0
            }
        }
    }
}

extension TestServerError {
    static func lastError(of call: String) -> TestServerError {
        .system(call: call, reason: String(cString: strerror(errno)))
    }
}
