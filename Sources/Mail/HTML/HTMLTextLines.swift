/// The text under construction: lines, each with its depth of quotation and its indentation, white space collapsed as
/// CSS prescribes. Prefixes such as "> " come in only when ``assemble(limit:)`` puts the lines together, so that lines
/// can be moved about before.
struct HTMLTextLines {
    struct Line {
        /// Where the line's text begins and ends in `text`.
        var start: UInt32
        var end: UInt32
        var quoteDepth: UInt8
        var indent: UInt8
        /// Whether a blank line stands before it.
        var hasGap: Bool

        var range: Range<Int> { Int(start)..<Int(end) }
        var count: Int { Int(end - start) }
    }

    /// Bytes of text, plus one for each line, after which nothing more is taken.
    let limit: Int
    private(set) var text: [UInt8] = []
    private(set) var lines: [Line] = []
    /// What a line that begins now gets.
    var quoteDepth: UInt8 = 0
    var indent: UInt8 = 0

    /// The bullet or number that the next line begins with, and how far that is indented.
    private var marker: (text: [UInt8], indent: UInt8)?
    private var isOpen = false
    private var wantsGap = false
    /// White space that counts only when something visible follows: collapsible, or kept as it is.
    private var pendingSpace = false
    private var pendingFixed: [UInt8] = []
    /// A zero-width joiner seen after something visible, and how many of them in a row.
    private var pendingJoiner: [UInt8] = []
    private var joinerCount = 0
    /// Direction marks seen where no line is open.
    private var pendingMarks: [UInt8] = []
    /// Whether the line, still empty, holds a no-break space, which gives it height in a browser.
    private var isPropped = false
    /// The alternative text of an image that is alone on its line so far.
    private var loneImage: ArraySlice<UInt8>?

    /// No-break spaces in a row that are kept.
    private static let fixedSpaceLimit = 32
    /// Direction marks in a row that are kept.
    private static let markLimit = 24

    init(limit: Int) {
        self.limit = limit
    }

    var isFull: Bool { text.count + lines.count >= limit }
    /// Whether nothing visible stands on the line yet.
    var isAtLineStart: Bool { !isOpen }

    // MARK: Lines

    /// Ends the line, when there is one: a block begins or ends here.
    mutating func endLine() {
        if !isOpen, let alternative = loneImage {
            loneImage = nil
            append(alternative, whiteSpace: .normal)
        }
        if isOpen {
            closeLine()
        } else if isPropped {
            wantsGap = true
        }
        clearPending()
    }

    /// Ends the line and asks for a blank line before the next.
    mutating func endParagraph() {
        endLine()
        // Between a bullet and its text there is none.
        if marker == nil { wantsGap = true }
    }

    /// `<br>`: ends the line, or leaves a blank one when it is empty.
    mutating func breakLine() {
        let isEmpty = !isOpen && loneImage == nil
        endLine()
        if isEmpty { wantsGap = true }
    }

    /// A line break in preformatted text, where every empty line counts.
    private mutating func breakPreformattedLine() {
        if !isOpen { openLine() }
        closeLine()
        clearPending()
    }

    /// Forgets the blank line that was asked for, as between the items of a list.
    mutating func dropGap() { wantsGap = false }

    /// Forgets that a no-break space keeps the empty line open, as in the spacer cells of a layout.
    mutating func dropProp() { isPropped = false }

    /// A line of underscores, the sign for a rule, unless one stands there already.
    mutating func appendRule() {
        endLine()
        if let last = lines.last, last.count == Self.rule.count, text[last.range].elementsEqual(Self.rule) { return }
        append(Self.rule[...], whiteSpace: .normal)
        endLine()
    }

    /// As Outlook writes it in plain text, which whoever folds quotes looks for.
    private static let rule = [UInt8](repeating: UInt8(ascii: "_"), count: 32)

    mutating func setMarker(_ text: [UInt8], indent: UInt8) { marker = (text, indent) }
    mutating func clearMarker() { marker = nil }

    private mutating func openLine() {
        var line = Line(
            start: UInt32(text.count), end: UInt32(text.count), quoteDepth: quoteDepth, indent: indent,
            hasGap: wantsGap && !lines.isEmpty)
        if let marker {
            line.indent = marker.indent
            text += marker.text
        }
        marker = nil
        text += pendingMarks
        pendingMarks.removeAll(keepingCapacity: true)
        lines.append(line)
        isOpen = true
        wantsGap = false
        loneImage = nil
    }

    private mutating func closeLine() {
        text += pendingMarks
        // The delimiter of a signature is two dashes and a space.
        if pendingSpace || !pendingFixed.isEmpty,
            text[Int(lines[lines.count - 1].start)...].elementsEqual([0x2D, 0x2D])
        {
            text.append(0x20)
        }
        lines[lines.count - 1].end = UInt32(text.count)
        isOpen = false
    }

    private mutating func clearPending() {
        pendingSpace = false
        pendingFixed.removeAll(keepingCapacity: true)
        pendingMarks.removeAll(keepingCapacity: true)
        joinerCount = 0
        isPropped = false
    }

    // MARK: Text

