/// A letter as the HTML that a mail program writes.
struct HTMLPage {
    let program: MailProgram
    /// Named in the page itself, too.
    let charset: Charset
    /// The Content-ID of the picture in the signature, or nil.
    let logo: String?

    func text(_ letter: Letter) -> String {
        let content = body(letter, showsLogo: true)
        let page =
            switch program {
            case .outlook:
                """
                <html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
                <head>
                <meta http-equiv="Content-Type" content="text/html; charset=\(charset.rawValue)">
                <style><!--
                p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}
                --></style>
                <!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]-->
                </head>
                <body lang="EN-GB" link="#0563C1" vlink="#954F72">
                <div class="WordSection1">
                \(content)
                </div>
                </body>
                </html>
                """
            case .appleMail:
                """
                <html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>\
                <body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">
                \(content)
                </body></html>
                """
            default: "<div dir=\"ltr\">\n\(content)\n</div>"
            }
        return page.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") + "\r\n"
    }

    private var paragraph: String {
        switch program {
        case .outlook: "p class=\"MsoNormal\""
        case .htmlOnly: "p"
        default: "div"
        }
    }

    private func body(_ letter: Letter, showsLogo: Bool) -> String {
        // Paragraphs without a margin of their own are divided by empty ones.
        let gap =
            switch program {
            case .outlook: "\n<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>\n"
            case .htmlOnly: "\n"
            default: "\n<div><br></div>\n"
            }
        var result = letter.body.blocks.map { BodyText([$0]).html(paragraph: paragraph) }.joined(separator: gap)
        result += signature(letter, showsLogo: showsLogo)
        guard let previous = letter.history.first else { return result }
        let earlier = body(previous.with(history: Array(letter.history.dropFirst())), showsLogo: false)
        let attribution = BodyText.escape(previous.attribution)
        switch program {
        case _ where letter.kind == .forward || program.quotesWithHeaderBlock:
            let block = previous.headerBlock.map { "<b>\(BodyText.escape($0.0))</b> \(BodyText.escape($0.1))" }
            let mark = letter.kind == .forward && program != .outlook ? "<div>\(previous.forwardMark)</div>\n" : ""
            result += """

                \(mark)<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
                <p class="MsoNormal">\(block.joined(separator: "<br>\n"))</p>
                </div>
                \(earlier)
                """
        case .appleMail:
            result += """

                <div><br><blockquote type="cite"><div>\(attribution)</div><br class="Apple-interchange-newline">
                \(earlier)
                </blockquote></div>
                """
        default:
            result += """

                <br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">\(attribution)<br></div>
                <blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">
                \(earlier)
                </blockquote></div>
                """
        }
        return result
    }

    private func signature(_ letter: Letter, showsLogo: Bool) -> String {
        if letter.signature.isEmpty { return "" }
        let lines = letter.signature.map { line -> String in
            let text = BodyText.escape(line)
            if line.contains("@"), !line.contains(" ") { return "<a href=\"mailto:\(text)\">\(text)</a>" }
            if line.hasPrefix("www.") { return "<a href=\"https://\(text)/\">\(text)</a>" }
            return text
        }
        let picture =
            logo.flatMap { showsLogo ? "<br><img src=\"cid:\($0)\" width=\"120\" height=\"32\" alt=\"\">" : nil } ?? ""
        let text = lines.joined(separator: "<br>\n") + picture
        return switch program {
        case .gmail:
            "\n<span class=\"gmail_signature_prefix\">-- </span><br><div dir=\"ltr\" class=\"gmail_signature\">\(text)</div>"
        case .outlook: "\n<p class=\"MsoNormal\"><span style=\"color:#44546A\">\(text)</span></p>"
        default: "\n<div>-- <br>\n\(text)</div>"
        }
    }
}

extension BodyText {
    init(_ blocks: [Block]) { self.blocks = blocks }
}
