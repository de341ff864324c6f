import Testing

@testable import Mail

/// Input made to hurt: each of these must be rendered in time proportional to its length.
@Suite struct HTMLTextLimitTests {
    private func repeated(_ piece: String, bytes: Int) -> [UInt8] {
        let piece = Array(piece.utf8)
        return (0..<(bytes / piece.count)).flatMap { _ in piece }
    }

    @Test(arguments: [
        "<div>", "<b>", "<table>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<a href=x:y>", "<svg>", "<x-y>",
        "<p>",
        "</p>", "</div>", "</b>", "<br>", "<hr>", "<!--", "<![CDATA[", "<a b=", "&", "<", "&#", "&a", "&#x1F600;",
        "\u{0}",
        "\n", " ", "<pre>\n", "<td>", "<tr>", "<li>", "<q>", "<select>", "<body>", "<template>", "<h1>", "<button><a>",
        "a<div><span>", "<table><td>a<td>b</table>", "<a href=http://a.b>c</a>", "&nbsp;", "\u{200D}", "\u{200E}",
        "<title></title>", "<script>", "<!doctype>", "</", "<a/", "<ol type=i start=3999><li>x",
    ])
    func `a million bytes of one thing end well`(piece: String) {
        let text = HTMLText.render(utf8: repeated(piece, bytes: 1_000_000) + Array("end".utf8), limit: 100_000)
        #expect(text.utf8.count <= 100_000)
    }

    @Test func `text below the deepest element is kept`() {
        let html = repeated("<div>", bytes: 5_000_000) + Array("deep".utf8) + repeated("</div>", bytes: 6_000_000)
        #expect(HTMLText.render(utf8: html + Array("after".utf8)) == "deep\nafter")
    }

    @Test func `end tags at full depth cost no search`() {
        let spans = repeated("<span>", bytes: 6 * 600)
        let html = Array("<p><table><tr><td>".utf8) + spans + repeated("</p>", bytes: 2_000_000) + Array("a".utf8)
        #expect(HTMLText.render(utf8: html) == "a")
    }

    @Test func `a tag keeps its first attributes and drops the others`() {
        let many = (0..<100_000).map { "a\($0)=\($0) " }.joined()
        var tokenizer = HTMLTokenizer(Array("<p \(many)>x".utf8))
        guard case .startTag(let tag) = tokenizer.next() else { return #expect(Bool(false)) }
        #expect(tag.attributes.count == HTMLTokenizer.attributeLimit)
        #expect(tag.attributes.last.map { Array($0.value) } == Array("\(HTMLTokenizer.attributeLimit - 1)".utf8))
        #expect(tokenizer.next() == .characters(Array("x".utf8)[...]))
    }

    @Test func `a million equal attributes are one`() {
        let html = Array("<p ".utf8) + repeated("a=1 ", bytes: 4_000_000) + Array(">x".utf8)
        #expect(HTMLText.render(utf8: html) == "x")
    }

    @Test(arguments: ["title", "style", "href", "class", "alt"])
    func `an attribute of ten megabytes is read`(name: String) {
        let html = Array("<a \(name)=\"".utf8) + repeated("a&amp;;:", bytes: 10_000_000) + Array("\">x</a>".utf8)
        #expect(HTMLText.render(utf8: html) == "x")
    }

    @Test func `an unclosed comment hides the rest and nothing before`() {
        #expect(HTMLText.render(utf8: Array("a<!-- ".utf8) + repeated("--! <b>", bytes: 5_000_000)) == "a")
    }

    @Test(arguments: 0..<40)
    func `the text is cut at a character's boundary`(limit: Int) {
        let html = "<blockquote><p>aé€😀</p><ul><li>é€😀<li>b</ul></blockquote><table><th>€<th>😀</table>"
        let whole = HTMLText.render(html)
        let cut = HTMLText.render(html, limit: limit)
        #expect(cut.utf8.count <= limit)
        #expect(!cut.unicodeScalars.contains("\u{FFFD}"))
        #expect(limit >= 8 || whole.utf8.starts(with: cut.utf8))
    }

    @Test func `the quotation marks of deep quotations are limited`() {
        let html = repeated("<blockquote>", bytes: 12 * 400) + Array("a".utf8)
        #expect(HTMLText.render(utf8: html) == String(repeating: ">", count: HTMLText.quoteDepthLimit) + " a")
    }

    @Test func `no address breaks its line`() {
        let text = HTMLText.render("<a href='https://e.x/&#10;a&#x2028;b&#x85;c&#0;&#x202E;'>a</a>")
        // The standard reads reference 0x85 as windows-1252 does.
        #expect(text == "a (https://e.x/ab…c\u{FFFD})")
    }
}
