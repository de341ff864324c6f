import Testing

@testable import Mail

/// Properties of all input, tried on seeded random input.
@Suite struct HTMLTextPropertyTests {
    /// SplitMix64.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let words = [
        "a", "word", "<b>", "&amp;", "\"x\"", "é", "日本", "😀", "> quoted", "• x", "1.", "--", "a|b", "…",
    ]

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `escaped plain text comes back as it was`(seed: UInt64) {
        var random = Random(state: seed)
        let lines = (0..<Int.random(in: 1...12, using: &random)).map { _ in
            (0..<Int.random(in: 1...6, using: &random)).map { _ in Self.words.randomElement(using: &random)! }.joined(
                separator: " ")
        }
        #expect(HTMLText.render(lines.map(escaped).joined(separator: "<br>\n")) == lines.joined(separator: "\n"))
        #expect(HTMLText.render(lines.map { "<p>\(escaped($0))</p>" }.joined()) == lines.joined(separator: "\n\n"))
        #expect(HTMLText.render(lines.map { "<div>\(escaped($0))</div>" }.joined()) == lines.joined(separator: "\n"))
        let spaced = lines.map { String(repeating: " ", count: Int.random(in: 0...4, using: &random)) + $0 }
        #expect(
            HTMLText.render("<pre>\n" + escaped(spaced.joined(separator: "\n\n\n")) + "</pre>")
                == spaced.joined(separator: "\n\n\n"))
    }

    private static let pieces = [
        "<p>", "</p>", "<div style=\"display:none\">", "</div>", "<table>", "<tr>", "<td>", "<th>", "</td>", "</tr>",
        "</table>",
        "<ul>", "<ol start=5>", "<li>", "</li>", "</ul>", "</ol>", "<a href=\"https://e.x/?q\">", "</a>",
        "<blockquote>",
        "</blockquote>", "<br>", "<hr>", "<pre>", "</pre>", "<img alt=\"Some text\">", "<b>", "</b>", "text", " ",
        "&nbsp;", "\n",
        "&zwj;", "&#x200F;", "é", "<svg>", "</svg>", "<style>", "</style>", "<title>", "</title>", "<!--[if mso]>",
        "<![endif]-->",
        "<span style='mso-list:Ignore'>", "</span>", "<h1>", "</h1>", "<q>", "</q>", "<caption>", "<dd>", "<dl>",
        "<select>",
        "</select>", "<body>", "<template>", "<button>", "<td style='font-size:0'>",
        "<p style='mso-list:l0 level3 lfo1'>", "<xmp>",
    ]

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `any sequence of tags is rendered within the limit`(seed: UInt64) {
        var random = Random(state: seed &* 7919)
        let html = (0..<Int.random(in: 1...400, using: &random)).map { _ in Self.pieces.randomElement(using: &random)! }
            .joined()
        check(Array(html.utf8), limit: Int.random(in: 0...2000, using: &random))
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `any bytes are rendered within the limit`(seed: UInt64) {
        var random = Random(state: seed &* 104_729)
        var html = Array((0..<100).map { _ in Self.pieces.randomElement(using: &random)! }.joined().utf8)
        for _ in 0..<Int.random(in: 1...60, using: &random) {
            let index = Int.random(in: 0..<html.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: html[index] = UInt8.random(in: 0...255, using: &random)
            case 1: html.insert("<>\"'&=/!-;".utf8.randomElement(using: &random)!, at: index)
            case 2: html.remove(at: index)
            default: html.insert(contentsOf: html[index..<min(html.count, index + 20)], at: html.count / 2)
            }
            if html.isEmpty { html = [0] }
        }
        check(html, limit: Int.random(in: 0...2000, using: &random))
    }

    private func check(_ html: [UInt8], limit: Int) {
        let text = HTMLText.render(utf8: html, limit: limit)
        #expect(text.utf8.count <= limit)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        #expect(text.first != "\n")
        #expect(HTMLText.render(utf8: html, limit: limit) == text)
        // What the tokenizer leaves out it must have consumed: it ends at the end.
        var tokenizer = HTMLTokenizer(html)
        var tokens = 0
        while tokenizer.next() != nil { tokens += 1 }
        #expect(tokens <= html.count + 1)
    }
}