    /// Adds text of the document.
    mutating func append(_ run: ArraySlice<UInt8>, whiteSpace: HTMLInlineStyle.WhiteSpace) {
        var index = run.startIndex
        let end = run.endIndex
        while index < end, !isFull {
            let byte = run[index]
            if byte > 0x20, byte < 0x7F {
                let start = index
                index = Self.endOfPlainRun(run.span, from: index - run.startIndex) + run.startIndex
                appendVisible(run[start..<index])
            } else if byte >= 0x80 {
                index = appendScalar(run, at: index, whiteSpace: whiteSpace)
            } else {
                index += 1
                switch (byte, whiteSpace) {
                case (0x0A, .pre): breakPreformattedLine()
                case (0x20, .pre), (0x09, .pre): pendingFixed.append(byte)
                case (0x20, _), (0x09, _), (0x0A, _), (0x0C, _): pendingSpace = true
                // Control characters show nothing, and stores refuse NUL.
                default: break
                }
            }
        }
    }

    /// Past the printable ASCII from that index on, single spaces between words included.
    private static func endOfPlainRun(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte > 0x20, byte < 0x7F {
                index += 1
            } else if byte == 0x20, index + 1 < bytes.count, bytes[index + 1] > 0x20, bytes[index + 1] < 0x7F {
                index += 2
            } else {
                break
            }
        }
        return index
    }

    private mutating func appendVisible(_ run: ArraySlice<UInt8>) {
        if !isOpen {
            openLine()
            // Spaces that begin a line count in preformatted text only.
            if !isPropped { text += pendingFixed }
        } else if pendingSpace || !pendingFixed.isEmpty {
            text += pendingFixed
            if pendingSpace { text.append(0x20) }
            text += pendingMarks
            pendingMarks.removeAll(keepingCapacity: true)
        } else if joinerCount == 1 {
            text += pendingJoiner
        }
        pendingSpace = false
        joinerCount = 0
        isPropped = false
        if !pendingFixed.isEmpty { pendingFixed.removeAll(keepingCapacity: true) }
        text += run.prefix(max(0, limit - text.count))
    }

    /// Adds the character that begins at that index and returns where the next one does.
    private mutating func appendScalar(
        _ run: ArraySlice<UInt8>, at index: Int, whiteSpace: HTMLInlineStyle.WhiteSpace
    ) -> Int {
        let lead = run[index]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        let end = min(index + length, run.endIndex)
        let scalar = run[index..<end]
        switch HTMLCharacterRole(scalar) {
        case .visible:
            appendVisible(scalar)
        case .fixedSpace:
            if !isOpen, whiteSpace == .normal { isPropped = true }
            if whiteSpace == .pre || pendingFixed.count < Self.fixedSpaceLimit {
                if scalar.first == 0xC2 { pendingFixed.append(0x20) } else { pendingFixed += scalar }
            }
        case .joiner:
            if isOpen, !pendingSpace, pendingFixed.isEmpty {
                joinerCount += 1
                pendingJoiner = Array(scalar)
            }
        case .directionMark:
            if isOpen, !pendingSpace, pendingFixed.isEmpty {
                text += scalar
            } else if pendingMarks.count < Self.markLimit {
                pendingMarks += scalar
            }
        case .lineBreak:
            breakLine()
        case .nothing:
            break
        }
        return end
    }

    /// Adds text of ours directly after the last visible character, on the line before when none is open.
    mutating func attach(_ addition: [UInt8]) {
        guard !lines.isEmpty, !isFull else { return }
        text += addition
        if !isOpen { lines[lines.count - 1].end = UInt32(text.count) }
    }

    /// An image's alternative text, which is shown when the line remains empty otherwise.
    mutating func noteImage(_ alternative: ArraySlice<UInt8>) {
        if !isOpen, loneImage == nil { loneImage = alternative }
    }

    /// Puts that text in place of all that the open line holds.
    mutating func replaceOpenLine(with replacement: [UInt8], indent: UInt8) {
        guard isOpen else { return }
        let last = lines.count - 1
        text.removeSubrange(Int(lines[last].start)...)
        text += replacement
        lines[last].indent = indent
        pendingSpace = false
        pendingFixed.removeAll(keepingCapacity: true)
    }

    // MARK: Rearranging

    /// A line put together from pieces of the text that is there.
    struct Arranged {
        enum Piece {
            case text(Range<Int>)
            case literal(StaticString)
        }

        var line: Line
        var pieces: [Piece]
    }

    /// Puts other lines in place of all from that index on. No line is open then.
    mutating func replaceLines(from first: Int, with arranged: [Arranged]) {
        guard first < lines.count else { return }
        let base = Int(lines[first].start)
        let old = Array(text[base...])
        text.removeSubrange(base...)
        lines.removeSubrange(first...)
        for item in arranged {
            var line = item.line
            line.start = UInt32(text.count)
            for piece in item.pieces {
                switch piece {
                case .text(let range): text += old[(range.lowerBound - base)..<(range.upperBound - base)]
                case .literal(let literal): literal.withUTF8Buffer { text += $0 }
                }
            }
            line.end = UInt32(text.count)
            lines.append(line)
        }
    }
}
