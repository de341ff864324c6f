import Foundation

/// One connection to chromedriver, speaking the W3C WebDriver protocol.
actor WebDriver {
    private let executor = QueueExecutor("mailcard.webdriver")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let port: Int
    private var socket: Socket?

    init(port: Int) { self.port = port }

    /// - Returns: the answer's `value`.
    /// - Throws: ``WebDriverError`` with the driver's own words when it refuses.
    func send(_ method: String, _ path: String, _ body: JSON? = nil) throws -> JSON {
        let answer = try exchange(method, path, body)
        let value = try JSONDecoder().decode(JSON.self, from: Data(answer.body))["value"] ?? .null
        guard answer.status == 200 else {
            throw WebDriverError(code: value["error"]?.string ?? "unknown", message: value["message"]?.string ?? "")
        }
        return value
    }

    private func exchange(_ method: String, _ path: String, _ body: JSON?) throws -> HTTPMessage {
        let socket = try socket ?? Socket(port: port, timeout: 120)
        self.socket = nil
        let content = try body.map { try JSONEncoder().encode($0) } ?? Data()
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json; charset=utf-8\r\n"
        try socket.write(Array("\(head)Content-Length: \(content.count)\r\n\r\n".utf8) + content)
        guard let answer = try HTTPMessage.read(from: socket) else {
            throw TestServerError.unexpected("chromedriver closed the connection without an answer.")
        }
        if answer.fields["connection"]?.lowercased() != "close" { self.socket = socket }
        return answer
    }
}

/// The driver's refusal of a command, such as "no such element".
public struct WebDriverError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One of the error codes of the WebDriver standard.
    public let code: String
    public let message: String

    public var description: String { "\(code): \(message)" }
}
