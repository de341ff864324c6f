import Generators
import Testing

@testable import Interchange

@Suite struct VCardReaderTests {
    private func read(_ text: String) -> [VCardRecord] { Array(VCardReader(Array(text.utf8))) }

    @Test func `a card of version 4 is read with the preferred address first`() throws {
        let records = read(
            """
            BEGIN:VCARD
            VERSION:4.0
            FN:Dr. Jane Doe
            N:Doe;Jane;;Dr.;
            item1.EMAIL;TYPE=home:jane@home.example
            EMAIL;TYPE="work,x:y";PREF=1:jane@firm.example
            TEL;VALUE=uri;PREF=2:tel:+44-20-1
            TEL:555
            TITLE:Head of research\\, development
            ORG:Brown\\; Sons;Laboratory
            NOTE:one\\nand a
              long line
            END:VCARD
            """)
        let record = try #require(try records.first?.content.get())
        #expect(record.firstName == "Jane" && record.lastName == "Doe")
        #expect(record.addresses == ["jane@firm.example", "jane@home.example"])
        #expect(record.phone == "+44-20-1" && record.title == "Head of research, development")
        #expect(record.account.name == "Brown; Sons" && record.notes == "one\nand a long line")
    }

    @Test func `a card of version 3 without N is named by FN, and pictures are passed over`() throws {
        let picture = String(repeating: " " + String(repeating: "A", count: 74) + "\r\n", count: 8_000)
        let records = read(
            "begin:vcard\r\nversion:3.0\r\nFN:van Dyke, Ann\r\nPHOTO;ENCODING=b:A\r\n\(picture)"
                + "EMAIL;TYPE=INTERNET,PREF:ann@x.example\r\nEND:VCARD\r\n")
        let record = try #require(try records.first?.content.get())
        #expect(record.firstName == "Ann" && record.lastName == "van Dyke" && record.addresses == ["ann@x.example"])
    }

    @Test func `quoted-printable of version 2_1 is decoded, with its charset and soft breaks`() throws {
        let records = read(
            """
            BEGIN:VCARD
            VERSION:2.1
            N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCr=
            gen
            NOTE;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9=0D=0Anoir
            EMAIL;PREF;INTERNET:j@x.example
            END:VCARD
            """)
        let record = try #require(try records.first?.content.get())
        #expect(record.lastName == "Müller" && record.firstName == "Jürgen")
        #expect(record.notes == "café\r\nnoir" && record.addresses == ["j@x.example"])
    }

    @Test func `a card that does not end, and text around cards, are problems of their own`() throws {
        let records = read(
            "hello\nworld\nBEGIN:VCARD\nFN:Lost\nBEGIN:VCARD\nFN:Found\nEND:VCARD\nBEGIN:VCARD\nFN:Cut off\n")
        #expect(records.map(\.line) == [1, 3, 5, 8])
        #expect(records[0].content == .failure(.outsideCard) && records[1].content == .failure(.notEnded))
        #expect(try records[2].content.get().lastName == "Found" && records[3].content == .failure(.notEnded))
    }

    @Test func `any octets are read to the end`() {
        var random = SeededRandom(seed: 9)
        let pieces = [
            "BEGIN:VCARD", "END:VCARD", "\n", "\r\n ", "N:", ";", "=", ":", "ENCODING=QUOTED-PRINTABLE", "\"", "\\",
        ]
        for _ in 0..<2_000 {
            let text = (0..<20).map { _ in pieces.randomElement(using: &random)! }.joined()
            _ = read(text)
        }
    }
}
