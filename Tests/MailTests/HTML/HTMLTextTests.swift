import Testing

@testable import Mail

/// One rule at a time.
@Suite struct HTMLTextTests {
    private func text(_ html: String) -> String { HTMLText.render(html) }

    // MARK: White space and blocks

    @Test func `white space collapses across elements`() {
        #expect(text("  a <b> b </b> \n\t <i>c</i>d  ") == "a b cd")
    }

    @Test func `paragraphs stand apart and blocks on lines of their own`() {
        #expect(text("<p>a</p><p>b<div>c</div><div>d</div>e") == "a\n\nb\n\nc\nd\ne")
    }

    @Test func `paragraphs without margins follow each other closely`() {
        #expect(text("<p style='margin:0'>a</p><p style='margin:0 0 0 1em'>b</p><p class=MsoNormal>c</p>") == "a\nb\nc")
    }

    @Test func `a paragraph that holds a no-break space is a blank line`() {
        #expect(text("<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>b</p>") == "a\n\nb")
    }

    @Test func `a line break at the end of a block adds no line`() {
        #expect(text("<div>a<br></div><div><br></div><div>b</div>") == "a\n\nb")
    }

    @Test func `many line breaks make one blank line`() {
        #expect(text("a<br><br><br><br>b") == "a\n\nb")
    }

    @Test func `preformatted text keeps its spaces and lines`() {
        #expect(text("<pre>\n  a\n\n\n\tb  c</pre>d") == "  a\n\n\n\tb  c\n\nd")
        #expect(text("<div style='white-space: pre-wrap'>a\n  b</div>") == "a\n  b")
    }

    @Test func `no-break spaces count inside a line and not at its ends`() {
        #expect(text("&nbsp;a&nbsp;&nbsp;b&nbsp;") == "a  b")
    }

    @Test func `the delimiter of a signature keeps its space`() {
        #expect(text("a<br>-- <br>b") == "a\n-- \nb")
    }

    @Test func `a display property decides over the kind of element`() {
        #expect(text("a<span style='display:block'>b</span>c") == "a\nb\nc")
        #expect(text("a <div style='display:inline'>b</div> c") == "a b c")
    }

    @Test func `a rule is a line of underscores and never two`() {
        let rule = String(repeating: "_", count: 32)
        #expect(text("a<hr><hr>b") == "a\n\(rule)\nb")
    }

    // MARK: Characters

