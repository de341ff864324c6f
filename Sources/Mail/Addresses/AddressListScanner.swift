/// Walks through an address list once, collecting the pieces of a mailbox until it ends.
struct AddressListScanner {
    /// A word of a phrase or of an address without brackets.
    struct Piece {
        /// As written, with its quotes.
        let source: ArraySlice<UInt8>
        /// Without quotes and escapes.
        let text: [UInt8]
        let isQuoted: Bool
        let followsBlank: Bool
    }

    /// What has been read of the current mailbox.
    struct Parts {
        var before: [Piece] = []
        var angle: ArraySlice<UInt8>?
        var after: [Piece] = []
        var comments: [[UInt8]] = []
    }

    private let input: ArraySlice<UInt8>
    private let limit: Int
    /// Whether this is the text of an encoded word or a quoted string of another list.
    private let isNested: Bool
    private var position: Int
    private var parts = Parts()
    private var sawBlank = false
    private var result: [MailboxAddress] = []
    /// Once a quote or parenthesis is found to be open to the end, no later one is looked at: that keeps the work
    /// linear.
    private var quotesCount = true
    private var commentsCount = true

    init(_ input: ArraySlice<UInt8>, limit: Int, isNested: Bool = false) {
        self.input = input
        self.limit = limit
        self.isNested = isNested
        position = input.startIndex
    }

    mutating func mailboxes() -> [MailboxAddress] {
        while position < input.endIndex, result.count < limit {
            let byte = input[position]
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                finish()
                position += 1
            case UInt8(ascii: ":"): readColon()
            case UInt8(ascii: "<"): readAngle()
            case UInt8(ascii: "\"") where quotesCount: readQuoted()
            case UInt8(ascii: "(") where commentsCount: readComment()
            case _ where byte.isHeaderBlank:
                sawBlank = true
                position += 1
            case _ where Self.endsAtom(byte): position += 1
            default: readAtom()
            }
        }
        finish()
        return result
    }

    private static func endsAtom(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "\""):
            return true
        default: return byte.isHeaderBlank
        }
    }

    private mutating func append(_ source: ArraySlice<UInt8>, text: [UInt8], isQuoted: Bool) {
        let piece = Piece(source: source, text: text, isQuoted: isQuoted, followsBlank: sawBlank)
        if parts.angle == nil { parts.before.append(piece) } else { parts.after.append(piece) }
        sawBlank = false
    }

    private mutating func readAtom() {
        let start = position
        var text: [UInt8] = []
        while position < input.endIndex, !Self.endsAtom(input[position]) {
            let byte = input[position]
            if byte == UInt8(ascii: "["), let close = literalEnd() {
                text += input[position..<close]
                position = close
                continue
            }
            if byte == UInt8(ascii: "="), let end = encodedWordEnd() {
                text += input[position..<end]
                position = end
                continue
            }
            if byte == UInt8(ascii: "\\"), position + 1 < input.endIndex, !input[position + 1].isHeaderBlank {
                position += 1
            }
            text.append(input[position])
            position += 1
        }
        append(input[start..<position], text: text, isQuoted: false)
    }

    /// Behind the encoded word that stands here, in which commas and the like, though forbidden, end nothing.
    private func encodedWordEnd() -> Int? {
        guard let word = EncodedWord(at: position, in: input), word.end - word.text.endIndex == 2,
            !word.text.contains(where: \.isHeaderBlank)
        else { return nil }
        return word.end
    }

    /// Behind the bracket that closes the domain literal here: those of IPv6 have colons.
    private func literalEnd() -> Int? {
        guard position > input.startIndex, input[position - 1] == UInt8(ascii: "@") else { return nil }
        return input[position...].prefix(64).firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 }
    }

    private mutating func readQuoted() {
        guard let quoted = QuotedString(at: position, in: input) else {
            quotesCount = false
            position += 1
            return
        }
        // `"A <a@b>, "C" <c@d>`: the first quote was never closed; this one opens the next name.
        if quoted.end < input.endIndex, input[quoted.end].isAtomText, quoted.content.contains(UInt8(ascii: "<")),
            quoted.content.contains(UInt8(ascii: "@"))
        {
            position += 1
            return
        }
        append(input[position..<quoted.end], text: quoted.content, isQuoted: true)
        position = quoted.end
    }

    private mutating func readComment() {
        guard let comment = HeaderComment(at: position, in: input) else {
            commentsCount = false
            position += 1
            return
        }
        let content = Array(comment.content[...].trimmingHeaderBlanks)
        if !content.isEmpty { parts.comments.append(content) }
        position = comment.end
        sawBlank = true
    }

    /// The end of a group's name, of an obsolete route without brackets, or a slip.
    private mutating func readColon() {
        position += 1
        guard parts.angle == nil else { return }
        if let first = parts.before.first?.source.first, first != UInt8(ascii: "@"),
            parts.before.contains(where: { !$0.isQuoted && $0.source.contains(UInt8(ascii: "@")) })
        {
            finish()
        } else {
            parts = Parts()
        }
    }

    private mutating func readAngle() {
        if parts.angle != nil {
            // The comma is missing: the words behind the last bracket are this mailbox's name.
            let name = parts.before.isEmpty ? [] : parts.after
            if !parts.before.isEmpty { parts.after = [] }
            finish()
            parts.before = name
        }
        var start = position + 1
        position = start
        var mayHaveCommas = input[start...].first { !$0.isHeaderBlank } == UInt8(ascii: "@")
        while position < input.endIndex {
            let byte = input[position]
            switch byte {
            case UInt8(ascii: ">"):
                parts.angle = input[start..<position]
                position += 1
                return
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                if !mayHaveCommas || byte == UInt8(ascii: ";") {
                    parts.angle = input[start..<position]
                    return
                }
            case UInt8(ascii: ":"): mayHaveCommas = false
            case UInt8(ascii: "<"):
                // What stood behind the bracket before was part of the name.
                let text = input[start..<position].trimmingHeaderBlanks
                if !text.isEmpty {
                    sawBlank = true
                    append(text, text: Array(text), isQuoted: false)
                }
                start = position + 1
            case UInt8(ascii: "\"") where quotesCount:
                if skipQuotedLocalPart() { continue }
            case UInt8(ascii: "(") where commentsCount:
                if let comment = HeaderComment(at: position, in: input) {
                    position = comment.end
                    continue
                }
                commentsCount = false
            case UInt8(ascii: "\\"): position += 1
            default: break
            }
            position += 1
        }
        position = min(position, input.endIndex)
        parts.angle = input[start..<position]
    }

    private mutating func skipQuotedLocalPart() -> Bool {
        guard let quoted = QuotedString(at: position, in: input) else {
            quotesCount = false
            return false
        }
        guard quoted.end < input.endIndex else { return false }
        let next = input[quoted.end]
        guard next == UInt8(ascii: "@") || next == UInt8(ascii: ".") || next.isHeaderBlank else { return false }
        position = quoted.end
        return true
    }

    private mutating func finish() {
        let found = AddressListElement(parts, isNested: isNested).mailboxes(limit: limit - result.count)
        result += found
        parts = Parts()
        sawBlank = false
    }
}
