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

    @Test func `a card of Apple's address book is read, with groups, labels and its preferred address`() throws {
        let records = read(
            """
            BEGIN:VCARD
            VERSION:3.0
            PRODID:-//Apple Inc.//macOS 15.1//EN
            N:Guivarc’h;Maëlle;Anne;Mme;
            FN:Mme Maëlle Anne Guivarc’h
            ORG:Laiterie de Kerbrenn;Achats
            TITLE:Responsable achats
            item1.EMAIL;type=INTERNET:maelle@home.example
            item1.X-ABLabel:_$!<Other>!$_
            EMAIL;type=INTERNET;type=WORK;type=pref:maelle.guivarch@kerbre
             nn.example
            TEL;type=WORK;type=FAX;type=pref:+33 2 61 91 20 49
            TEL;type=CELL;type=VOICE:+33 6 39 98 12 34
            item2.ADR;type=WORK:;;12 route de Bénodet;Quimper;;29000;France
            item2.X-ABADR:fr
            NOTE:Préfère le matin\\, avant 10 h.\\nLigne deux
            X-ABUID:0A1B-2C:ABPerson
            END:VCARD

            BEGIN:VCARD
            VERSION:3.0
            N:Clients
            FN:Clients
            X-ADDRESSBOOKSERVER-KIND:group
            X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:0A1B-2C
            END:VCARD

            """)
        let record = try #require(try records.first?.content.get())
        #expect(record.firstName == "Maëlle" && record.lastName == "Guivarc’h")
        #expect(record.addresses == ["maelle.guivarch@kerbrenn.example", "maelle@home.example"])
        #expect(record.phone == "+33 6 39 98 12 34", "a fax is nobody's telephone")
        #expect(record.title == "Responsable achats" && record.account.name == "Laiterie de Kerbrenn")
        #expect(record.notes == "Préfère le matin, avant 10 h.\nLigne deux")
        #expect(records.count == 2 && records[1].content == .failure(.group))
    }

    @Test func `a card of Google's contacts is read`() throws {
        let record = try #require(
            try read(
                """
                BEGIN:VCARD
                VERSION:3.0
                FN:Owen Bell
                N:Bell;Owen;;;
                EMAIL;TYPE=INTERNET;TYPE=HOME:owen@home.example
                EMAIL;TYPE=INTERNET;TYPE=PREF;TYPE=WORK:owen@harrowpike.example
                TEL;TYPE=CELL:+44 7700 900461
                item1.ORG:Harrow & Pike Brewing
                item1.X-ABLabel:
                TITLE:Purchasing
                item2.URL:http\\://www.google.com/profiles/1
                item2.X-ABLabel:PROFILE
                CATEGORIES:myContacts
                END:VCARD
                """
            ).first?.content.get())
        #expect(record.firstName == "Owen" && record.lastName == "Bell" && record.phone == "+44 7700 900461")
        #expect(record.addresses == ["owen@harrowpike.example", "owen@home.example"])
        #expect(record.account.name == "Harrow & Pike Brewing" && record.title == "Purchasing")
    }

    @Test func `a card of Outlook, of version 2_1 with octets of Windows-1252, is read`() throws {
        let text = """
            BEGIN:VCARD\r
            VERSION:2.1\r
            N;LANGUAGE=fr;CHARSET=Windows-1252:Lef\u{E8}vre;Andr\u{E9}\r
            FN;CHARSET=Windows-1252:Andr\u{E9} Lef\u{E8}vre\r
            ORG;CHARSET=Windows-1252:Soci\u{E9}t\u{E9} Lef\u{E8}vre;Ventes\r
            TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Directeur =C3=A0 la=\r
             qualit=C3=A9\r
            TEL;WORK;FAX:+33 4 00 00 00 09\r
            TEL;WORK;VOICE:+33 4 00 00 00 01\r
            EMAIL;PREF;INTERNET:andre.lefevre@lefevre.example\r
            PHOTO;TYPE=JPEG;ENCODING=BASE64:\r
             /9j/4AAQSkZJRgABAQEAYABgAAD\r
            \r
            X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r
            REV:20261123T090000Z\r
            END:VCARD\r

            """
        let octets = text.unicodeScalars.map { UInt8($0.value) }
        let record = try #require(try Array(VCardReader(TextFile.utf8(octets))).first?.content.get())
        #expect(record.firstName == "André" && record.lastName == "Lefèvre")
        #expect(record.account.name == "Société Lefèvre" && record.phone == "+33 4 00 00 00 01")
        #expect(record.title.hasPrefix("Directeur à la") && record.title.hasSuffix("qualité"))
        #expect(record.addresses == ["andre.lefevre@lefevre.example"])
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
