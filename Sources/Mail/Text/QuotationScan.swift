/// Finds out of each line of a text who speaks in it.
struct QuotationScan {
    enum Kind: Hashable {
        case written
        /// The lines over a forwarded text that is shown: they are shown too but tell nothing in a snippet.
        case forwardHeader
        case quoted
        case signature

        var segment: QuotedText.Segment.Kind {
            switch self {
            case .written, .forwardHeader: .written
            case .quoted: .quoted
            case .signature: .signature
            }
        }
    }

    /// Lines of a signature behind "--"; more are rather text behind a rule.
    private static let signatureLimit = 40

    private let lines: TextLines
    /// Of each line, told once: in a text of nothing but header lines each is looked at twenty times.
    private let labels: [HistoryMarker.Label?]

    init(_ lines: TextLines) {
        self.lines = lines
        labels = (0..<lines.count).map { HistoryMarker.label(lines.content($0)) }
    }

    func kinds() -> [Kind] {
        var kinds = [Kind](repeating: .written, count: lines.count)
        var start = 0
        while true {
            let end = classify(&kinds, from: start)
            markSignatures(&kinds, from: start, to: end.line)
            guard end.line < lines.count else { break }
            // What is nothing but another message is that message.
            guard !hasWriting(kinds, start..<end.line), end.textStart < lines.count, hasText(from: end.textStart) else {
                mark(&kinds, end.line..<lines.count, .quoted)
                break
            }
            mark(&kinds, end.line..<end.textStart, .forwardHeader)
            start = end.textStart
        }
        if !kinds.contains(where: { $0 != .signature }) { return kinds.map { _ in .written } }
        continueBlankLines(&kinds)
        return kinds
    }

    /// Where an earlier message begins that goes on to the end, and where its text does.
    private struct History {
        var line: Int
        var textStart: Int
    }

    private func mark(_ kinds: inout [Kind], _ range: Range<Int>, _ kind: Kind) {
        for index in range { kinds[index] = kind }
    }

    private func classify(_ kinds: inout [Kind], from start: Int) -> History {
        var index = start
        while index < lines.count {
            if lines.isQuoted(index) {
                if index == start || kinds[index - 1] != .quoted {
                    mark(&kinds, attribution(above: index, from: start)..<index, .quoted)
                }
                kinds[index] = .quoted
            } else if let textStart = historyHeader(at: index) {
                return History(line: withRule(above: index, from: start), textStart: textStart)
            } else if let first = attributionWithoutMarks(endingAt: index, from: start) {
                return History(line: first, textStart: index + 1)
            }
            index += 1
        }
        return History(line: lines.count, textStart: lines.count)
    }

    private func hasWriting(_ kinds: [Kind], _ range: Range<Int>) -> Bool {
        range.contains { kinds[$0] == .written && isText($0) || kinds[$0] == .quoted }
    }

    private func hasText(from start: Int) -> Bool { (start..<lines.count).contains { isText($0) } }

    private func isText(_ index: Int) -> Bool {
        lines.content(index).contains { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 }
    }

    private func continueBlankLines(_ kinds: inout [Kind]) {
        for index in kinds.indices.dropFirst() where kinds[index] != kinds[index - 1] && lines.isBlank(index) {
            kinds[index] = kinds[index - 1]
        }
    }

    // MARK: Quotations behind marks

    /// The first of the lines that say who wrote the quotation at `quotation`; that itself where none do.
    private func attribution(above quotation: Int, from start: Int) -> Int {
        var last = quotation - 1
        while last >= start, lines.isBlank(last), quotation - last <= 2 { last -= 1 }
        guard last >= start, Attribution.mayEnd(lines.content(last)) else { return quotation }
        return Attribution.firstLine(lines, last: last, from: start, isStrict: false) ?? quotation
    }

    /// The first line of an attribution that ends here and whose quotation bears no marks, as some programs for
    /// telephones write it.
    private func attributionWithoutMarks(endingAt last: Int, from start: Int) -> Int? {
        guard Attribution.mayEnd(lines.content(last)) else { return nil }
        var next = last + 1
        while next < lines.count, lines.isBlank(next) { next += 1 }
        guard next < lines.count, !lines.isQuoted(next) else { return nil }
        return Attribution.firstLine(lines, last: last, from: start, isStrict: true)
    }

    // MARK: Header blocks

    /// Where the text begins of a message whose header, or the separator before it, stands at the line.
    private func historyHeader(at index: Int) -> Int? {
        let line = lines.content(index)
        if HistoryMarker.isSeparator(line) {
            var next = index + 1
            while next < lines.count, lines.isBlank(next), next - index <= 3 { next += 1 }
            return headerBlock(at: next, isBehindSeparator: true) ?? index + 1
        }
        return headerBlock(at: index, isBehindSeparator: false)
    }

    /// Where the text begins behind a block of header lines that begins at `start`.
    private func headerBlock(at start: Int, isBehindSeparator: Bool) -> Int? {
        guard start < lines.count, let first = labels[start] else { return nil }
        guard first == .from || isBehindSeparator else { return nil }
        var found: Set<HistoryMarker.Label> = [first]
        var end = start + 1
        var index = start + 1
        // Long lists of recipients wrap.
        while index < lines.count, index - end <= 4, end - start < 20 {
            if let label = labels[index] {
                found.insert(label)
                end = index + 1
            } else if lines.isBlank(index) {
                guard index + 1 < lines.count, labels[index + 1] != nil else { break }
            }
            index += 1
        }
        let needed = isBehindSeparator ? 2 : 3
        guard found.count >= needed, found.contains(.date) || found.contains(.subject) else { return nil }
        return end
    }

    /// The line, or that of a rule ("________") above it.
    private func withRule(above index: Int, from start: Int) -> Int {
        var above = index - 1
        while above >= start, lines.isBlank(above), index - above <= 3 { above -= 1 }
        guard above >= start, HistoryMarker.isRule(lines.content(above)) else { return index }
        return above
    }

    // MARK: Signatures

    private func markSignatures(_ kinds: inout [Kind], from start: Int, to end: Int) {
        var runStart = start
        while runStart < end {
            guard kinds[runStart] == .written else {
                runStart += 1
                continue
            }
            var runEnd = runStart
            while runEnd < end, kinds[runEnd] == .written { runEnd += 1 }
            markSignature(&kinds, runStart..<runEnd)
            runStart = runEnd
        }
    }

    /// The signature at the end of what was written in one go.
    private func markSignature(_ kinds: inout [Kind], _ run: Range<Int>) {
        var end = run.upperBound
        let tail = max(run.lowerBound, end - Self.signatureLimit)..<end
        if let dashes = tail.last(where: { lines.content($0).elementsEqual("--".utf8) }) {
            mark(&kinds, dashes..<end, .signature)
            end = dashes
        }
        // "Sent from my iPhone", perhaps over another such line.
        for _ in 0..<2 {
            var last = end - 1
            while last >= run.lowerBound, lines.isBlank(last) { last -= 1 }
            guard last >= run.lowerBound, DeviceSignature.matches(lines.content(last)) else { return }
            mark(&kinds, last..<end, .signature)
            end = last
        }
    }
}
