import Foundation

/// Fetches pages over one connection that is kept open, as a browser does.
struct PageFetcher {
    let socket: LoopbackSocket
    let cookie: String
    private var buffer: [UInt8] = []

    init(port: Int, sessionToken: String) throws {
        socket = try LoopbackSocket.connect(port: port)
        cookie = "mailcard_session=\(sessionToken)"
    }

    /// - Returns: the page's octets.
    mutating func get(_ path: String) throws -> [UInt8] {
        var request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: \(cookie)\r\n\r\n".utf8)
        guard request.withUnsafeMutableBytes({ socket.write(UnsafeRawBufferPointer($0)) }) else {
            throw BenchmarkError.unexpected("The server closed the connection.")
        }
        let head = String(decoding: try take(through: "\r\n\r\n"), as: UTF8.self)
        guard head.hasPrefix("HTTP/1.1 200") else { throw BenchmarkError.unexpected("\(path): \(head.prefix(80))") }
        if let length = head.split(separator: "\r\n").first(where: { $0.lowercased().hasPrefix("content-length:") }) {
            return try take(Int(length.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)) ?? 0)
        }
        var body: [UInt8] = []
        while true {
            let size = Int(String(decoding: try take(through: "\r\n").dropLast(2), as: UTF8.self), radix: 16) ?? 0
            body += try take(size)
            _ = try take(2)
            if size == 0 { return body }
        }
    }

    private mutating func take(through mark: String) throws -> [UInt8] {
        let mark = Array(mark.utf8)
        while true {
            if let range = buffer.firstRange(of: mark) { return try take(range.upperBound) }
            try fill()
        }
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { try fill() }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    private mutating func fill() throws {
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = room.withUnsafeMutableBytes { socket.read(into: $0) }
        if count == 0 { throw BenchmarkError.unexpected("The server closed the connection.") }
        buffer += room[..<count]
    }
}
