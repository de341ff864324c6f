import Foundation
import Glibc

/// Accepts connections on a free loopback port and serves each on a thread of its own until it is closed.
final class Listener: Sendable {
    let port: Int
    private let descriptor: Int32

    init(serve: @escaping @Sendable (Socket) -> Void) throws(TestServerError) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .lastError(of: "socket") }
        guard let port = FreePorts.bind(descriptor), listen(descriptor, 64) == 0 else {
            let error = TestServerError.lastError(of: "listen")
            Glibc.close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.port = port
        Thread.detachNewThread {
            while true {
                let accepted = accept(descriptor, nil, nil)
                if accepted < 0 {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    Glibc.close(descriptor)
                    return
                }
                _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                Thread.detachNewThread { serve(Socket(accepted: accepted)) }
            }
        }
    }

    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// Loopback ports on which nothing listens at this moment. Another program may take one before it is used, so whoever
/// starts a server on it must be ready to try again.
public enum FreePorts {
    public static func take(_ count: Int) throws(TestServerError) -> [Int] {
        var held: [Int32] = []
        defer { for descriptor in held { Glibc.close(descriptor) } }
        var ports: [Int] = []
        for _ in 0..<count {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            guard descriptor >= 0 else { throw .lastError(of: "socket") }
            held.append(descriptor)
            guard let port = bind(descriptor) else { throw .lastError(of: "bind") }
            ports.append(port)
        }
        return ports
    }

    static func bind(_ descriptor: Int32) -> Int? {
        var address = Socket.loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let done = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        return done ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }
}