    @Test func `soft hyphens, zero-width spaces and control characters vanish`() {
        #expect(
            text("soft&shy;hyphen zero&#8203;width bell&#7; a\u{0}b\u{FEFF}\u{85}") == "softhyphen zerowidth bell ab")
    }

    @Test func `joiners stay inside words and emoji and vanish as padding`() {
        #expect(text("👨&zwj;👩&zwj;👧 می\u{200C}خواهم") == "👨\u{200D}👩\u{200D}👧 می\u{200C}خواهم")
        #expect(text("Hello&zwnj;&nbsp;&zwnj;&nbsp;&#847; &#847; &#8199;&shy;") == "Hello")
    }

    @Test func `direction marks stay`() {
        #expect(text("a &rlm;עברית&rlm; b") == "a \u{200F}עברית\u{200F} b")
        #expect(text("\u{202B}עברית\u{202C}") == "\u{202B}עברית\u{202C}")
    }

    @Test func `character references are replaced, in addresses with care`() {
        #expect(text("&lt;b&gt; &euro;&#8364;&#x20AC;&#128; &notit;") == "<b> €€€€ ¬it;")
        #expect(text("<a href='http://e.x/?a&copy=1&amp;b'>q</a>") == "q (http://e.x/?a&copy=1&b)")
    }

    // MARK: What is not shown

    @Test(arguments: [
        "<style>x</style>", "<script>x</script>", "<title>x</title>", "<template>x</template>", "<!-- x -->",
        "<!--[if mso]><p>x</p><![endif]-->", "<select><option>x</select>", "<textarea>x</textarea>",
        "<svg><text>x</text></svg>",
        "<iframe>x</iframe>", "<xml><w:x>x</w:x></xml>", "<input value=x>", "<img src=x>", "<video>x</video>",
        "<div hidden>x</div>", "<p style='display:none'>x</p>", "<p style='Display : NONE !important'>x</p>",
        "<p style='visibility:hidden'>x</p>", "<p style='font-size:0px'>x</p>", "<p style='opacity:0'>x</p>",
        "<div style='max-height:0;overflow:hidden'><b>x</b></div>", "<?php x ?>",
        "<table style='display:none'><tr><td>x</table>",
        "<a href='http://e.x' style='display:none'>x</a>", "<head><style>x</style><meta name=x></head>",
        "<![CDATA[x]]>",
    ])
    func `what a browser hides is left out`(html: String) {
        #expect(text("a\(html)b").filter { $0 != "\n" } == "ab")
    }

    @Test func `what hides from Word alone is shown`() {
        #expect(text("<a style='mso-hide:all' href='https://e.x/'>Buy</a>") == "Buy (https://e.x/)")
        #expect(text("<![if !mso]>a<![endif]><!--[if !mso]><!-->b<!--<![endif]-->") == "ab")
    }

    @Test func `a font size of zero hides only what does not set its own`() {
        #expect(text("<div style='font-size:0'>a<div style='font-size:14px'>b</div>c</div>") == "b")
    }

    @Test func `content for readers without scripts, buttons and the assistive attribute is shown`() {
        #expect(text("<noscript>a</noscript> <button>b</button> <span aria-hidden=true>c</span>") == "a b c")
    }

    @Test func `a hidden element that was never closed ends with its cell`() {
        #expect(text("<table><tr><td><div style='display:none'>x<tr><td>a</table>b") == "a\n\nb")
    }

    @Test func `an unclosed drawing ends where text begins`() {
        #expect(text("<svg><g><title>x</title><p>a") == "a")
    }

    // MARK: Links and images

    @Test func `a link shows where it leads`() {
        #expect(text("<a href='https://e.x/p'>offer</a>.") == "offer (https://e.x/p).")
        #expect(text("<a href=' HTTPS://e.x/a b\n'> offer </a>now") == "offer (HTTPS://e.x/a%20b) now")
    }

    @Test(arguments: [
        ("https://www.e.x/", "e.x"), ("http://e.x/a", "HTTP://E.x/a/"), ("mailto:a@e.x?subject=s", "a@e.x"),
        ("mailto:a%40e.x", "A@e.x"), ("tel:+4930123", "+49 30 / 123"),
    ])
    func `an address that is the text itself is not repeated`(href: String, shown: String) {
        #expect(text("<a href='\(href)'>\(shown)</a>") == shown)
    }

    @Test(arguments: ["#top", "javascript:x()", "cid:1", "data:text/html,x", "/path", "", "https:", "http://"])
    func `an address that leads nowhere is not shown`(href: String) {
        #expect(text("<a href='\(href)'>a</a>") == "a")
    }

    @Test func `mail and telephone links show the address alone`() {
        #expect(text("<a href='mailto:a@e.x'>Anna</a> <a href='tel:+49%2030'>call</a>") == "Anna (a@e.x) call (+49 30)")
    }

    @Test func `a long address is cut at its query`() {
        let query = String(repeating: "q", count: 400)
        #expect(text("<a href='https://e.x/p?\(query)'>a</a>") == "a (https://e.x/p?…)")
        let path = text("<a href='https://e.x/\(query)'>a</a>")
        #expect(path.utf8.count == "a ()".utf8.count + HTMLText.addressLimit && path.hasSuffix("q…)"))
    }

    @Test func `a link that Outlook made safe shows what it stands for`() {
        let safe = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fe.x%2Fp%3Fa%3D1&amp;data=05"
        #expect(
            text("<a href='\(safe)'>a</a> <a href='\(safe)'>https://e.x/p?a=1</a>")
                == "a (https://e.x/p?a=1) https://e.x/p?a=1")
    }

    @Test func `the address follows a link around blocks`() {
        #expect(text("<a href='https://e.x'><div>a</div><div>b</div></a>c") == "a\nb (https://e.x)\nc")
    }

    @Test func `a link ends where the next begins or its cell ends`() {
        #expect(text("<a href='https://e.x'>a <a href='https://e.y'>b") == "a (https://e.x) b (https://e.y)")
    }

    @Test func `an image's text is shown in a link without text and alone on a line`() {
        #expect(text("<a href='https://e.x'><img alt='Shop'></a>") == "Shop (https://e.x)")
        #expect(text("<a href='https://e.x'><img alt='Shop'> Our shop</a>") == "Our shop (https://e.x)")
        #expect(text("<p><img alt='A chart of sales'></p><p><img alt='x'>text</p>") == "A chart of sales\n\ntext")
    }

    @Test(arguments: [
        "<img alt='image001.png'>", "<img alt='Logo'>", "<img alt='A dog Description automatically generated'>",
        "<img alt='Open' width=1 height=1>", "<img alt='Open' style='width:1px'>", "<img alt='...'>", "<img>",
        "<a href='https://e.x'><img src=x></a>",
    ])
    func `an image that says nothing is dropped`(html: String) {
        #expect(text(html) == "")
    }

    @Test func `an emoji written as an image stays`() {
        #expect(text("Hi <img alt='🙂' src=x>!") == "Hi 🙂!")
    }

    // MARK: Lists, quotations, tables

    @Test func `empty items show no bullet and items outside a list do`() {
        #expect(text("<ul><li><li>a</ul><li>b") == "• a\n\n• b")
    }

    @Test func `deep lists are indented to a limit`() {
        let deep = text(String(repeating: "<ul><li>", count: 100) + "a")
        #expect(deep == String(repeating: " ", count: HTMLText.indentLimit) + "• a")
    }

    @Test func `quotations nest`() {
        #expect(
            text("a<blockquote>b<blockquote><p>c<p>d</blockquote></blockquote>e") == "a\n> b\n>\n>> c\n>>\n>> d\n\ne")
    }

    @Test func `an indented block is no quotation`() {
        #expect(text("<blockquote style='margin:0 0 0 40px;border:none'>a<br>b</blockquote>") == "    a\n    b")
    }

    @Test func `a table with header cells is shown by rows`() {
        #expect(text("<table><tr><th>A<th>B<tr><td>1<br>2<td></table>") == "A | B\n1\n2")
        #expect(text("<table><tr><th>A<th>B<th>C<tr><td>1<br>2<td><td>3</table>") == "A | B | C\n1 2 | | 3")
    }

    @Test func `a table that lays out long text flows`() {
        let long = String(repeating: "word ", count: 60)
        let shown = long.dropLast()
        #expect(text("<table><tr><td>\(long)<td>b<tr><td>c<td>d</table>") == "\(shown)\nb\nc\nd")
    }

    @Test func `a table of data inside a layout keeps its rows`() {
        let inner = "<table><tr><td>Net<td>1<tr><td>Tax<td>2</table>"
        #expect(text("<table><tr><td>a<td>\(inner)<tr><td>b<td>c</table>") == "a\n\nNet | 1\nTax | 2\n\nb\nc")
    }

    @Test func `cells without a table are text`() {
        #expect(text("<tr><td>a</td><td>b</td></tr>") == "ab")
    }

    @Test func `mis-nested tags lose no text`() {
        #expect(text("<b>a<p>b</b>c</p></div></td>d<i>e</p>f") == "a\n\nbc\n\nde\n\nf")
    }

    @Test func `plaintext and xmp are shown as they stand`() {
        #expect(text("<xmp><b>a</b></xmp><plaintext><i>\nb</plaintext>") == "<b>a</b>\n\n<i>\nb</plaintext>")
    }

    @Test func `malformed UTF-8 shows as replacement characters`() {
        #expect(HTMLText.render(utf8: [0x61, 0xFF, 0x62, 0xE2, 0x82]) == "a\u{FFFD}b\u{FFFD}")
    }
}
