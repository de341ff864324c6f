/// Writes a letter as RFC 5322 octets, in the manner of a mail program.
struct LetterWriter {
    let program: MailProgram
    /// Distinguishes the boundaries and Content-IDs of this message from those of others.
    let mark: String
    /// Whether the HTML part shows a picture in the signature.
    let hasLogo: Bool

    func write(_ letter: Letter, references: [String] = [], extra: [HeaderField] = [], isReceived: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in header(letter, references: references, isReceived: isReceived) + extra { bytes += field.text.utf8 }
        content(letter).write(to: &bytes)
        return bytes
    }

    func header(_ letter: Letter, references: [String], isReceived: Bool) -> [HeaderField] {
        let charset = program.charset(for: letter.language)
        let form = program.headerForm(for: letter.language)
        func list(_ people: [Person]) -> String {
            people.map { EncodedWords.mailbox($0, charset, form) }.joined(separator: ", ")
        }
        let date = letter.civilDate.headerText
        var fields: [HeaderField] = []
        if isReceived, let first = letter.to.first {
            fields.append(HeaderField("Return-Path", "<\(letter.from.address)>"))
            fields.append(
                HeaderField(
                    "Received",
                    "from mail.\(letter.from.domain) (mail.\(letter.from.domain) [192.0.2.25]) by mx.\(first.domain) with ESMTPS id \(mark); \(CivilDate(letter.date + 4, zoneMinutes: 0).headerText)"
                ))
        }
        fields += [
            HeaderField("Date", date), HeaderField("From", list([letter.from])),
            HeaderField("To", letter.to.isEmpty ? "undisclosed-recipients:;" : list(letter.to)),
        ]
        if !letter.cc.isEmpty { fields.append(HeaderField("Cc", list(letter.cc))) }
        if !letter.bcc.isEmpty { fields.append(HeaderField("Bcc", list(letter.bcc))) }
        fields.append(HeaderField("Subject", EncodedWords.encode(letter.subject, charset, form)))
        fields.append(HeaderField("Message-ID", letter.messageID))
        if let last = references.last {
            fields.append(HeaderField("In-Reply-To", last))
            fields.append(HeaderField("References", references.joined(separator: " ")))
        }
        if let agent = program.agent { fields.append(agent) }
        fields.append(HeaderField("MIME-Version", "1.0"))
        return fields
    }

    private func content(_ letter: Letter) -> MIMEPart {
        let text = textPart(letter)
        if letter.attachments.isEmpty { return text }
        return .multipart(
            "mixed", boundary: boundary("mixed"), parameters: "",
            parts: [text] + letter.attachments.map(MIMEPart.attachment))
    }

    private func textPart(_ letter: Letter) -> MIMEPart {
        switch program {
        case .thunderbird, .terminal: return plain(letter)
        case .htmlOnly: return html(letter)
        case .outlook, .gmail, .appleMail:
            return .multipart(
                "alternative", boundary: boundary("alt"), parameters: "", parts: [plain(letter), html(letter)])
        }
    }

    private func plain(_ letter: Letter) -> MIMEPart {
        let text = PlainText(letter, headerBlocks: program.quotesWithHeaderBlock).text(program.lines)
        let charset = program.charset(for: letter.language, text)
        return .text(
            text, charset: charset, encoding: program.encoding(for: charset),
            parameters: program.lines == .flowed ? "; format=flowed" : "")
    }

    private func html(_ letter: Letter) -> MIMEPart {
        let contentID = hasLogo && !letter.signature.isEmpty ? "logo.\(mark)@\(letter.from.domain)" : nil
        let text = PlainText(letter, headerBlocks: program.quotesWithHeaderBlock).text(.unbroken)
        let charset = program.charset(for: letter.language, text)
        let page = MIMEPart.text(
            HTMLPage(program: program, charset: charset, logo: contentID).text(letter), subtype: "html",
            charset: charset,
            encoding: program.encoding(for: charset))
        guard let contentID else { return page }
        return .multipart(
            "related", boundary: boundary("rel"), parameters: "; type=\"text/html\"",
            parts: [page, .inlineImage(Attachment.logo, contentID: contentID, name: program.pictureName)])
    }

    private func boundary(_ kind: String) -> String {
        switch program {
        case .outlook: "----=_NextPart_\(kind)_\(mark)"
        case .appleMail: "Apple-Mail=_\(kind)-\(mark)"
        default: "000000\(mark)\(kind)"
        }
    }
}
