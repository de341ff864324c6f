/// Delivers mail to a server as a mail transport does (RFC 2033).
public enum LMTP {
    /// - Throws: when the server refuses the message for any of the recipients.
    public static func deliver(_ message: [UInt8], to recipients: [String], from sender: String, port: Int) async throws
    {
        try await Delivery().run(message, to: recipients, from: sender, port: port)
    }

    private actor Delivery {
        private let executor = QueueExecutor("mailcard.lmtp")
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        func run(_ message: [UInt8], to recipients: [String], from sender: String, port: Int) throws {
            let socket = try Socket(port: port)
            try expect("220", from: socket)
            try socket.write("LHLO client.example.test\r\n")
            try expect("250", from: socket)
            try socket.write("MAIL FROM:<\(sender)>\r\n")
            try expect("250", from: socket)
            for recipient in recipients {
                try socket.write("RCPT TO:<\(recipient)>\r\n")
                try expect("250", from: socket)
            }
            try socket.write("DATA\r\n")
            try expect("354", from: socket)
            try socket.write(stuffed(message))
            for _ in recipients { try expect("250", from: socket) }
            try socket.write("QUIT\r\n")
            _ = try? socket.readLine()
        }

        /// Lines ended by CRLF, leading dots doubled, and the final dot.
        private func stuffed(_ message: [UInt8]) -> [UInt8] {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(message.count + 16)
            var atStart = true
            var previous: UInt8 = 0
            for byte in message {
                if atStart, byte == UInt8(ascii: ".") { bytes.append(byte) }
                if byte == 0x0A, previous != 0x0D { bytes.append(0x0D) }
                bytes.append(byte)
                atStart = byte == 0x0A
                previous = byte
            }
            if !atStart { bytes += [0x0D, 0x0A] }
            return bytes + Array(".\r\n".utf8)
        }

        private func expect(_ code: String, from socket: Socket) throws {
            while let line = try socket.readLine() {
                let text = String(decoding: line, as: UTF8.self)
                guard text.hasPrefix(code) else {
                    throw TestServerError.unexpected("LMTP: \(code) was expected, and this came: \(text)")
                }
                if !text.dropFirst(3).hasPrefix("-") { return }
            }
            throw TestServerError.unexpected("LMTP: the connection ended where \(code) was expected.")
        }
    }
}
