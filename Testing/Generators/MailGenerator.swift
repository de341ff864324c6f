/// Writes the mail of a salesperson's mailbox: correspondence with customers, and all the rest that fills an inbox. The
/// same seed and calls give the same octets on every machine.
public struct MailGenerator: Sendable {
    var random: SeededRandom
    /// Seconds since 1970 UTC. Nothing is dated later.
    public let now: Int64
    private var messageNumber = 0

    /// How far back the mail goes.
    public static let span: Int64 = 548 * 86_400

    /// - Parameter now: seconds since 1970 UTC.
    public init(seed: UInt64, now: Int64) {
        random = SeededRandom(seed: seed)
        self.now = now
    }

    /// A correspondence of some one to seven messages between the owner of a mailbox and a customer, oldest first,
    /// begun at a time within the last 18 months, more often lately.
    ///
    /// - Parameters:
    ///   - others: the customer, and people who are copied in now and then; there must be one.
    public mutating func conversation(between owner: Person, and others: [Person]) -> [GeneratedMessage] {
        let customer = others[0]
        let language = owner.language(with: customer)
        let scenario = random.pick(Scenario.all.filter { $0.language == language })
        let filling = Filling(language: language, supplier: owner, customer: customer, random: &random)
        let count = random.chance(25) ? random.number(1...scenario.turns.count) : scenario.turns.count
        var date = begin(turns: count)
        let subject = filling.fill(random.pick(scenario.subjects), date: date)
        let copied = others.count > 1 && random.chance(40) ? [others[random.number(1...others.count - 1)]] : []
        var letters: [Letter] = []
        var result: [GeneratedMessage] = []
        for turn in scenario.turns.prefix(count) {
            let (from, to) = turn.side == .supplier ? (owner, customer) : (customer, owner)
            var letter = Letter(
                kind: letters.isEmpty ? .new : .reply, from: from, to: [to],
                subject: letters.isEmpty ? subject : Courtesy.reply(subject, language), date: date,
                messageID: nextMessageID(from), language: language,
                body: body(filling.fill(turn.text, date: date), from: from, to: to, language))
            letter.cc = copied
            if from == owner, others.count > 1, copied.isEmpty, random.chance(8) {
                letter.bcc = [others[others.count - 1]]
            }
            // Short answers often go out unsigned.
            if letters.count < 2 || random.chance(50) { letter.signature = Courtesy.signature(from) }
            letter.attachments = turn.files.map { Courtesy.attachment($0, filling, language, random: &random) }
            letter.history = random.chance(90) ? Array(letters.suffix(3).reversed()) : []
            result.append(finish(letter, references: result.map(\.messageID), owner: owner))
            letters.append(letter.with(history: []))
            if from == owner, random.chance(6) { result.append(absence(of: to, answering: letter, owner: owner)) }
            date = workingTime(date + Int64(random.number(1200...190_000)))
            if date > now { break }
        }
        if let last = letters.last, let other = others.dropFirst().first, random.chance(8), date < now {
            result.append(forwarded(last, earlier: letters, by: owner, to: other, date: date))
        }
        return result
    }

    /// A letter that a customer writes to the owner of a mailbox at some moment, as the first of a correspondence.
    public mutating func arrival(from customer: Person, to owner: Person, at date: Int64) -> GeneratedMessage {
        let language = owner.language(with: customer)
        let scenario = random.pick(Scenario.all.filter { $0.language == language && $0.turns[0].side == .customer })
        let filling = Filling(language: language, supplier: owner, customer: customer, random: &random)
        var letter = Letter(
            from: customer, to: [owner], subject: filling.fill(random.pick(scenario.subjects), date: date), date: date,
            messageID: nextMessageID(customer), language: language,
            body: body(filling.fill(scenario.turns[0].text, date: date), from: customer, to: owner, language))
        letter.signature = Courtesy.signature(customer)
        letter.attachments = scenario.turns[0].files.map { Courtesy.attachment($0, filling, language, random: &random) }
        return finish(letter, references: [], owner: owner)
    }

