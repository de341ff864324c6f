import Foundation
import Testing

@testable import Wording

@Suite struct PhraseTests {
    @Test func `a literal keeps its pattern and what is put in apart`() {
        let phrase: Phrase = "There is no server named “\("imap.example")” on port \(8_143)."
        #expect(phrase.pattern == "There is no server named “{1}” on port {2}.")
        #expect(phrase.arguments == [.text("imap.example"), .text("8143")])
        #expect(phrase.english == "There is no server named “imap.example” on port 8143.")
    }

    @Test func `a phrase is put into another, and so is a list`() {
        let reason: Phrase = "\("imap.example") asks for a pause."
        #expect(("\(reason) Wait." as Phrase).english == "imap.example asks for a pause. Wait.")
        #expect(Phrase.list(["Tom", "Anna", "Bob"]).english == "Tom, Anna and Bob")
        #expect(Phrase.list(["Tom"]).english == "Tom")
        #expect(Phrase.sentences(["One.", "", "Two."]).english == "One. Two.")
    }

    @Test(
        arguments: [
            "Plain.", "“\("a\u{1F}b\u{1E}c")” is in \("")", "\(count: 12_345) and \(tenths: 12) on \(day: 1)",
            .counting(3, one: "one folder", other: "\(count: 3) folders"), Phrase("today").asSentence,
            .inContext("user", "Left"), "\("Deep \("deeper \("a\u{1F}b" as String)" as Phrase)" as Phrase) down",
            .list(["a", "\("b" as String) of \(2)"]), .verbatim("Ann"), "",
        ] as [Phrase])
    func `what is stored is read back`(phrase: Phrase) throws {
        #expect(Phrase(stored: phrase.stored) == phrase)
        let json = try JSONEncoder().encode([phrase])
        #expect(try JSONDecoder().decode([Phrase].self, from: json) == [phrase])
    }

    @Test func `a text that was stored before there were phrases stays what it says`() {
        let old = Phrase(stored: "imap.example {1} stopped answering.")
        #expect(old.english == "imap.example {1} stopped answering.")
        #expect(old.arguments.isEmpty)
    }
}
