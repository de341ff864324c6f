import Mail
import Testing

@Suite struct TextSelectionTests {
    private func part(
        _ mediaType: String, _ parameters: String = "", size: Int = 400, disposition: ContentDisposition? = nil,
        filename: String? = nil, id: String? = nil, encoding: TransferEncoding = .sevenBit, subject: String? = nil,
        _ children: [PartDescription] = []
    ) -> PartDescription {
        let words = mediaType.split(separator: "/").map(String.init)
        return PartDescription(
            section: "", type: words[0], subtype: words[1],
            contentType: .parse(Array("\(mediaType)\(parameters)".utf8)),
            disposition: disposition, filename: filename, transferEncoding: encoding, size: size, contentID: id,
            children: children, embeddedSubject: subject.map { Array($0.utf8) })
    }

    private func part(_ mediaType: String, _ children: [PartDescription]) -> PartDescription {
        part(mediaType, "", children)
    }

    private func part(_ mediaType: String, _ parameters: String, _ children: [PartDescription]) -> PartDescription {
        var part = part(mediaType, parameters)
        part.children = children
        return part
    }

    private func choose(_ root: PartDescription) -> Choice {
        let selection = TextSelection.choose(in: root.numbered())
        return Choice(selection.parts.map(\.section), selection.attachments.map(\.name))
    }

    /// A server or a caller may claim any.
    @Test(arguments: [(Int.max, Int.max), (Int.max, 1), (.min, .max), (.min, .min), (-5, 400)])
    func `sizes that no part can have are survived`(first: Int, second: Int) {
        let texts = [part("text/plain", size: first), part("text/plain", size: second), part("text/html", size: first)]
        #expect(choose(part("multipart/mixed", texts)).sections == ["1", "2", "3"])
        let versions = [
            part("multipart/mixed", Array(texts[..<2])), part("multipart/related", [texts[2]]),
        ]
        #expect(!choose(part("multipart/alternative", versions)).sections.isEmpty)
    }

    private struct Choice: Equatable {
        let sections: [String]
        let names: [String?]

        init(_ sections: [String], _ names: [String?]) {
            self.sections = sections
            self.names = names
        }
    }

