/// How a person's mail program writes messages.
enum MailProgram: Sendable, CaseIterable {
    /// Plain text, format=flowed, quoted with ">".
    case thunderbird
    /// Plain and HTML alternatives in Windows' charset, history below a header block.
    case outlook
    /// Plain and HTML alternatives in UTF-8.
    case gmail
    /// Plain and HTML alternatives, quoted as citation.
    case appleMail
    /// Plain text in hard lines, 8 bit, the oldest charset that will do.
    case terminal
    /// HTML only, as phones and web forms send it.
    case htmlOnly

    var agent: HeaderField? {
        switch self {
        case .thunderbird: HeaderField("User-Agent", "Mozilla Thunderbird")
        case .outlook: HeaderField("X-Mailer", "Microsoft Outlook 16.0")
        case .gmail: nil
        case .appleMail: HeaderField("X-Mailer", "Apple Mail (2.3774.600.62)")
        case .terminal: HeaderField("User-Agent", "Mutt/2.2.9 (2022-11-12)")
        case .htmlOnly: HeaderField("X-Mailer", "WebMail 4.2")
        }
    }

    /// The name that a picture in the text gets.
    var pictureName: String? {
        switch self {
        case .outlook: "image001.png"
        default: nil
        }
    }

    func headerForm(for language: Language) -> EncodedWords.Form {
        switch (self, language) {
        case (.gmail, _), (.htmlOnly, _), (_, .japanese), (_, .russian): .base64
        default: .quoted
        }
    }

    func charset(for language: Language) -> Charset {
        switch (self, language) {
        case (.gmail, _), (.appleMail, _), (.htmlOnly, _): .utf8
        case (_, .japanese): .iso2022jp
        case (_, .russian): .koi8r
        case (.terminal, .english): .latin1
        case (.terminal, _): .latin9
        case (.outlook, _): .windows1252
        case (.thunderbird, _): .utf8
        }
    }

    /// The same, or UTF-8 where that charset lacks a character of the text.
    func charset(for language: Language, _ text: String) -> Charset {
        let preferred = charset(for: language)
        return preferred.encode(text) == nil ? .utf8 : preferred
    }

    func encoding(for charset: Charset) -> TransferEncoding {
        if charset.isSevenBit { return .sevenBit }
        return switch self {
        case .thunderbird, .terminal: .eightBit
        case .outlook, .appleMail: .quotedPrintable
        case .gmail: charset == .utf8 ? .quotedPrintable : .base64
        case .htmlOnly: .base64
        }
    }

    /// How long lines of plain text are divided.
    var lines: PlainText.Lines {
        switch self {
        case .thunderbird: .flowed
        case .terminal, .gmail: .hard
        case .outlook, .appleMail, .htmlOnly: .unbroken
        }
    }

    var quotesWithHeaderBlock: Bool { self == .outlook || self == .htmlOnly }
}
