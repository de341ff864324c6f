/// A letter as plain text: lines with the depth of their quotation.
struct PlainText: Sendable {
    enum Lines: Sendable {
        /// Soft line breaks that a reader joins again (RFC 3676).
        case flowed
        /// Line breaks at 72 columns that stay.
        case hard
        /// One line a paragraph.
        case unbroken
    }

    private var lines: [(depth: Int, text: String)] = []

    init(_ letter: Letter, headerBlocks: Bool) { append(letter, depth: 0, headerBlocks: headerBlocks) }

    private mutating func append(_ letter: Letter, depth: Int, headerBlocks: Bool) {
        for line in letter.body.lines { lines.append((depth, line)) }
        if !letter.signature.isEmpty {
            lines.append((depth, ""))
            lines.append((depth, "-- "))
            for line in letter.signature { lines.append((depth, line)) }
        }
        guard let previous = letter.history.first else { return }
        let earlier = previous.with(history: Array(letter.history.dropFirst()))
        lines.append((depth, ""))
        if headerBlocks || letter.kind == .forward {
            lines.append((depth, letter.kind == .forward ? previous.forwardMark : "-----Original Message-----"))
            for (label, value) in previous.headerBlock { lines.append((depth, "\(label) \(value)")) }
            lines.append((depth, ""))
            append(earlier, depth: depth, headerBlocks: headerBlocks)
        } else {
            lines.append((depth, previous.attribution))
            append(earlier, depth: depth + 1, headerBlocks: false)
        }
    }

    /// The text with CRLF at each line's end.
    func text(_ kind: Lines) -> String {
        var result = ""
        for (depth, text) in lines {
            let prefix =
                switch kind {
                case .flowed: String(repeating: ">", count: depth) + (depth > 0 && !text.isEmpty ? " " : "")
                case .hard, .unbroken: String(repeating: "> ", count: depth)
                }
            for line in Self.divide(text, kind, room: 72 - prefix.count) {
                let stuffed =
                    kind == .flowed && depth == 0
                    && (line.hasPrefix(" ") || line.hasPrefix(">") || line.hasPrefix("From "))
                result += prefix + (stuffed ? " " : "") + line + "\r\n"
            }
        }
        return result
    }

    private static func divide(_ text: String, _ kind: Lines, room: Int) -> [String] {
        if kind == .unbroken || text.count <= room || text == "-- " { return [text] }
        var result: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, line.count + 1 + word.count > room {
                result.append(kind == .flowed ? line + " " : line)
                line = String(word)
            } else {
                line = line.isEmpty ? String(word) : line + " " + word
            }
        }
        return result + [line]
    }
}