    @Test func `a single part is the text, with what is needed to read it`() {
        let root = part(
            "text/plain", "; charset=koi8-r; format=flowed; delsp=yes", size: 77, encoding: .quotedPrintable)
        let selection = TextSelection.choose(in: root.numbered())
        #expect(
            selection.parts == [
                SelectedPart(
                    section: "1", charset: "koi8-r", transferEncoding: .quotedPrintable, isFlowed: true, delSp: true,
                    octets: 77)
            ])
        #expect(selection.attachments.isEmpty)
    }

    @Test func `of alternatives the plain one is read`() {
        let root = part("multipart/alternative", [part("text/plain"), part("text/html", size: 9_000)])
        #expect(choose(root).sections == ["1"])
        #expect(choose(part("multipart/alternative", [part("text/html"), part("text/plain")])).sections == ["2"])
    }

    @Test(arguments: [(0, 50), (2, 400), (15, 4_000), (100, 30_000)])
    func `of alternatives the HTML is read where the plain text is a stub`(plain: Int, html: Int) {
        let root = part("multipart/alternative", [part("text/plain", size: plain), part("text/html", size: html)])
        #expect(choose(root).sections == ["2"])
    }

    @Test(arguments: [(4, 30), (15, 60), (100, 2_000), (300, 90_000)])
    func `a short plain text is no stub beside a short or usual HTML`(plain: Int, html: Int) {
        let root = part("multipart/alternative", [part("text/plain", size: plain), part("text/html", size: html)])
        #expect(choose(root).sections == ["1"])
    }

    @Test func `files within an alternative are named whichever version is read`() {
        let apple = part(
            "multipart/alternative",
            [
                part("text/plain"),
                part(
                    "multipart/mixed",
                    [part("text/html"), part("application/pdf", filename: "offer.pdf"), part("text/html")]),
            ])
        #expect(choose(apple) == Choice(["1"], ["offer.pdf"]))
    }

    @Test func `of a mixed message all texts are read in order, files and pictures are named`() {
        let root = part(
            "multipart/mixed",
            [
                part("text/plain"), part("image/jpeg", disposition: .inline, filename: "IMG_1.jpg", id: "x"),
                part("text/plain"),
                part("image/png"), part("text/html"), part("application/zip", "; name=a.zip", disposition: .attachment),
            ])
        #expect(choose(root) == Choice(["1", "3", "5"], ["IMG_1.jpg", nil, "a.zip"]))
    }

    @Test func `a text with a file name is a file unless it comes first`() {
        let first = part(
            "multipart/mixed", [part("text/plain", filename: "body.txt"), part("text/plain", filename: "log.txt")])
        #expect(choose(first) == Choice(["1"], ["log.txt"]))
        let attached = part("multipart/mixed", [part("text/plain"), part("text/plain", disposition: .attachment)])
        #expect(choose(attached) == Choice(["1"], [nil]))
        let picture = part(
            "multipart/mixed", [part("image/png"), part("text/plain", "; name=notes.txt", disposition: .inline)])
        #expect(choose(picture) == Choice([], [nil, "notes.txt"]))
    }

    @Test func `of related parts the root is read and the pictures of the HTML are not named`() {
        let root = part(
            "multipart/related", "; start=\"<root>\"",
            [
                part("image/png", disposition: .inline, id: "logo"), part("text/html", id: "root"),
                part("image/png", "; name=image001.png", id: "a"), part("image/jpeg", "; name=\"Garden.jpg\"", id: "b"),
                part("image/gif", disposition: .attachment, filename: "image002.gif", id: "c"),
                part("application/pdf", filename: "offer.pdf"),
            ])
        #expect(choose(root) == Choice(["2"], ["Garden.jpg", "image002.gif", "offer.pdf"]))
    }

    @Test func `the usual message of Outlook is read`() {
        let root = part(
            "multipart/mixed",
            [
                part(
                    "multipart/related",
                    [
                        part("multipart/alternative", [part("text/plain"), part("text/html")]),
                        part("image/png", "; name=image001.png", disposition: .inline, id: "image001.png@01"),
                    ]),
                part("application/pdf", disposition: .attachment, filename: "Angebot.pdf"),
            ])
        #expect(choose(root) == Choice(["1.1.1"], ["Angebot.pdf"]))
    }

    @Test func `of a signed message the content is read and the signature not named`() {
        for signature in ["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"] {
            let content = part("multipart/mixed", [part("text/plain"), part("application/pdf", filename: "a.pdf")])
            #expect(
                choose(part("multipart/signed", [content, part(signature, filename: "sig")]))
                    == Choice(["1.1"], ["a.pdf"]))
        }
    }

    @Test func `an encrypted message has no text and one attachment`() {
        let root = part(
            "multipart/encrypted", "; protocol=\"application/pgp-encrypted\"",
            [
                part("application/pgp-encrypted"),
                part("application/octet-stream", disposition: .inline, filename: "encrypted.asc"),
            ])
        #expect(choose(root) == Choice([], ["encrypted.asc"]))
    }

    @Test func `an attached message is named by its subject`() {
        let inner = part(
            "message/rfc822", filename: "forward.eml", subject: "=?utf-8?q?Gr=C3=BC=C3=9Fe?=", [part("text/plain")])
        #expect(choose(part("multipart/mixed", [part("text/plain"), inner])) == Choice(["1"], ["Grüße"]))
        let untitled = part("message/rfc822", filename: "forward.eml", subject: " ", [part("text/plain")])
        #expect(choose(part("multipart/mixed", [part("text/plain"), untitled])).names == ["forward.eml"])
    }

    @Test func `the text of an attached message is read where there is no other`() {
        let inner = part(
            "message/rfc822", subject: "s", [part("multipart/alternative", [part("text/plain"), part("text/html")])])
        #expect(choose(part("multipart/mixed", [inner])) == Choice(["1.1"], ["s"]))
        #expect(choose(part("multipart/mixed", [part("image/png"), inner])).sections == ["2.1"])
    }

    @Test func `of a report the part for people is read, the rest named`() {
        let report = part(
            "multipart/report", "; report-type=delivery-status",
            [
                part("text/plain"), part("message/delivery-status"),
                part("message/rfc822", subject: "Offer", [part("text/plain")]),
                part("text/rfc822-headers"), part("text/plain"),
            ])
        #expect(choose(report) == Choice(["1"], [nil, "Offer", nil, nil]))
    }

    @Test func `of a report without a part for people the status is read`() {
        let report = part(
            "multipart/report",
            [part("message/delivery-status"), part("message/rfc822", subject: "Offer", [part("text/plain")])])
        #expect(choose(report).sections == ["1"])
    }

    @Test func `a calendar entry is a file unless it is all there is`() {
        let invitation = part("multipart/alternative", [part("text/plain"), part("text/html"), part("text/calendar")])
        #expect(choose(invitation) == Choice(["1"], [nil]))
        #expect(choose(part("text/calendar", "; name=meeting.ics")) == Choice(["1"], ["meeting.ics"]))
    }

    @Test func `Outlook's own format is named`() {
        let root = part("multipart/mixed", [part("text/plain"), part("application/ms-tnef", "; name=winmail.dat")])
        #expect(choose(root) == Choice(["1"], ["winmail.dat"]))
        #expect(choose(part("application/ms-tnef", filename: "winmail.dat")) == Choice([], ["winmail.dat"]))
    }

    @Test func `names are shown without folders, control characters and turned text`() {
        let names = ["C:\\TEMP\\a.pdf", "../../etc/passwd", "in\u{202E}fdp.exe", "a\u{0}\nb.txt", " ", "/"]
        let root = part("multipart/mixed", names.map { part("application/pdf", filename: $0) })
        #expect(choose(root).names == ["a.pdf", "passwd", "infdp.exe", "a b.txt", nil, "/"])
        let long = part("application/pdf", filename: String(repeating: "x", count: 5_000))
        #expect(choose(long).names.first??.count == 255)
    }

    @Test func `sizes are those of the decoded content, about`() {
        let root = part(
            "multipart/mixed", [part("application/pdf", size: 78_000, encoding: .base64), part("image/png", size: 500)])
        #expect(TextSelection.choose(in: root).attachments.map(\.size) == [57_000, 500])
    }
}
