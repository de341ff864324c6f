import Foundation
import Synchronization

/// An SMTP server (RFC 5321) on loopback that takes every message and keeps it.
public final class SMTPSink: Sendable {
    public struct Received: Sendable {
        public let sender: String
        public let recipients: [String]
        public let message: [UInt8]
    }

    private final class Box: Sendable {
        let messages = Mutex<[Received]>([])
    }

    private let box: Box
    private let listener: Listener
    public var port: Int { listener.port }

    public init() throws(TestServerError) {
        let box = Box()
        self.box = box
        listener = try Listener { socket in try? SMTPSink.serve(socket, into: box) }
    }

    /// What has come so far, in order.
    public var received: [Received] { box.messages.withLock { $0 } }

    private static func serve(_ socket: Socket, into box: Box) throws {
        try socket.write("220 sink.example.test ESMTP\r\n")
        var sender = ""
        var recipients: [String] = []
        while let line = try socket.readLine() {
            let text = String(decoding: line, as: UTF8.self)
            switch text.prefix(4).uppercased() {
            case "EHLO": try socket.write("250-sink.example.test\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
            case "MAIL":
                sender = address(in: text)
                recipients = []
                try socket.write("250 2.1.0 OK\r\n")
            case "RCPT":
                recipients.append(address(in: text))
                try socket.write("250 2.1.5 OK\r\n")
            case "DATA":
                try socket.write("354 Go ahead\r\n")
                let message = try data(from: socket)
                box.messages.withLock { $0.append(Received(sender: sender, recipients: recipients, message: message)) }
                try socket.write("250 2.0.0 Kept\r\n")
            case "QUIT":
                try socket.write("221 2.0.0 Bye\r\n")
                return
            default: try socket.write("250 2.0.0 OK\r\n")
            }
        }
    }

    private static func address(in command: String) -> String {
        guard let open = command.firstIndex(of: "<"), let close = command[open...].firstIndex(of: ">") else {
            return ""
        }
        return String(command[command.index(after: open)..<close])
    }

    private static func data(from socket: Socket) throws -> [UInt8] {
        var message: [UInt8] = []
        while let line = try socket.readLine(), line != [UInt8(ascii: ".")] {
            message += line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...]
            message += [0x0D, 0x0A]
        }
        return message
    }
}
