extension MailGenerator {
    /// A message that involves no customer: a newsletter, a notification, a colleague's note, a bounce and the like.
    public mutating func unrelated(for owner: Person, colleagues: [Person]) -> GeneratedMessage {
        switch UnrelatedKind.pick(&random) {
        case .newsletter: newsletter(for: owner)
        case .mailingList: mailingList(for: owner)
        case .notification: notification(for: owner)
        case .internalMail: internalMail(for: owner, colleagues)
        case .bounce: bounce(for: owner)
        case .systemReport: systemReport(for: owner)
        case .junk: junk(for: owner)
        case .coldMail: coldMail(for: owner)
        case .privateNote: privateNote(for: owner)
        case .invitation:
            invitation(from: colleagues.isEmpty ? owner : random.pick(colleagues), to: [owner], owner: owner)
        case .draft: draft(of: owner)
        }
    }

    private mutating func letter(
        from: Person, to: [Person], subject: String, _ text: String, language: Language = .english
    ) -> Letter {
        Letter(
            from: from, to: to, subject: subject, date: someTime(), messageID: nextMessageID(from), language: language,
            body: BodyText(text))
    }

    private mutating func newsletter(for owner: Person) -> GeneratedMessage {
        let (sender, subject, items) = random.pick(UnrelatedTexts.newsletters)
        let letter = letter(
            from: sender, to: [owner], subject: subject, items.map { "\($0.0)\n\n\($0.1)" }.joined(separator: "\n\n"))
        let cells = items.map { title, text in
            """
            <tr><td style="padding:24px"><h2 style="margin:0 0 8px">\(BodyText.escape(title))</h2>
            <p>\(BodyText.escape(text))</p><a href="https://www.\(sender.domain)/read?id=\(mark())&amp;utm_source=mail">Read more</a></td></tr>
            """
        }
        let page = """
            <!DOCTYPE html>
            <html><head><title>\(BodyText.escape(subject))</title><style>body{background:#f4f4f4} .preheader{display:none}</style></head>
            <body><span class="preheader">\(BodyText.escape(items[0].0))</span>
            <table width="600" align="center" cellspacing="0" cellpadding="0"><tbody>
            \(cells.joined(separator: "\n"))
            </tbody></table>
            <p style="font-size:11px">You receive this because you subscribed as \(owner.address).
            <a href="https://www.\(sender.domain)/unsubscribe?u=\(mark())">Unsubscribe</a></p>
            <img src="https://www.\(sender.domain)/pixel/\(mark()).gif" width="1" height="1" alt=""></body></html>

            """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let extra = [
            HeaderField("List-Unsubscribe", "<https://www.\(sender.domain)/unsubscribe?u=\(mark())>"),
            HeaderField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"), HeaderField("Precedence", "bulk"),
        ]
        return write(
            letter, .text(page, subtype: "html", charset: .utf8, encoding: .quotedPrintable), extra: extra,
            folder: random.chance(80) ? .inbox : .trash)
    }

    private mutating func mailingList(for owner: Person) -> GeneratedMessage {
        let (author, subject, text) = random.pick(UnrelatedTexts.mailingList)
        let list = Person("", "process-analytics@lists.instrument-forum.example")
        let letter = letter(from: author, to: [list], subject: "[process-analytics] \(subject)", text)
        let extra = [
            HeaderField("List-Id", "Process analytics <process-analytics.lists.instrument-forum.example>"),
            HeaderField("List-Post", "<mailto:process-analytics@lists.instrument-forum.example>"),
            HeaderField("Sender", "process-analytics-bounces@lists.instrument-forum.example"),
            HeaderField("X-Original-To", owner.address),
        ]
        return finish(
            letter, references: random.chance(60) ? ["<\(mark())@\(author.domain)>"] : [], owner: owner, extra: extra)
    }

    private mutating func notification(for owner: Person) -> GeneratedMessage {
        let (sender, subject, text) = random.pick(UnrelatedTexts.notifications)
        let number = "\(random.number(10_000...99_999))"
        func filled(_ text: String) -> String {
            text.split(separator: "#", omittingEmptySubsequences: false).joined(separator: number)
        }
        let letter = letter(from: sender, to: [owner], subject: filled(subject), filled(text))
        return finish(letter, references: [], owner: owner, extra: [HeaderField("Auto-Submitted", "auto-generated")])
    }

    private mutating func internalMail(for owner: Person, _ colleagues: [Person]) -> GeneratedMessage {
        guard !colleagues.isEmpty else { return notification(for: owner) }
        let colleague = random.pick(colleagues)
        let language = owner.language(with: colleague)
        let isOwn = random.chance(35)
        let (from, to) = isOwn ? (owner, colleague) : (colleague, owner)
        let (subject, text) = random.pick(
            language == .french ? UnrelatedTexts.internalFrench : UnrelatedTexts.internalEnglish)
        let used: Language = language == .french ? .french : .english
        var letter = letter(from: from, to: [to], subject: subject, "", language: used)
        letter = Letter(
            from: from, to: [to], cc: random.chance(25) ? Array(colleagues.filter { $0 != colleague }.prefix(4)) : [],
            subject: subject, date: letter.date, messageID: letter.messageID, language: used,
            body: body(text, from: from, to: to, used))
        return finish(letter, references: [], owner: owner)
    }

