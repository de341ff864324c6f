import Foundation

/// An HTTP/1.1 request or response with a Content-Length, or up to the end of the connection: all that the programs of
/// the tests send one another.
struct HTTPMessage {
    let firstLine: String
    /// By lower-case name.
    let fields: [String: String]
    let body: [UInt8]

    /// 0 for a request.
    var status: Int { Int(firstLine.split(separator: " ").dropFirst().first ?? "") ?? 0 }

    /// - Returns: nil when the connection has ended.
    static func read(from socket: Socket) throws(TestServerError) -> HTTPMessage? {
        guard let first = try socket.readLine() else { return nil }
        let firstLine = String(decoding: first, as: UTF8.self)
        var fields: [String: String] = [:]
        while let line = try socket.readLine(), !line.isEmpty {
            let text = String(decoding: line, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":") else { continue }
            fields[text[..<colon].lowercased()] = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        let body: [UInt8]
        if fields["transfer-encoding"]?.lowercased() == "chunked" {
            body = try chunks(from: socket)
        } else if let length = fields["content-length"].flatMap({ Int($0) }) {
            body = try socket.read(length)
        } else if firstLine.hasPrefix("HTTP/") {
            body = try socket.readToEnd()
        } else {
            body = []
        }
        return HTTPMessage(firstLine: firstLine, fields: fields, body: body)
    }

    private static func chunks(from socket: Socket) throws(TestServerError) -> [UInt8] {
        var body: [UInt8] = []
        while let line = try socket.readLine() {
            let digits = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
            guard let size = Int(digits.trimmingCharacters(in: .whitespaces), radix: 16) else {
                throw .unexpected("Not a chunk size: \(digits)")
            }
            if size > 0 { body += try socket.read(size) }
            _ = try socket.readLine()
            if size == 0 { break }
        }
        return body
    }
}
