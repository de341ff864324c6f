import Generators
import Mail
import Testing

/// Messages made to exhaust a parser.
@Suite struct HostileMessageTests {
    private func parts(_ part: PartDescription) -> Int { part.children.reduce(1) { $0 + parts($1) } }
    private func depth(_ part: PartDescription) -> Int { 1 + (part.children.map(depth).max() ?? 0) }

    @Test func `ten thousand nested multiparts are cut at the depth limit`() {
        var text = "Content-Type: multipart/mixed; boundary=b0\n\n"
        for level in 0..<10_000 { text += "--b\(level)\nContent-Type: multipart/mixed; boundary=b\(level + 1)\n\n" }
        let message = MIMEMessage.parse(Array(text.utf8))
        #expect(depth(message.root) == PartDescription.depthLimit)
        #expect(message.attachments.count == 1)
    }

    @Test func `ten thousand nested messages are cut at the depth limit`() {
        let text = String(repeating: "Content-Type: message/rfc822\n\n", count: 10_000)
        #expect(depth(MIMEMessage.parse(Array(text.utf8)).root) <= PartDescription.depthLimit)
    }

    @Test func `parts beyond the limit are passed over`() {
        let text =
            "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 20_000) + "--b--\n"
        let message = MIMEMessage.parse(Array(text.utf8))
        #expect(parts(message.root) == PartDescription.partLimit)
        #expect(message.selection.parts.count == TextSelection.partLimit)
    }

    @Test func `a header of megabytes does not hide the text`() {
        let text =
            "X: " + String(repeating: "x", count: 3_000_000) + "\n" + String(repeating: "A: b\n", count: 200_000)
            + "Content-Type: text/plain; x=" + String(repeating: "y", count: 3_000_000) + "\n\nHello\n"
        let message = MIMEMessage.parse(Array(text.utf8))
        #expect(message.headerFields.count == 10_000)
        #expect(message.text().text == "Hello")
    }

    @Test func `a tree of any depth, made by hand, is chosen from without end`() {
        var part = PartDescription(section: "", type: "text", subtype: "plain", contentType: .parse([]), size: 10)
        for _ in 0..<5_000 {
            part = PartDescription(
                section: "", type: "multipart", subtype: "mixed", contentType: .parse([]), size: 10, children: [part])
        }
        #expect(TextSelection.choose(in: part).parts.isEmpty)
        #expect(depth(part.numbered()) == PartDescription.depthLimit)
        // Freed from the top: freeing it at once would recurse.
        while let child = part.children.first { part = child }
    }

    @Test(arguments: 1...8)
    func `any order of the pieces of mail parses, and ranges stay within the message`(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let pieces = [
            "\n", "\r\n", "\n\n", "--a", "--a--", "--b\n", "--b--\n", "Content-Type: multipart/mixed; boundary=a\n",
            "Content-Type: multipart/alternative; boundary=\"b\"\n", "Content-Type: message/rfc822\n",
            "Content-Type: text/html\n",
            "Subject: x\n", " folded\n", "text", "<p>html</p>", "\r", ":", "\u{0}",
            "Content-Transfer-Encoding: base64\n", "QUJD\n",
            "Content-Type: multipart/related", "--", "From a\n", "é", "> quoted\n",
        ]
        for _ in 0..<200 {
            let bytes = Array(random.joined(pieces, count: Int.random(in: 0..<60, using: &random)).utf8)
            let message = MIMEMessage.parse(bytes)
            func check(_ part: PartDescription) {
                #expect(message.bytes(of: part.section).count == part.size, "seed \(seed): \(part.section)")
                part.children.forEach(check)
            }
            check(message.root)
            for part in message.selection.parts { #expect(message.bytes(of: part.section).count == part.octets) }
            #expect(message.text().text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })
        }
    }

    @Test func `random bytes parse`() {
        var random = SeededRandom(seed: 77)
        for _ in 0..<300 {
            let bytes = random.bytes(Int.random(in: 0..<400, using: &random))
            #expect(MIMEMessage.parse(bytes).bytes(of: "").count == bytes.count)
        }
    }
}