    /// The mail of a whole mailbox, oldest first: correspondence with its owner's customers, and about as many messages
    /// as asked that concern no customer.
    public mutating func mailbox(
        of owner: Person, customers: [Person], colleagues: [Person], conversations: Int, unrelated: Int
    ) -> [GeneratedMessage] {
        var result: [GeneratedMessage] = []
        for _ in 0..<conversations {
            let customer = random.pick(customers)
            let others = customers.filter { $0.company == customer.company && $0 != customer }
            result += conversation(between: owner, and: [customer] + others)
        }
        if customers.count > 3 { result.append(announcement(from: owner, to: customers)) }
        if customers.count > 0 {
            for _ in 0..<max(1, conversations / 12) {
                result.append(
                    invitation(from: random.pick(customers), to: [owner] + colleagues.prefix(1), owner: owner))
            }
        }
        for _ in 0..<unrelated { result.append(self.unrelated(for: owner, colleagues: colleagues)) }
        return result.sorted { ($0.date, $0.messageID) < ($1.date, $1.messageID) }
    }

    // MARK: Parts of a correspondence

    private mutating func forwarded(
        _ last: Letter, earlier: [Letter], by owner: Person, to other: Person, date: Int64
    ) -> GeneratedMessage {
        let text =
            switch last.language {
            case .french:
                "Pour information, voir l’échange ci-dessous. Dites-moi si vous souhaitez être associé à la suite."
            case .german: "zur Kenntnis, siehe unten. Geben Sie mir bitte Bescheid, wenn Sie dazu Fragen haben."
            case .japanese: "ご参考までに転送いたします。"
            default: "For your information, see below. Tell me if you would like to be kept in the loop on this."
            }
        var letter = Letter(
            kind: .forward, from: owner, to: [other], subject: Courtesy.forward(last.subject, last.language),
            date: date,
            messageID: nextMessageID(owner), language: last.language,
            body: body(text, from: owner, to: other, last.language))
        letter.history = Array(earlier.suffix(2).reversed())
        letter.attachments = last.attachments
        return finish(letter, references: earlier.map(\.messageID), owner: owner)
    }

    private mutating func absence(of person: Person, answering letter: Letter, owner: Person) -> GeneratedMessage {
        let back = CivilDate(letter.date + 9 * 86_400, in: letter.language).dayAndMonth(letter.language)
        let (subject, text) =
            switch letter.language {
            case .french:
                (
                    "Réponse automatique : \(letter.subject)",
                    "Bonjour,\n\nJe suis absent(e) jusqu’au \(back) et ne lis pas mes messages. En cas d’urgence, contactez l’accueil."
                )
            case .german:
                (
                    "Automatische Antwort: \(letter.subject)",
                    "Guten Tag,\n\nich bin bis zum \(back) nicht im Haus. Ihre Nachricht wird nicht weitergeleitet."
                )
            case .japanese: ("自動応答: \(letter.subject)", "\(back)まで不在にしております。戻り次第ご連絡いたします。")
            default:
                (
                    "Automatic reply: \(letter.subject)",
                    "Thank you for your message. I am out of the office until \(back) with limited access to email. For urgent matters please call our switchboard."
                )
            }
        let reply = Letter(
            from: person, to: [owner], subject: subject, date: min(letter.date + 3, now),
            messageID: nextMessageID(person),
            language: letter.language, body: BodyText(text))
        return finish(
            reply, references: [letter.messageID], owner: owner,
            extra: [HeaderField("Auto-Submitted", "auto-replied"), HeaderField("X-Auto-Response-Suppress", "All")])
    }

    private mutating func announcement(from owner: Person, to customers: [Person]) -> GeneratedMessage {
        let date = workingTime(now - Int64(random.number(20...300)) * 86_400)
        let text = """
            A short note to all of you: our service line has new hours. From next month you reach us from 7:00 to 19:00, and on Saturdays until noon. The number stays the same.

            If you prefer not to receive notes like this one, just answer with a word.
            """
        var letter = Letter(
            from: owner, to: random.chance(50) ? [owner] : customers, subject: "New hours of our service line",
            date: date,
            messageID: nextMessageID(owner), language: .english,
            body: BodyText("Dear customers,\n\n\(text)\n\nBest regards,\n\n\(owner.name)"))
        if letter.to == [owner] { letter.bcc = customers }
        letter.signature = Courtesy.signature(owner)
        return finish(letter, references: [], owner: owner)
    }

