import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct SearchTests {
    private let carol = "carol@client.example"
    private let dave = "dave@client.example"

    @Test func `an email is found by words of its subject, its text, and the names and addresses on it`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply(
            [
                mail(
                    1, "a", from: carol, to: ["ann@acme.example"], cc: ["x@third.example"],
                    subject: "Angebot für Müller"),
                mail(2, "b", to: [carol], subject: "Lunch"),
            ], in: bench.inbox)
        try await bench.fetchTexts(bench.anns) {
            $0.remoteID.rawValue == "1" ? "Die Lieferung kommt am Montag." : "Noon?"
        }
        for query in [
            "angebot", "MULLER", "müller", "lieferung", "liefer", "montag angebot", "carol third", "x@third.example",
            "third.exam", "  lieferung\u{3000}kommt ", "für", "am",
        ] { #expect(try await bench.found(query, for: bench.ann) == ["Angebot für Müller"], "\(query)") }
        for query in ["iefer", "angebot noon", "an", "mo", "third@x.example", "liefer kommt"] {
            #expect(try await bench.found(query, for: bench.ann) == [], "\(query)")
        }
        #expect(
            try await bench.found("client.example", for: bench.ann)
                == ["Lunch", "Angebot für Müller"])
    }

    @Test func `nothing that is typed is an error or means anything but its words`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "Near or not and the rest")], in: bench.inbox)
        let all = ["Near or not and the rest"]
        for query in [
            "near", "NOT", "or", "AND", "near*", "\"near", "near\"", "(near", "near)", "^near", "-near", "+near",
            "NEAR(",
            "near - rest", "near ' rest", "near; rest", "near \u{0} rest", "near 🙂", "near --",
            "\u{FFFD}near",
        ] {
            #expect(try await bench.found(query, for: bench.ann) == all, "\(query)")
        }
        for query in [
            "", " ", "\"", "\"\"", "*", "()", "a\"b\"c*", "subject : rest", "mailbox:1", "\u{E000}1", "$1",
            "?1", "'",
            "{a b} : c", "--", "🙂", "x OR rest", "\u{0}", "\u{202E}", String(repeating: "x", count: 100_000),
            String(repeating: "x ", count: 10_000), String(repeating: "a.", count: 10_000), "\u{301}", "\\", "%", "_",
        ] { #expect(try await bench.found(query, for: bench.ann) == [], "\(query.prefix(30))") }
    }

    @Test func `the words are marked in the subject and in the part of the text around them`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "<b>Offers</b> & more")], in: bench.inbox)
        let long = String(repeating: "word ", count: 200)
        try await bench.fetchTexts(bench.anns) { _ in "Hello.\n\(long)<i>the offer</i> \(long)" }
        let entry = try #require(try await bench.search("offer", for: bench.ann).first)
        #expect(entry.markedSubject.pieces.map(\.text) == ["<b>", "Offers", "</b> & more"])
        #expect(entry.markedSubject.pieces.map(\.isHit) == [false, true, false])
        #expect(entry.markedSnippet.pieces.filter(\.isHit).map(\.text) == ["offer"])
        #expect(entry.snippet.contains("word <i>the offer</i> word") && entry.snippet.count < 200)
        // Where the text has nothing to mark, it is shown from its beginning.
        let plain = try #require(try await bench.search("more", for: bench.ann).first)
        #expect(!plain.markedSnippet.hasHit && plain.snippet.hasPrefix("Hello. word"))
        // And so it is without a search.
        let card = try await bench.card(.contact(try #require(entry.contacts.first)), for: bench.ann)
        #expect(card.map(\.subject) == ["<b>Offers</b> & more"] && !card[0].markedSubject.hasHit)
    }

    @Test func `words in a quotation are shown in one line without its marks`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        let quoted = "Fine, 2 > 1.\n\n> Dear Ann,\n>\n> > the offer\n> > stands\r\n\t> for 5 > 4 weeks\n"
        try await bench.fetchTexts(bench.anns) { _ in quoted }
        let entry = try #require(try await bench.search("stands", for: bench.ann).first)
        #expect(entry.snippet.hasPrefix("Fine, 2 > 1. Dear Ann, the offer stands for 5 > 4 weeks"), "\(entry.snippet)")
        #expect(entry.markedSnippet.pieces.filter(\.isHit).map(\.text) == ["stands"])
        let first = try #require(try await bench.search("dear", for: bench.ann).first)
        #expect(first.snippet == entry.snippet)
    }

    @Test func `what is searched for on a card is found on that card only, with its other filters`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let contacts = [
            try await bench.contact(carol, account: account), try await bench.contact(dave, account: account),
            try await bench.contact("x@else.example"),
        ]
        try await bench.apply(
            [
                mail(1, "c1", to: [carol], subject: "Offer one", at: 100),
                mail(2, "c2", from: carol, subject: "Offer two", at: 200),
                mail(3, "d1", to: [dave], subject: "Offer three", at: 300),
                mail(4, "cd", from: dave, to: [carol], subject: "Offer four", at: 400),
                mail(5, "x", to: ["x@else.example"], subject: "Offer five", at: 500),
                mail(6, "c3", to: [carol], subject: "Lunch", at: 600),
            ], in: bench.inbox)
        try await bench.apply([mail(1, "b", to: [carol], subject: "Offer of Bob", at: 50)], in: bench.bobsInbox)
        #expect(
            try await bench.found("offer", for: bench.ann, on: .contact(contacts[0])) == [
                "Offer four", "Offer two", "Offer one",
            ])
        let gathered = try await bench.search("offer", for: bench.ann, on: .account(account))
        #expect(gathered.map(\.subject) == ["Offer four", "Offer three", "Offer two", "Offer one"])
        #expect(Set(gathered[0].contacts) == Set(contacts[0...1]))
        var filter = CardFilter()
        filter.direction = .sent
        let sent = try await bench.search("offer", for: bench.eve, on: .contact(contacts[0]), filter: filter)
        #expect(sent.map(\.subject) == ["Offer four", "Offer one", "Offer of Bob"])
        filter.colleague = bench.bob
        #expect(try await bench.search("offer", for: bench.eve, on: .contact(contacts[0]), filter: filter).count == 1)
        var period = CardFilter()
        (period.from, period.until) = (200, 400)
        let within = try await bench.search("offer", for: bench.ann, on: .account(account), filter: period)
        #expect(within.map(\.subject) == ["Offer three", "Offer two"])
    }
}

