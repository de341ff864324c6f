/// Parts of a message's text: what its author wrote, what was quoted from earlier messages, signatures. Cards show the
/// first and fold the others.
public enum QuotedText {
    /// A run of whole lines of one kind.
    public struct Segment: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case written
            case quoted
            case signature
        }

        public var kind: Kind
        public var text: String

        public init(kind: Kind, text: String) {
            self.kind = kind
            self.text = text
        }
    }

    /// The text in segments; put together they give it back exactly.
    ///
    /// Quoted are lines behind ">" with the line that says who wrote them, and everything from a separator
    /// ("-----Original Message-----") or from a block of From, Sent, To, Subject on, as Outlook writes them, each in
    /// the languages of Europe and East Asia. A message that consists of nothing but another one, such as a forward
    /// without comment, is shown, not folded.
    public static func segments(of text: String) -> [Segment] {
        let lines = TextLines(text)
        var segments: [Segment] = []
        var start = 0
        let kinds = QuotationScan(lines).kinds()
        for index in 0..<lines.count where index + 1 == lines.count || kinds[index + 1].segment != kinds[index].segment
        {
            segments.append(Segment(kind: kinds[index].segment, text: lines.text(start..<index + 1)))
            start = index + 1
        }
        return segments
    }

    /// Octets of a text in which a snippet is looked for: quotations of some twenty pages may stand above it.
    static let snippetReach = 1 << 16

    /// The first words that the author wrote, in one line; those of the quotation where nothing was written within the
    /// first 64 KB.
    /// - Parameter limit: characters at most, with the "…" that shows that there are more.
    public static func snippet(of text: String, limit: Int = 160) -> String {
        let lines = TextLines(text, upTo: max(snippetReach, 32 * min(max(limit, 0), 1 << 20)))
        let kinds = QuotationScan(lines).kinds()
        for wanted in [[.written], [.quoted], [.signature, .forwardHeader]] as [[QuotationScan.Kind]] {
            var snippet = Snippet(limit: limit)
            for index in 0..<lines.count where wanted.contains(kinds[index]) {
                let line = lines.content(index)
                snippet.append(wanted.contains(.written) ? line : line.drop { $0 == UInt8(ascii: ">") || $0 <= 0x20 })
                if snippet.isFull { break }
            }
            if let result = snippet.finish() { return result }
        }
        return ""
    }
}
