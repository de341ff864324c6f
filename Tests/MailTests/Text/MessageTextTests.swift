import Generators
import Mail
import Testing

@Suite struct MessageTextTests {
    private func render(
        _ text: String, html: Bool = false, charset: String? = "utf-8", encoding: TransferEncoding = .eightBit,
        flowed: Bool = false, delSp: Bool = false, isWhole: Bool = true, limit: Int = 100_000
    ) -> RenderedText {
        let part = SelectedPart(
            section: "1", isHTML: html, charset: charset, transferEncoding: encoding, isFlowed: flowed, delSp: delSp)
        return MessageText.render([(part, Array(text.utf8), isWhole: isWhole)], limit: limit)
    }

    @Test func `transfer encoding and charset are decoded`() {
        #expect(render("Gr=FC=DFe", charset: "iso-8859-1", encoding: .quotedPrintable).text == "Grüße")
        #expect(render("R3LDvMOfZQ==", encoding: .base64).text == "Grüße")
    }

    @Test func `line ends, blanks at line ends and blank lines are put in order`() {
        #expect(
            render("\r\n\r\none  \r\ntwo\t\rthree\n\n\n\n\nfour \u{A0}\n \n\u{A0}\n \n\n").text
                == "one\ntwo\nthree\n\n\nfour")
        #expect(render("  indented\n\n   more").text == "  indented\n\n   more")
        #expect(render("a\r\r\nb\u{C}c\u{2028}d").text == "a\nb\nc\nd")
    }

    @Test func `control characters and turned text go, tabs and damage stay`() {
        #expect(render("a\u{0}b\u{1B}[1mc\u{7F}\td\u{85}e\u{FEFF}").text == "ab[1mc\tde")
        #expect(
            render("invoice_\u{202E}fdp.exe \u{2066}x\u{2069} \u{200F}עברית").text == "invoice_fdp.exe x \u{200F}עברית")
        #expect(render("a\u{FFFD}b").text == "a\u{FFFD}b")
        #expect(render("&#x202E;abc&#0;", html: true).text == "abc\u{FFFD}")
    }

    @Test func `flowed lines are joined`() {
        let text = "This paragraph goes \non in the next line \nand ends here.\nA new one.\n"
        #expect(render(text, flowed: true).text == "This paragraph goes on in the next line and ends here.\nA new one.")
        #expect(render(text).text == "This paragraph goes\non in the next line\nand ends here.\nA new one.")
    }

    @Test func `the space that marks flowed lines goes where the sender says so`() {
        #expect(render("東京 \n都 \n庁\n", flowed: true, delSp: true).text == "東京都庁")
        #expect(render("東京 \n都\n", flowed: true).text == "東京 都")
    }

    @Test func `stuffed spaces go`() {
        #expect(render(" From here\n  two\n >no quote\n", flowed: true).text == "From here\n two\n>no quote")
    }

    @Test func `quoted flowed lines are joined by depth`() {
        let text = ">> deep \n>> more\n> less \n> still\nmine \nagain\n>\n> x\n"
        #expect(render(text, flowed: true).text == ">> deep more\n> less still\nmine again\n>\n> x")
    }

    @Test func `a flowed line does not run into another depth or a signature`() {
        #expect(render("> quoted \nmine\n", flowed: true).text == "> quoted\nmine")
        #expect(render("bye \n-- \nJohn\n", flowed: true).text == "bye\n--\nJohn")
        #expect(render("open ", flowed: true).text == "open")
    }

    @Test func `HTML is rendered by its label, its mark or its own declaration`() {
        let part = SelectedPart(section: "1", isHTML: true, charset: nil)
        let declared = Array("<meta charset=koi8-r><p>".utf8) + [0xF0, 0xD2, 0xC9]
        #expect(MessageText.render([(part, declared, isWhole: true)]).text == "При")
        var labelled = part
        labelled.charset = "windows-1251"
        #expect(
            MessageText.render([(labelled, Array("<meta charset=koi8-r>".utf8) + [0xCF], isWhole: true)]).text == "П")
        let marked: [UInt8] = [0xFF, 0xFE, 0x3C, 0, 0x70, 0, 0x3E, 0, 0xAC, 0x20]
        #expect(MessageText.render([(part, marked, isWhole: true)]).text == "€")
        #expect(render("<p>one</p><p>two &euro;</p>", html: true).text == "one\n\ntwo €")
    }

    @Test func `parts stand below each other, empty ones leave nothing`() {
        let plain = SelectedPart(section: "1")
        let html = SelectedPart(section: "2", isHTML: true)
        let parts = [
            (plain, Array("one\n\n\n\n".utf8), isWhole: true), (plain, Array(" \n".utf8), isWhole: true),
            (html, Array("<b>two</b>".utf8), isWhole: true), (plain, Array("\n\nthree".utf8), isWhole: true),
        ]
        #expect(MessageText.render(parts).text == "one\n\ntwo\n\nthree")
    }

    @Test func `text is cut at the limit, at a character's boundary, and says so`() {
        #expect(render("äöü", limit: 6) == RenderedText(text: "äöü", isTruncated: false))
        #expect(render("äöü", limit: 5) == RenderedText(text: "äö", isTruncated: true))
        #expect(render("one\ntwo", limit: 4).isTruncated)
        #expect(render("<p>äöü</p>", html: true, limit: 5) == RenderedText(text: "äö", isTruncated: true))
        #expect(render("abc", limit: 0) == RenderedText(text: "", isTruncated: true))
        #expect(render("", limit: 0) == RenderedText(text: "", isTruncated: false))
        let part = SelectedPart(section: "1")
        #expect(
            MessageText.render([(part, [0x61], isWhole: true), (part, [0x62], isWhole: true)], limit: 1).isTruncated)
    }

    @Test func `a part fetched to a limit is truncated and its last character left out`() {
        #expect(
            render("Gr=C3=BC=C", encoding: .quotedPrintable, isWhole: false)
                == RenderedText(text: "Grü", isTruncated: true))
        #expect(render("Gr=C3=BC=", encoding: .quotedPrintable, isWhole: false).text == "Grü")
        let part = SelectedPart(section: "1", charset: "utf-8")
        #expect(MessageText.render([(part, [0x61, 0xC3, 0xBC, 0xE2, 0x82], isWhole: false)]).text == "aü")
    }

    @Test func `every beginning of a part gives a beginning of its text`() {
        let text = "Grüße — 日本語 und \u{1F600} mehr"
        for encoding in [TransferEncoding.eightBit, .quotedPrintable] {
            let encoded =
                encoding == .eightBit
                ? Array(text.utf8)
                : text.utf8.flatMap { $0 < 0x80 ? [$0] : Array("=\(String($0, radix: 16, uppercase: true))".utf8) }
            for end in 0...encoded.count {
                let part = SelectedPart(section: "1", charset: "utf-8", transferEncoding: encoding)
                let result = MessageText.render([(part, Array(encoded[..<end]), isWhole: false)])
                #expect(text.hasPrefix(result.text), "\(end): \(result.text)")
            }
        }
    }

    @Test func `a returned message in a report is shown like a forwarded one`() {
        let report = """
            Your message could not be delivered.

            ------ This is a copy of the message ------

            Return-path: <a@example.org>
            Received: from a by b
            From: =?utf-8?q?J=C3=B6rg?= <a@example.org>
            To: b@example.org
            Subject: Offer
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: base64

            R3L832U=
            --b--
            """
        #expect(
            render(report).text == """
                Your message could not be delivered.

                ------ This is a copy of the message ------

                From: Jörg <a@example.org>
                To: b@example.org
                Subject: Offer

                Grüße
                """)
    }

    @Test func `header lines that a person mentions stay as they are`() {
        let text = "The log says\nReceived: from a by b\nMessage-ID: <x@y>\n\nCan you help?"
        #expect(render(text).text == text)
    }

    @Test(arguments: 1...6)
    func `any bytes give text without control characters, in order and within the limit`(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<150 {
            var bytes = random.bytes(Int.random(in: 0..<120, using: &random))
            bytes += Array(
                random.joined(
                    ["> ", "\n", " \n", "\r\n", "-- \n", "text ", "\u{202E}", "\u{A0}", "<p>", "\u{85}"], count: 30
                ).utf8)
            let part = SelectedPart(
                section: "1", isHTML: .random(using: &random),
                charset: ["utf-8", "cp1252", nil, "utf-16"].randomElement(using: &random)!,
                transferEncoding: [.eightBit, .quotedPrintable, .base64].randomElement(using: &random)!,
                isFlowed: .random(using: &random), delSp: .random(using: &random))
            let limit = Int.random(in: 0..<150, using: &random)
            let text = MessageText.render([(part, bytes, isWhole: .random(using: &random))], limit: limit).text
            #expect(text.utf8.count <= limit)
            #expect(!text.contains("\n\n\n\n") && text.first != "\n" && text.last != "\n", "seed \(seed)")
            for scalar in text.unicodeScalars {
                let isControl =
                    scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || (0x7F..<0xA0).contains(scalar.value)
                let isTurning = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                #expect(!isControl && !isTurning, "seed \(seed): \(scalar.value)")
            }
            #expect(
                text.split(separator: "\n").allSatisfy { $0.last != " " && $0.last != "\t" } || text.utf8.count == limit
            )
        }
    }
}
