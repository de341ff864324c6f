import Mail
import Testing

@Suite struct MIMEMessageTests {
    private func message(_ text: String) -> MIMEMessage { MIMEMessage.parse(Array(text.utf8)) }

    private func content(_ message: MIMEMessage, _ section: String) -> String {
        String(decoding: message.bytes(of: section), as: UTF8.self)
    }

    /// Sections with their types, depth first.
    private func outline(_ part: PartDescription) -> [String] {
        ["\(part.section) \(part.mediaType)"] + part.children.flatMap(outline)
    }

    private let nested = """
        Subject: outer
        Content-Type: multipart/mixed; boundary=out

        preamble
        --out
        Content-Type: multipart/alternative; boundary="in"

        --in
        Content-Type: text/plain; charset=utf-8

        plain
        --in
        Content-Type: text/html
        Content-Transfer-Encoding: quoted-printable

        <p>h=74ml</p>
        --in--
        inner epilogue
        --out
        Content-Type: message/rfc822

        Subject: inner
        Content-Type: multipart/mixed; boundary=deep

        --deep

        one
        --deep
        Content-Type: application/pdf; name="a.pdf"

        two
        --deep--
        --out
        Content-Type: message/rfc822

        Subject: single

        body
        --out--
        epilogue

        """

    @Test func `parts have the section numbers of IMAP`() {
        let message = message(nested)
        #expect(
            outline(message.root) == [
                "TEXT multipart/mixed", "1 multipart/alternative", "1.1 text/plain", "1.2 text/html",
                "2 message/rfc822",
                "2.TEXT multipart/mixed", "2.1 text/plain", "2.2 application/pdf", "3 message/rfc822", "3.1 text/plain",
            ])
    }

    @Test func `sections give the encoded content without the line end of the boundary`() {
        let message = message(nested)
        #expect(content(message, "1.1") == "plain")
        #expect(content(message, "1.2") == "<p>h=74ml</p>")
        #expect(content(message, "2.1") == "one")
        #expect(content(message, "3.1") == "body")
        #expect(content(message, "3") == "Subject: single\n\nbody")
        #expect(content(message, "3.TEXT") == "body")
        #expect(content(message, "3.HEADER") == "Subject: single\n")
        #expect(content(message, "1.1.MIME") == "Content-Type: text/plain; charset=utf-8\n")
        #expect(content(message, "HEADER") == "Subject: outer\nContent-Type: multipart/mixed; boundary=out\n")
        #expect(content(message, "") == nested)
        #expect(message.bytes(of: "4").isEmpty && message.bytes(of: "x").isEmpty)
    }

    @Test func `numbering a tree without numbers gives the same sections`() {
        func bare(_ part: PartDescription) -> PartDescription {
            var part = part
            part.section = ""
            part.children = part.children.map(bare)
            return part
        }
        let root = message(nested).root
        #expect(bare(root).numbered() == root)
    }

    @Test func `line ends of the network and of old Macintoshes give the same parts`() {
        let expected = outline(message(nested).root)
        for lineEnd in ["\r\n", "\r"] {
            let other = message(
                nested.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd))
            #expect(outline(other.root) == expected)
            #expect(content(other, "1.1") == "plain")
            #expect(other.text() == message(nested).text())
        }
    }

    @Test func `attached messages bring their subjects, files their names`() {
        let attachments = message(nested).attachments
        #expect(attachments.map(\.name) == ["inner", "single"])
        #expect(attachments.map(\.mediaType) == ["message/rfc822", "message/rfc822"])
        #expect(message(nested).text().text == "plain")
    }

    @Test func `a message without Content-Type is plain text`() {
        let message = message("From: a@example.org\n\nHello\nthere\n")
        #expect(outline(message.root) == ["1 text/plain"])
        #expect(message.root.size == 12)
        #expect(message.text() == RenderedText(text: "Hello\nthere", isTruncated: false))
    }

    @Test func `fields are found in any case and unfolded`() {
        let message = message(
            "From a@example.org Mon Jan  1\nsubject: one\r\n two\r\n\tthree\r\nX-Empty:\r\nTo : b@example.org\r\n\r\n")
        #expect(message.header("Subject") == Array("one two\tthree".utf8))
        #expect(message.header("TO") == Array("b@example.org".utf8))
        #expect(message.header("X-Empty") == [])
        #expect(message.header("Cc") == nil)
        #expect(message.headerFields.map(\.name) == ["subject", "X-Empty", "To"])
        #expect(message.headerFields.first?.value == Array("one two\tthree".utf8))
    }

    @Test func `a header without blank line ends where the text begins`() {
        let message = message("Subject: x\nTo: b@example.org\nHello there,\nthis is text\n")
        #expect(message.text().text == "Hello there,\nthis is text")
    }

    @Test func `a line in the header that lost its indentation does not end it`() {
        let message = message("Subject: a long\nsubject\nContent-Type: text/html\n\n<b>bold</b>")
        #expect(message.root.mediaType == "text/html")
        #expect(message.text().text == "bold")
    }

    @Test func `boundaries of which one begins with the other are told apart`() {
        let text = """
            Content-Type: multipart/mixed; boundary="ab"

            --ab
            Content-Type: multipart/mixed; boundary="abc"

            --abc

            one
            --abc--
            --ab

            two --ab
            --abx
            --ab--
            """
        let message = message(text)
        #expect(
            outline(message.root) == ["TEXT multipart/mixed", "1 multipart/mixed", "1.1 text/plain", "2 text/plain"])
        #expect(content(message, "2") == "two --ab\n--abx")
    }

    @Test func `a multipart whose declared boundary is not in use is read by the one that is`() {
        let text =
            "Content-Type: multipart/mixed; boundary=wrong\n\n--right\nContent-Type: text/plain\n\nHello\n--right--\n"
        #expect(message(text).text().text == "Hello")
        let undeclared = "Content-Type: multipart/mixed\n\n--right\nContent-Type: text/plain\n\nHello\n--right--\n"
        #expect(message(undeclared).text().text == "Hello")
    }

    @Test func `a multipart without any boundary is read as text`() {
        #expect(message("Content-Type: multipart/mixed; boundary=b\n\nHello\n").text().text == "Hello")
    }

    @Test func `a missing last boundary loses nothing`() {
        let message = message("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo")
        #expect(message.text().text == "one\n\ntwo")
    }

    @Test func `parts of a digest are messages`() {
        let message = message("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: s1\n\none\n--b--")
        #expect(outline(message.root) == ["TEXT multipart/digest", "1 message/rfc822", "1.1 text/plain"])
        #expect(message.root.children.first?.embeddedSubject == Array("s1".utf8))
    }

    @Test func `an attached message that is encoded is named by its subject`() {
        let text = """
            Content-Type: multipart/mixed; boundary=b

            --b

            see attached
            --b
            Content-Type: message/rfc822
            Content-Transfer-Encoding: base64

            U3ViamVjdDogaW5uZXIKCmJvZHkK
            --b--
            """
        #expect(message(text).attachments.map(\.name) == ["inner"])
    }

    @Test func `every beginning of a message can be read`() {
        let whole = Array(nested.utf8)
        let text = String(decoding: whole, as: UTF8.self)
        for end in 0...whole.count {
            let message = MIMEMessage.parse(Array(whole[..<end]))
            #expect(message.bytes(of: "").count == end)
            // The text is there as soon as its line is.
            if end > 200 { #expect(!message.text().text.isEmpty, "prefix \(text.prefix(end).suffix(20))") }
        }
    }
}
