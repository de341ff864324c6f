import Foundation
import Synchronization
import Testing

@testable import Wording

@Suite struct CatalogueTests {
    private let french = Catalogue(
        .french,
        [
            "{1} emails": .plural(one: "{1} e-mail", other: "{1} e-mails"),
            "{1} wrote to {2}.": .text("{2} a reçu un e-mail de {1} : lisez-le !"),
            "The mailbox of {1}": .text("La boîte mail de {1}"), "today": .text("aujourd'hui"),
            "Left": .text("Gauche"), "user|Left": .text("Parti"), "{1} MB": .text("{1} Mo"),
            "{1} {2} {3}": .text("{1} {2} {3}"), "“{1}”": .text("« {1} »"),
        ])

    private func emails(_ count: Int) -> Phrase {
        .counting(count, one: "\(count: count) email", other: "\(count: count) emails")
    }

    @Test func `French counts nought and one in the singular, English one alone`() {
        #expect(
            [0, 1, 2, 1_234].map { french.text(emails($0)) } == [
                "0 e-mail", "1 e-mail", "2 e-mails", "1\u{202F}234 e-mails",
            ])
        #expect([0, 1, 2, 1_234].map { emails($0).english } == ["0 emails", "1 email", "2 emails", "1,234 emails"])
    }

    @Test func `what is put in may change places, and is never translated itself`() {
        #expect(
            french.text("\("today") wrote to \("Ann").") == "Ann a reçu un e-mail de today\u{A0}: lisez-le\u{202F}!")
        #expect(french.text("\("{2}") wrote to \("Ann").").hasPrefix("Ann a reçu un e-mail de {2}"))
    }

    @Test func `a phrase that is put in is translated`() {
        #expect(french.text("“\(emails(2))”") == "«\u{A0}2 e-mails\u{A0}»")
    }

    @Test func `the same English text is told apart by its context`() {
        #expect(french.text("Left") == "Gauche")
        #expect(french.text(.inContext("user", "Left")) == "Parti")
        #expect(french.text("Left", context: "user") == "Parti")
        #expect(french.text("Left", context: "other") == "Gauche")
    }

    @Test(arguments: [
        ("Anna", "La boîte mail d’Anna"), ("Élodie", "La boîte mail d’Élodie"), ("Tom", "La boîte mail de Tom"),
        ("Henry", "La boîte mail de Henry"), ("Yann", "La boîte mail de Yann"), ("ébauche", "La boîte mail d’ébauche"),
    ])
    func `de loses its e before a vowel`(name: String, text: String) {
        #expect(french.text("The mailbox of \(name)") == text)
    }

    @Test func `numbers, sizes and the first of a month are written as the language does`() {
        #expect(french.text("\(tenths: 12) MB") == "1,2 Mo")
        #expect(french.text("\(tenths: 20) MB") == "2 Mo")
        #expect(Phrase("{1} MB", arguments: [.tenths(12)]).english == "1.2 MB")
        #expect(french.text("\(day: 1) \("mai") \(2026)") == "1er mai 2026")
        #expect(french.text("\(day: 2) \("mai") \(2026)") == "2 mai 2026")
        #expect(Numerals(.french).grouped(-1_234_567) == "−1\u{202F}234\u{202F}567")
        #expect(Numerals(.english).grouped(-1_234_567) == "−1,234,567")
    }

    @Test func `a sentence begins with a capital letter`() {
        #expect(french.text(Phrase("today").asSentence) == "Aujourd’hui")
        #expect(Phrase("today").asSentence.english == "Today")
    }

    @Test func `what a catalogue lacks is told, and shown in English`() {
        let missing = Mutex<[String]>([])
        let catalogue = Catalogue(.french, [:]) { key in missing.withLock { $0.append(key) } }
        #expect(catalogue.text("Not \("there").") == "Not there.")
        #expect(catalogue.text(.verbatim("Ann")) == "Ann")
        #expect(catalogue.text("\(1) – \(2)") == "1 – 2")
        #expect(missing.withLock { $0 } == ["Not {1}."])
    }

    @Test func `a catalogue is read from JSON, and an unknown form is refused`() throws {
        let json = Data(#"{"a": "b", "{1} c": {"one": "{1} d", "other": "{1} ds"}}"#.utf8)
        let read = try Catalogue(.french, json: json)
        #expect(read.text("a") == "b")
        #expect(read.text(.counting(1, one: "\(1) c", other: "\(1) c")) == "1 d")
        #expect(throws: DecodingError.self) {
            try Catalogue(.french, json: Data(#"{"a": {"few": "b", "one": "c"}}"#.utf8))
        }
    }
}
