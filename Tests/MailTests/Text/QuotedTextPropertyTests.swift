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
