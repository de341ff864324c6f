extension ScriptedDialogue {
    /// The untagged answer to UID SEARCH, as far as the mirror uses it: ALL, a set of UIDs, and strings that stand in
    /// address fields or the Message-ID.
    func search(_ command: (tag: String, name: String, rest: String)) -> String {
        guard let folder = openFolder else { return "" }
        let isExtended = command.rest.hasPrefix("RETURN")
        var asked: AskedUIDs?
        if let start = command.rest.range(of: "UID ") {
            asked = AskedUIDs(command.rest[start.upperBound...].prefix { $0 != " " }, highest: folder.uids.last ?? 0)
        }
        let quoted = Self.quotedStrings(command.rest)
        let found = folder.entries.filter { entry in
            (asked?.contains(entry.uid) ?? true)
                && (quoted.isEmpty || quoted.contains { entry.letter.mentions($0) || entry.letter.id == $0 })
        }.map { "\($0.uid)" }
        if isExtended {
            return "* ESEARCH (TAG \"\(command.tag)\") UID"
                + (found.isEmpty ? "" : " ALL " + found.joined(separator: ",")) + "\r\n"
        }
        return "* SEARCH" + found.map { " " + $0 }.joined() + "\r\n"
    }

    private static func quotedStrings(_ text: String) -> [String] {
        let pieces = text.split(separator: "\"", omittingEmptySubsequences: false)
        return pieces.indices.filter { $0 % 2 == 1 }.map { String(pieces[$0]) }
    }

    /// The untagged answers to UID FETCH.
    func fetch(_ rest: String) -> String {
        guard let folder = openFolder else { return "" }
        let words = rest.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return "" }
        let asked = AskedUIDs(words[0], highest: folder.uids.last ?? 0)
        let items = String(words[1])
        var text = ""
        for (index, entry) in folder.entries.enumerated() where asked.contains(entry.uid) {
            text += "* \(index + 1) FETCH (UID \(entry.uid)\(Self.items(items, entry)))\r\n"
        }
        return text
    }

    private static func items(_ asked: String, _ entry: ScriptedFolder.Entry) -> String {
        let letter = entry.letter
        var text = ""
        if asked.contains("ENVELOPE") { text += " ENVELOPE \(letter.envelope)" }
        if asked.contains("INTERNALDATE") { text += " INTERNALDATE \"\(letter.internalDate)\"" }
        if asked.contains("RFC822.SIZE") { text += " RFC822.SIZE \(letter.size)" }
        if asked.contains("BODYSTRUCTURE") { text += " BODYSTRUCTURE \(letter.bodyStructure)" }
        var rest = asked[...]
        while let start = rest.firstRange(of: "BODY.PEEK["), let end = rest[start.upperBound...].firstIndex(of: "]") {
            let section = String(rest[start.upperBound..<end])
            rest = rest[rest.index(after: end)...]
            var limit: Int?
            if rest.hasPrefix("<0.") { limit = Int(rest.dropFirst(3).prefix { $0 != ">" }) }
            text += " BODY[\(section)]\(limit == nil ? "" : "<0>") \(literal(self.section(section, letter), limit))"
        }
        return text
    }

    private static func section(_ section: String, _ letter: Letter) -> String {
        if section.isEmpty { return letter.whole }
        if section.hasPrefix("HEADER.FIELDS") {
            return letter.header(section.split { " ()".contains($0) }.dropFirst().map { $0.uppercased() })
        }
        return letter.text
    }

    private static func literal(_ text: String, _ limit: Int?) -> String {
        let bytes = Array(text.utf8).prefix(limit ?? .max)
        return "{\(bytes.count)}\r\n" + String(decoding: bytes, as: UTF8.self)
    }
}