/// Words of which only the beginning was typed.
@Suite struct WordBeginningTests {
    private let carol = "carol@client.example"

    /// Subjects, each in an email of its own.
    private func bench(_ subjects: [String]) async throws -> Bench {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply(
            subjects.enumerated().map { index, subject in
                mail(UInt32(index + 1), "m\(index)", to: [carol], subject: subject, at: Int64(index))
            }, in: bench.inbox)
        return bench
    }

    @Test(arguments: [3, 39, 40, 41, 60])
    func `as many words as there are begin with it, each is found`(_ count: Int) async throws {
        let subjects = (0..<count).map { "plan\(String($0, radix: 3)) x" } + ["pla", "planet-x", "plzn", "blank"]
        let bench = try await bench(subjects)
        let expected = subjects.filter { $0.hasPrefix("plan") }
        #expect(try await bench.found("plan", for: bench.ann) == expected.reversed())
        #expect(try await bench.found("x plan", for: bench.ann) == expected.reversed())
        #expect(try await bench.found("planet", for: bench.ann) == ["planet-x"])
        #expect(try await bench.found("planets", for: bench.ann) == [])
        let entry = try #require(try await bench.search("plan0", for: bench.ann).last)
        #expect(entry.markedSubject.pieces.first?.isHit == true)
    }

    @Test func `letters with accents are taken as the index takes them, each of Latin`() async throws {
        let letters = (0xC0...0x17F).compactMap(Unicode.Scalar.init).filter(\.properties.isAlphabetic)
        let bench = try await bench(letters.map { "Wor\(Character($0))d\($0.value)" })
        for letter in letters {
            let subject = "Wor\(Character(letter))d\(letter.value)"
            #expect(try await bench.found(subject, for: bench.ann) == [subject], "\(subject)")
            #expect(
                try await bench.found(subject.uppercased(), for: bench.ann).contains(subject) || letter.value == 0xDF
                    || letter.value == 0x149 || letter.value == 0x131 || letter.value == 0x17F, "\(subject)")
        }
    }

    @Test func `signs that the index uses itself mean nothing, neither typed nor in an email`() async throws {
        let bench = try await bench(["Plan \u{E002} one", "Plan \u{E000}1 \u{E001}1 two", "\u{E002}", "Third"])
        #expect(try await bench.found("plan", for: bench.ann).count == 2)
        #expect(try await bench.found("plan two", for: bench.ann).count == 1)
        #expect(try await bench.found("third", for: bench.ann) == ["Third"])
        #expect(try await bench.found("third plan", for: bench.ann) == [])
        #expect(try await bench.found("\u{E002}", for: bench.ann) == [])
        #expect(try await bench.found("third\u{E000}1", for: bench.ann) == [])
        #expect(try await bench.found("plan", for: bench.bob) == [])
    }
}
