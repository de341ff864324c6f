/// Turns the HTML of a message into readable plain text: paragraphs, lists, links with their addresses, tables as rows,
/// quotations behind ">". What a reader of the mail would not see is left out: style sheets, scripts, comments, hidden
/// elements, the padding of previews, tracking images.
///
/// Any bytes will do: the HTML is read as browsers read it, in time proportional to its length and with memory bounded
/// by the input and the limits below.
public enum HTMLText {
    /// Bytes of text that ``render(_:limit:)`` returns when not told otherwise: some 400 printed pages, more than
    /// anyone reads on a card, while a generated report of a hundred megabytes does not fill the store.
    public static let defaultLimit = 1 << 20

    /// Elements that can be open at a time. Mail nests up to some 150, browsers stop at 512. The tags of deeper ones
    /// are passed over, their text is kept.
    public static let depthLimit = 512

    /// Depth of quotation that is shown by ">" signs; deeper quotations show as this deep. Otherwise each line of a
    /// message could grow by hundreds of signs.
    public static let quoteDepthLimit = 32

    /// Columns by which lists can be indented, so that deep ones keep room for text.
    public static let indentLimit = 40

    /// Bytes of an address that are shown behind a link's text. A meeting link of Microsoft Teams has some 270 and must
    /// stay usable; longer ones, which track the reader, are cut at their query.
    public static let addressLimit = 320

    /// The text of an HTML document or fragment.
    /// - Parameter limit: bytes of UTF-8 at most; more is cut off, at a character's boundary.
    public static func render(_ html: String, limit: Int = defaultLimit) -> String {
        render(valid: Array(html.utf8), limit: limit)
    }

    /// The text of an HTML document or fragment in UTF-8; malformed sequences count as U+FFFD.
    /// - Parameter limit: bytes of UTF-8 at most; more is cut off, at a character's boundary.
    public static func render(utf8 html: [UInt8], limit: Int = defaultLimit) -> String {
        let isValid = (try? UTF8Span(validating: html.span)) != nil
        return render(valid: isValid ? html : Array(String(decoding: html, as: UTF8.self).utf8), limit: limit)
    }

    private static func render(valid html: [UInt8], limit: Int) -> String {
        // Places in the text are kept in 32 bits.
        let limit = min(max(limit, 0), Int(Int32.max))
        var renderer = HTMLRenderer(html, limit: limit)
        renderer.run()
        return String(decoding: renderer.lines.assemble(limit: limit), as: UTF8.self)
    }
}
