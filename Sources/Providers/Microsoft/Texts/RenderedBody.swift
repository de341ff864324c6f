import Mail

/// Bodies as Graph gives them, made what a card shows.
enum RenderedBody {
    /// What Graph made of a message as plain text.
    static func text(_ content: String, limit: Int) -> RenderedText { render(content, isHTML: false, limit: limit) }

    /// HTML, rendered here.
    static func html(_ content: String, limit: Int) -> RenderedText { render(content, isHTML: true, limit: limit) }

    private static func render(_ content: String, isHTML: Bool, limit: Int) -> RenderedText {
        let bytes = Array(content.utf8)
        let part = SelectedPart(
            section: "1", isHTML: isHTML, charset: "utf-8", transferEncoding: .eightBit, octets: bytes.count)
        return MessageText.render([(part, bytes, isWhole: true)], limit: limit)
    }

    /// Characters without a line end from which a text is one that lost its paragraphs.
    private static let longLine = 2000

    /// Whether Graph's reduction to text is not worth showing: nothing but blanks and marks, rests of HTML or of style
    /// sheets, or paragraphs run together.
    static func isPoor(_ text: String) -> Bool {
        if !text.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) {
            return true
        }
        let start = text.prefix(4000).lowercased()
        if ["<html", "<body", "<div", "<table", "<p>", "<style", "@media", "mso-", "<!--"].contains(
            where: start.contains)
        {
            return true
        }
        return text.split(whereSeparator: \.isNewline).contains { $0.utf8.count > longLine && $0.count > longLine }
    }
}
