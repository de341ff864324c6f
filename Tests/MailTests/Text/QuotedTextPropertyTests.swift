import Generators
import Mail
import Testing

@Suite struct QuotedTextPropertyTests {
    private static let pieces = [
        "Hello there.\n", "\n", "\n\n", "> quoted\n", ">> older\r\n",
        "On Fri, Jan 5, 2024 at 12:34, J <j@example.com> wrote:\n",
        "From: John\n", "Sent: Friday\n", "To: Anna\n", "Subject: Offer\n", "-----Original Message-----\n",
        "________________\n", "-- \n",
        "--\n", "Sent from my iPhone\n", "Begin forwarded message:\n", "wrote:\n", "\r\n", "é\u{301}", "\r", " ",
        "no line end", "12:34:\n",
        "---------- Forwarded message ---------\n", "发件人：x\n", "写道：\n", "\u{2028}",
    ]

    @Test(arguments: 1...10)
    func `segments put together give the text back, and neighbours differ in kind`(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<200 {
            let text = random.joined(Self.pieces, count: Int.random(in: 0..<25, using: &random))
            let segments = QuotedText.segments(of: text)
            #expect(
                Array(segments.map(\.text).joined().utf8) == Array(text.utf8), "seed \(seed): \(text.debugDescription)")
            #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.kind != $1.kind })
            #expect(segments.allSatisfy { !$0.text.isEmpty })
        }
    }

    @Test(arguments: 11...14)
    func `a text with words has something written or quoted, and a snippet`(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<200 {
            let text = "word\n" + random.joined(Self.pieces, count: Int.random(in: 0..<25, using: &random))
            #expect(
                QuotedText.segments(of: text).contains { $0.kind != .signature },
                "seed \(seed): \(text.debugDescription)")
            for limit in [1, 5, 40, 160] {
                let snippet = QuotedText.snippet(of: text, limit: limit)
                #expect(
                    !snippet.isEmpty && snippet.count <= limit && !snippet.contains("\n"),
                    "seed \(seed): \(text.debugDescription)")
            }
        }
    }

    /// Each might end an attribution, be a header line or a separator.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ":\n", "a:\n", "：\n", ":\n\n", "12:34 a@b:\n", ":\n>\n", "De :\n", "-----x-----\n",
            "aaaaaaaaaaaaaaaaaaaaaaa 12:34 @:\n",
        ])
    func `a hundred thousand lines that look like the beginning of a quotation are read`(line: String) {
        let text = String(repeating: line, count: (1 << 18) / line.utf8.count)
        #expect(QuotedText.segments(of: text).map(\.text).joined() == text)
    }

    @Test func `a snippet is looked for at the beginning of a text`() {
        let quotation = String(repeating: "> quoted words\n", count: 10_000)
        #expect(QuotedText.snippet(of: quotation + "\nwritten\n").hasPrefix("quoted words"))
        #expect(QuotedText.snippet(of: String(quotation.prefix(60_000)) + "\n\nwritten\n") == "written")
        // Cut within a character.
        for blanks in 65_530...65_537 {
            let snippet = QuotedText.snippet(of: String(repeating: " ", count: blanks) + "語語語")
            #expect(["語語語", "語語", "語", ""].contains(snippet))
        }
        #expect(QuotedText.snippet(of: String(repeating: "word ", count: 50_000), limit: .max / 64).count > 100_000)
    }

    @Test func `texts made to be slow are read to their end`() {
        let blocks = String(repeating: "From: a\nDate: b\nSubject: c\n", count: 20_000)
        #expect(QuotedText.segments(of: blocks).map(\.text).joined() == blocks)
        let colons = String(repeating: "a 12:34 b@c wrote:\n\n", count: 20_000)
        #expect(QuotedText.segments(of: colons).map(\.text).joined() == colons)
        let blank = "wrote:\n" + String(repeating: "\n", count: 200_000) + "> x"
        #expect(QuotedText.segments(of: blank).map(\.text).joined() == blank)
        let dashes = String(repeating: "--\n", count: 100_000)
        #expect(QuotedText.segments(of: dashes).map(\.text).joined() == dashes)
    }
}
