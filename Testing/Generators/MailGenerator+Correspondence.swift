extension MailGenerator {
    /// A letter whose words are given.
    public struct Turn: Sendable {
        let from: Person
        let to: [Person]
        let cc: [Person]
        let text: String

        /// - Parameter text: without greeting, closing and signature; paragraphs are parted by an empty line.
        public init(from: Person, to: [Person], cc: [Person] = [], _ text: String) {
            self.from = from
            self.to = to
            self.cc = cc
            self.text = text
        }
    }

    /// Letters in English whose words are given, each an answer to the one before, about a day apart.
    ///
    /// - Parameters:
    ///   - owner: whose mailbox they stand in.
    ///   - start: the date of the first, in seconds since 1970 UTC.
    public mutating func correspondence(
        _ subject: String, _ turns: [Turn], owner: Person, from start: Int64
    ) -> [GeneratedMessage] {
        var letters: [Letter] = []
        var result: [GeneratedMessage] = []
        for (number, turn) in turns.enumerated() {
            let from = turn.from
            var letter = Letter(
                kind: letters.isEmpty ? .new : .reply, from: from, to: turn.to, cc: turn.cc,
                subject: letters.isEmpty ? subject : Courtesy.reply(subject, .english),
                date: min(now, start + Int64(number) * 80_000 + Int64(random.number(0...7_000))),
                messageID: nextMessageID(from), language: .english,
                body: body(turn.text, from: from, to: turn.to[0], .english))
            letter.signature = Courtesy.signature(from)
            letter.history = letters.reversed()
            result.append(finish(letter, references: result.map(\.messageID), owner: owner))
            letters.append(letter.with(history: []))
        }
        return result
    }
}
