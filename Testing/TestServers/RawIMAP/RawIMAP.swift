import Foundation

/// A person's mail program in the tests: a deliberately simple IMAP client of one command at a time, which shares
/// nothing with the product's own and may therefore judge it.
public actor RawIMAP {
    /// The answer to a command that was accepted.
    public struct Reply: Sendable {
        /// What follows "OK", such as "[COPYUID 7 1:3 4:6] Done".
        public let text: String
        /// The untagged lines without their "* ", literals in place.
        public let lines: [[UInt8]]
    }

    private let executor = QueueExecutor("mailcard.raw-imap")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var socket: Socket?
    private var lastTag = 0
    private var selected: String?

    private init() {}

    /// - Throws: ``TestServerError`` when the server cannot be reached or refuses the password.
    public static func connect(port: Int, user: String, password: String) async throws -> RawIMAP {
        let client = RawIMAP()
        try await client.open(port: port)
        try await client.command("LOGIN \(quoted(user)) \(quoted(password))")
        return client
    }

    private func open(port: Int) throws {
        let socket = try Socket(port: port, timeout: 120)
        guard let greeting = try socket.readLine(), greeting.starts(with: "* OK".utf8) else {
            throw TestServerError.unexpected("IMAP: no greeting.")
        }
        self.socket = socket
    }

    public func logout() throws {
        try command("LOGOUT")
        socket = nil
    }

    /// Sends a command and waits for its end. `{}` in the text stands for one of `literals`, in order.
    /// - Throws: ``TestServerError/unexpected(_:)`` with the server's words when it answers NO or BAD.
    @discardableResult
    public func command(_ text: String, literals: [[UInt8]] = []) throws -> Reply {
        guard let socket else { throw TestServerError.unexpected("IMAP: not connected.") }
        lastTag += 1
        let tag = "T\(lastTag)"
        let pieces = text.components(separatedBy: "{}")
        guard pieces.count == literals.count + 1 else {
            throw TestServerError.unexpected("IMAP: \(pieces.count - 1) places for \(literals.count) literals.")
        }
        try socket.write("\(tag) \(pieces[0])")
        for (literal, piece) in zip(literals, pieces.dropFirst()) {
            try socket.write("{\(literal.count)}\r\n")
            guard let line = try nextLine(), line.first == UInt8(ascii: "+") else {
                throw TestServerError.unexpected("IMAP: the server did not ask for the literal of \(pieces[0])")
            }
            try socket.write(literal)
            try socket.write(piece)
        }
        try socket.write("\r\n")
        return try reply(to: tag, command: text)
    }

    private func reply(to tag: String, command: String) throws -> Reply {
        var lines: [[UInt8]] = []
        while let line = try nextLine() {
            if line.starts(with: "* ".utf8) {
                lines.append(Array(line.dropFirst(2)))
                continue
            }
            let answer = String(decoding: line, as: UTF8.self)
            guard answer.hasPrefix(tag + " ") else { continue }
            guard answer.hasPrefix(tag + " OK") else {
                throw TestServerError.unexpected("IMAP: \(command.prefix(200)): \(answer.dropFirst(tag.count + 1))")
            }
            return Reply(text: String(answer.dropFirst(tag.count + 4)), lines: lines)
        }
        throw TestServerError.unexpected("IMAP: the connection ended during \(command.prefix(200))")
    }

    /// One response with the literals it announces.
    private func nextLine() throws -> [UInt8]? {
        guard let socket, var line = try socket.readLine() else { return nil }
        while line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")),
            let length = Int(String(decoding: line[(open + 1)..<(line.count - 1)], as: UTF8.self))
        {
            line += [0x0D, 0x0A]
            line += try socket.read(length)
            guard let rest = try socket.readLine() else { return nil }
            line += rest
        }
        return line
    }

    /// Opens a folder for writing, unless it is open already.
    func select(_ folder: String) throws {
        guard selected != folder else { return }
        selected = nil
        try command("SELECT \(Self.name(folder))")
        selected = folder
    }

    /// Leaves the open folder without expunging.
    public func unselect() throws {
        guard selected != nil else { return }
        try command("EXAMINE INBOX")
        selected = nil
    }

    func forgetSelection(of folder: String) throws {
        if selected == folder { try unselect() }
    }

    static func quoted(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }

    static func name(_ folder: String) -> String { quoted(ModifiedUTF7.encode(folder)) }
}