    func body(_ text: String, greeting: String, closing: String) -> BodyText {
        BodyText("\(greeting)\n\n\(text)\n\n\(closing)")
    }

    mutating func body(_ text: String, from: Person, to: Person, _ language: Language) -> BodyText {
        let greeting = Courtesy.greeting(to, language, random: &random)
        return body(text, greeting: greeting, closing: Courtesy.closing(from, language, random: &random))
    }

    // MARK: Writing down

    mutating func finish(
        _ letter: Letter, references: [String], owner: Person, extra: [HeaderField] = []
    ) -> GeneratedMessage {
        let isOwn = letter.from.address == owner.address
        let program = Self.program(of: letter.from, language: letter.language)
        let writer = LetterWriter(program: program, mark: mark(), hasLogo: letter.history.isEmpty && random.chance(40))
        let bytes = writer.write(letter, references: references, extra: extra, isReceived: !isOwn)
        return message(letter, bytes: bytes, folder: folder(for: letter, owner: owner))
    }

    func message(_ letter: Letter, bytes: [UInt8], folder: GeneratedMessage.Folder) -> GeneratedMessage {
        GeneratedMessage(
            bytes: bytes, date: letter.date, folderHint: folder, messageID: letter.messageID, subject: letter.subject,
            from: letter.from, to: letter.to, cc: letter.cc, bcc: letter.bcc,
            text: letter.body.lines.filter { !$0.isEmpty }.joined(separator: "\n"),
            attachments: letter.attachments.map(\.name))
    }

    /// What is older than two months has been filed, by client or in the archive.
    private mutating func folder(for letter: Letter, owner: Person) -> GeneratedMessage.Folder {
        if letter.from.address == owner.address { return .sent }
        let age = now - letter.date
        if age < 60 * 86_400 || random.chance(20) { return .inbox }
        let isCustomer = !letter.from.company.isEmpty && letter.from.company != owner.company
        if isCustomer, random.chance(60) { return .project("Clients/\(letter.from.company)") }
        return .archive
    }

    /// Each person keeps to one program.
    static func program(of person: Person, language: Language) -> MailProgram {
        var hash: UInt32 = 2_166_136_261
        for byte in person.address.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        if language == .japanese { return hash % 2 == 0 ? .outlook : .thunderbird }
        return MailProgram.allCases[Int(hash >> 8) % MailProgram.allCases.count]
    }

    mutating func nextMessageID(_ person: Person) -> String {
        messageNumber += 1
        return "<\(mark()).\(messageNumber)@\(person.domain)>"
    }

    /// Sixteen hexadecimal digits.
    mutating func mark() -> String {
        let digits = String(random.next(), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    // MARK: Time

    private mutating func begin(turns: Int) -> Int64 {
        let reach = Double(random.number(0...10_000)) / 10_000
        let age = Double(Self.span) * reach * reach
        return workingTime(now - Int64(age) - Int64(turns) * 100_000)
    }

    /// Some moment in the last 18 months.
    mutating func someTime() -> Int64 {
        let reach = Double(random.number(0...10_000)) / 10_000
        return now - 600 - Int64(Double(Self.span - 600) * reach * reach)
    }

    /// The same or a near later moment between Monday and Friday, 8 and 18 hours UTC, unless that lies ahead.
    private mutating func workingTime(_ date: Int64) -> Int64 {
        var result = date
        let hour = CivilDate(result, zoneMinutes: 0).hour
        if hour < 8 { result += Int64(8 - hour) * 3600 } else if hour >= 18 { result += Int64(32 - hour) * 3600 }
        switch CivilDate(result, zoneMinutes: 0).weekday {
        case 0: result += 86_400
        case 6: result += 2 * 86_400
        default: break
        }
        return result > now && date <= now ? date : result
    }
}