    /// A delivery report (RFC 3464) on a message to someone who has left.
    private mutating func bounce(for owner: Person) -> GeneratedMessage {
        let lost = Person("", "p.\(random.pick(["turner", "blake", "ferrand", "olsen"]))@oldclient.example")
        let daemon = Person("Mail Delivery System", "mailer-daemon@\(owner.domain)")
        let text = """
            This is the mail system at host mx.\(owner.domain).

            I'm sorry to have to inform you that your message could not be delivered to one or more recipients. It's attached below.

            <\(lost.address)>: host mail.oldclient.example[192.0.2.80] said: 550 5.1.1 User unknown (in reply to RCPT TO command)
            """
        let letter = letter(from: daemon, to: [owner], subject: "Undelivered Mail Returned to Sender", text)
        let report = """
            Reporting-MTA: dns; mx.\(owner.domain)\r
            Arrival-Date: \(CivilDate(letter.date - 5, zoneMinutes: 0).headerText)\r
            \r
            Final-Recipient: rfc822; \(lost.address)\r
            Action: failed\r
            Status: 5.1.1\r
            Diagnostic-Code: smtp; 550 5.1.1 User unknown\r

            """
        let original = """
            From: \(owner.address)\r
            To: \(lost.address)\r
            Subject: Following up\r
            Message-ID: <\(mark())@\(owner.domain)>\r
            Date: \(CivilDate(letter.date - 6, zoneMinutes: 0).headerText)\r
            \r

            """
        let plain = PlainText(letter, headerBlocks: false).text(.hard)
        let part = MIMEPart.multipart(
            "report", boundary: "\(mark())/mx.\(owner.domain)", parameters: "; report-type=delivery-status",
            parts: [
                .text(plain, charset: .usASCII, encoding: .sevenBit),
                .leaf(fields: [HeaderField("Content-Type", "message/delivery-status")], body: Array(report.utf8)),
                .leaf(fields: [HeaderField("Content-Type", "text/rfc822-headers")], body: Array(original.utf8)),
            ])
        return write(letter, part, extra: [HeaderField("Auto-Submitted", "auto-replied")], folder: .inbox)
    }

    private mutating func systemReport(for owner: Person) -> GeneratedMessage {
        var letter = letter(
            from: Person("Reports", "reports@\(owner.domain)"), to: [owner],
            subject: "Pipeline report, week \(random.number(1...52))",
            "Attached is the weekly report. It was made automatically.")
        let rows = (1...40).map { "\($0),\(random.number(1...9)),\(random.number(1000...90_000))" }
        letter.attachments = [.csv("pipeline.csv", ["deal,stage,value"] + rows)]
        return finish(letter, references: [], owner: owner)
    }

    private mutating func junk(for owner: Person) -> GeneratedMessage {
        let (sender, subject, text) = random.pick(UnrelatedTexts.junk)
        let letter = letter(from: sender, to: [owner], subject: subject, text)
        let page = "<html><body><center>\(letter.body.html(paragraph: "p"))</center></body></html>\r\n"
        return write(letter, .text(page, subtype: "html", charset: .latin1, encoding: .base64), folder: .junk)
    }

    private mutating func coldMail(for owner: Person) -> GeneratedMessage {
        let (sender, subject, text, language) = random.pick(UnrelatedTexts.coldMail)
        let letter = letter(from: sender, to: [owner], subject: subject, text, language: language)
        let charset: Charset = language == .russian ? .koi8r : .windows1252
        let plain = PlainText(letter, headerBlocks: false).text(.hard)
        return write(letter, .text(plain, charset: charset, encoding: .eightBit), folder: .inbox)
    }

    private mutating func privateNote(for owner: Person) -> GeneratedMessage {
        let (sender, subject, text) = random.pick(UnrelatedTexts.privateNotes)
        return finish(letter(from: sender, to: [owner], subject: subject, text), references: [], owner: owner)
    }

    private mutating func draft(of owner: Person) -> GeneratedMessage {
        let (subject, text) = random.pick(UnrelatedTexts.internalEnglish)
        let letter = letter(from: owner, to: [], subject: subject, text)
        let plain = PlainText(letter, headerBlocks: false).text(.unbroken)
        return write(letter, .text(plain, charset: .utf8, encoding: .eightBit), folder: .drafts)
    }

    mutating func write(
        _ letter: Letter, _ part: MIMEPart, extra: [HeaderField] = [], folder: GeneratedMessage.Folder
    ) -> GeneratedMessage {
        let program = Self.program(of: letter.from, language: letter.language)
        let writer = LetterWriter(program: program, mark: mark(), hasLogo: false)
        let fields = writer.header(letter, references: [], isReceived: folder != .drafts) + extra
        var bytes: [UInt8] = []
        for field in fields { bytes += field.text.utf8 }
        part.write(to: &bytes)
        return message(letter, bytes: bytes, folder: folder)
    }
}
