import Mail
import Wording

/// The text of an opened message in blocks: what was written, what was quoted, the signature.
struct TextBlock: Sendable {
    let isWritten: Bool
    let isQuoted: Bool
    let isSignature: Bool
    let runs: [TextRun]
    /// "12 quoted lines"
    let summary: Phrase

    static func blocks(of text: String) -> [TextBlock] {
        QuotedText.segments(of: text).compactMap(TextBlock.init)
    }

    /// Nil for one of blank lines only.
    private init?(_ segment: QuotedText.Segment) {
        let text = Self.trimmedLines(segment.text)
        guard !text.isEmpty else { return nil }
        isWritten = segment.kind == .written
        isQuoted = segment.kind == .quoted
        isSignature = segment.kind == .signature
        runs = TextRun.runs(of: text)
        let lines = text.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
        summary = .counting(
            lines, one: "Quoted text, \(count: lines) line", other: "Quoted text, \(count: lines) lines")
    }

    /// Without blank lines around it; blanks before the first word stay.
    private static func trimmedLines(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}

/// A piece of text, or a web address in it.
struct TextRun: Sendable {
    let text: String
    let link: String?

    /// Only http and https addresses become links; what mail calls a link otherwise stays text.
    static func runs(of text: String) -> [TextRun] {
        var runs: [TextRun] = []
        var plain = text.startIndex
        var index = text.startIndex
        while let start = text[index...].range(of: "http")?.lowerBound {
            let candidate = text[start...].prefix { !$0.isWhitespace && !"<>\"“”«»|\\^`{}".contains($0) }
            let address = withoutTrailingMarks(candidate)
            let lowered = address.prefix(8).lowercased()
            let length = lowered.hasPrefix("https://") ? 8 : lowered.hasPrefix("http://") ? 7 : 0
            let isWordStart = start == text.startIndex || !text[text.index(before: start)].isLetter
            if length > 0, address.count > length, isWordStart {
                if plain < start { runs.append(TextRun(text: String(text[plain..<start]), link: nil)) }
                runs.append(TextRun(text: String(address), link: String(address)))
                plain = address.endIndex
                index = plain
            } else {
                index = text.index(start, offsetBy: 4)
            }
        }
        if plain < text.endIndex { runs.append(TextRun(text: String(text[plain...]), link: nil)) }
        return runs
    }

    /// Marks at the end belong to the sentence; a closing bracket does unless the address opens one.
    private static func withoutTrailingMarks(_ candidate: Substring) -> Substring {
        var address = candidate
        while let last = address.last {
            if ".,;:!?'…*_".contains(last) || (last == ")" && !address.contains("("))
                || (last == "]" && !address.contains("["))
            {
                address.removeLast()
            } else {
                break
            }
        }
        return address
    }
}
