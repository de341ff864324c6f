/// A letter of a correspondence, before a mail program writes it down.
struct Letter: Sendable {
    enum Kind: Sendable {
        case new
        /// The letters before it stand below, quoted.
        case reply
        /// The letters before it are passed on.
        case forward
    }

    var kind = Kind.new
    let from: Person
    let to: [Person]
    var cc: [Person] = []
    var bcc: [Person] = []
    /// With its "Re:" or "Fwd:".
    let subject: String
    /// Seconds since 1970 UTC.
    let date: Int64
    let messageID: String
    let language: Language
    /// Greeting, text and closing.
    let body: BodyText
    /// Lines below the closing; empty for none.
    var signature: [String] = []
    /// What was answered or passed on, newest first, with history already taken off.
    var history: [Letter] = []
    var attachments: [Attachment] = []

    /// In the zone of the author.
    var civilDate: CivilDate { CivilDate(date, in: from.languages.first ?? language) }

    func with(history: [Letter]) -> Letter {
        var copy = self
        copy.history = history
        return copy
    }

    /// The line above a quotation, as mail programs of this language write it.
    var attribution: String {
        let date = civilDate
        let day = date.weekdayName(language).prefix(3)
        return switch language {
        case .english: "On \(day), \(date.dayAndMonth(.english)) \(date.year) at \(date.clock), \(from.name) wrote:"
        case .french: "Le \(day). \(date.dayAndMonth(.french)) \(date.year) à \(date.clock), \(from.name) a écrit :"
        case .german: "Am \(date.dayAndMonth(.german)) \(date.year) um \(date.clock) schrieb \(from.name):"
        case .japanese: "\(date.year)年\(date.dayAndMonth(.japanese)) \(date.clock) \(from.name):"
        case .russian: "\(date.dayAndMonth(.russian)) \(date.year) г., \(date.clock), \(from.name) написал(а):"
        }
    }

    /// The header block that Outlook puts above a quotation: label and value.
    var headerBlock: [(String, String)] {
        let labels =
            switch language {
            case .english: ["From", "Sent", "To", "Cc", "Subject"]
            case .french: ["De", "Envoyé", "À", "Cc", "Objet"]
            case .german: ["Von", "Gesendet", "An", "Cc", "Betreff"]
            case .japanese: ["差出人", "送信日時", "宛先", "CC", "件名"]
            case .russian: ["От", "Отправлено", "Кому", "Копия", "Тема"]
            }
        let date = civilDate
        let space = language == .french ? " :" : ":"
        var block = [
            (labels[0] + space, "\(from.name) <\(from.address)>"),
            (
                labels[1] + space,
                "\(date.weekdayName(language)) \(date.dayAndMonth(language)) \(date.year) \(date.clock)"
            ),
            (labels[2] + space, to.map { "\($0.name) <\($0.address)>" }.joined(separator: "; ")),
        ]
        if !cc.isEmpty {
            block.append((labels[3] + space, cc.map { "\($0.name) <\($0.address)>" }.joined(separator: "; ")))
        }
        block.append((labels[4] + space, subject))
        return block
    }

    var forwardMark: String {
        switch language {
        case .english: "---------- Forwarded message ----------"
        case .french: "---------- Message transféré ----------"
        case .german: "-------- Weitergeleitete Nachricht --------"
        case .japanese: "---------- 転送メッセージ ----------"
        case .russian: "-------- Пересылаемое сообщение --------"
        }
    }
}
