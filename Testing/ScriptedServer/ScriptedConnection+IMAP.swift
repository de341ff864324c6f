extension ScriptedConnection {
    /// The next IMAP command (RFC 9051, section 2.2.1) with all its literals: one that waits (`{5}`) gets a `+ OK`, one
    /// that does not (`{5+}`) is read straight on.
    /// - Returns: the tag; the name in upper case, with `UID` before those that it modifies ("UID FETCH"); and the
    ///   arguments as they came, literals and their line ends included.
    public func command() async throws -> (tag: String, name: String, rest: String) {
        var text = try await readLine()
        var line = text
        while let literal = ScriptedConnection.literal(endOf: line) {
            if literal.waits { try await send("+ OK\r\n") }
            let bytes = try await readExactly(literal.count)
            line = try await readLine()
            text += "\r\n" + String(decoding: bytes, as: UTF8.self) + line
        }
        let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard words.count >= 2 else { throw ScriptError.unexpected(line: text, expected: "tag command") }
        let (tag, name, rest) = (words[0], words[1].uppercased(), words.count > 2 ? words[2] : "")
        guard name == "UID" else { return (tag, name, rest) }
        let inner = rest.split(separator: " ", maxSplits: 1).map(String.init)
        return (tag, "UID " + (inner.first?.uppercased() ?? ""), inner.count > 1 ? inner[1] : "")
    }

    private static func literal(endOf line: String) -> (count: Int, waits: Bool)? {
        guard line.hasSuffix("}"), let open = line.lastIndex(of: "{") else { return nil }
        var inside = line[line.index(after: open)...].dropLast()
        let waits = !(inside.hasSuffix("+") || inside.hasSuffix("-"))
        if !waits { inside = inside.dropLast() }
        return Int(inside).map { ($0, waits) }
    }
}
