import Testing

@testable import Mail

struct ParameterizedValueTests {
    private func parse(_ text: String) -> ParameterizedValue { .parse(Array(text.utf8)) }

    private func structure(_ pairs: [(String, String)]) -> ParameterizedValue {
        ParameterizedValue(value: "TEXT/PLAIN", rawParameters: pairs.map { (Array($0.0.utf8), Array($0.1.utf8)) })
    }

    @Test(arguments: [
        ("Text/Plain; Charset=US-ASCII", "text/plain", ["charset": "US-ASCII"]),
        ("text/plain; charset=us-ascii (Plain text)", "text/plain", ["charset": "us-ascii"]),
        ("text/plain; charset=\"us-ascii\"", "text/plain", ["charset": "us-ascii"]),
        ("multipart/mixed; boundary=\"gc0pJq0M:08jU534c0p\"", "multipart/mixed", ["boundary": "gc0pJq0M:08jU534c0p"]),
        ("(a) text (b) / (c) plain (d); (e) format = (f) flowed (g)", "text/plain", ["format": "flowed"]),
        (
            "attachment; filename=genome.jpeg;\r\n modification-date=\"Wed, 12 Feb 1997 16:29:51 -0500\"", "attachment",
            ["filename": "genome.jpeg", "modification-date": "Wed, 12 Feb 1997 16:29:51 -0500"]
        ),
        ("inline", "inline", [:]),
        ("", "", [:]),
    ])
    func `values and parameters of RFC 2045 and 2183 are read`(
        text: String, value: String, parameters: [String: String]
    ) {
        #expect(parse(text).value == value)
        #expect(parse(text).parameters == parameters)
    }

    @Test(arguments: [
        (
            "message/external-body; access-type=URL;\r\n URL*0=\"ftp://\";\r\n URL*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\"",
            "url", "ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar"
        ),
        (
            "application/x-stuff;\r\n title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "title",
            "This is ***fun***"
        ),
        (
            "application/x-stuff;\r\n title*0*=us-ascii'en'This%20is%20even%20more%20;\r\n title*1*=%2A%2A%2Afun%2A%2A%2A%20;\r\n title*2=\"isn't it!\"",
            "title", "This is even more ***fun*** isn't it!"
        ),
        ("x/y; name*1=b; name*0=a; name*10=d; name*9=c", "name", "abcd"),
        ("x/y; name*1=b; name*3=d", "name", "bd"),
        ("x/y; name*0*=utf-8''%E6%97; name*1*=%A5.txt", "name", "日.txt"),
        ("x/y; name*=iso-8859-1''HasenundFr%F6sche.txt", "name", "HasenundFrösche.txt"),
        ("x/y; name*=\"iso-8859-1''HasenundFr%F6sche.txt\"", "name", "HasenundFrösche.txt"),
        ("x/y; name*=UTF-8''%e2%82%ac%20rates", "name", "€ rates"),
        ("x/y; name*=''a%20b", "name", "a b"),
        ("x/y; name*=a%20b%2", "name", "a b%2"),
        ("x/y; name=plain; name*=utf-8''ext%C3%A9nded", "name", "exténded"),
        ("x/y; name=plain; name*0=in; name*1=pieces", "name", "inpieces"),
        (
            "x/y; name*1=\"about \"; name*0=\"Book \"; name*2*=utf-8''%e2%98%95 tables.gif", "name",
            "Book about ☕ tables.gif"
        ),
        (
            "x/y\r\n name*0*=iso-8859-1'es'%D1and%FA\r\n name*1*=iso-8859-1'%20r%E1pido\r\n name*2*=\"iso-8859-1' (versi%F3n \\'99 \\\"oficial\\\").pdf\"",
            "name", "Ñandú rápido (versión '99 \"oficial\").pdf"
        ),
        ("x/y; name*0*=utf-8''50%25; name*1=%41", "name", "50%%41"),
        ("x/y; name*0=\"=?utf-8?q?Gr=C3=BC\"; name*1=\"=C3=9Fe?=.txt\"", "name", "Grüße.txt"),
        ("x/y; name*99999999=b; name=a", "name", "a"),
    ])
    func `the pieces and charsets of RFC 2231 are put together`(text: String, name: String, expected: String) {
        #expect(parse(text)[name] == expected)
    }

    @Test(
        arguments: [
            ("image/png; name=\"=?utf-8?q?=E3=83=8F=E3=83=AD?=.png\"", "ハロ.png"),
            ("image/gif; name==?iso-8859-1?B?4Q==?= =?utf-8?B?w6k=?=.gif", "áé.gif"),
            (
                "attachment;\r\n\tname=\"=?utf-8?Q?Auftragsbest=C3=A4tigung=2EPD?=\r\n =?utf-8?Q?F?=\"",
                "Auftragsbestätigung.PDF"
            ),
            ("x/y; name=My Report 2003.pdf; size=4", "My Report 2003.pdf"),
            ("x/y; name=report (1).pdf; size=4", "report (1).pdf"),
            ("x/y; name=report.pdf (a comment) ; size=4", "report.pdf"),
            ("x/y; name=\"a\" size=4", "a"),
            ("x/y; name=a size=4", "a"),
            ("x/y name=a; size=4", "a"),
            ("x/y; name=a; name=b", "a"),
            ("x/y;;; ; = ;; name=a;", "a"),
            ("x/y, name=a", "a"),
            ("x/y; name=\"unclosed", "unclosed"),
            ("x/y; name=\"C:\\Documents\\a \\\"b\\\".txt\"", "C:\\Documents\\a \"b\".txt"),
            ("x/y; name=\"foo\r\n bar\"", "foo bar"),
            ("x/y; name=Übersicht.pdf", "Übersicht.pdf"),
            ("x/y; name=\"invoice\u{202E}fdp.exe\"", "invoicefdp.exe"),
            ("x/y; name*=utf-8''invoice%E2%80%AEfdp%00.exe", "invoicefdp.exe"),
            ("x/y; name", nil),
            ("x/y; name=", nil),
            ("x/y; name=; size=4", nil),
            ("x/y; name=\"\"", ""),
            ("name=a", "a"),
            ("; name=a", "a"),
            ("x/y; name=(open", "(open"),
            ("x/y; *=a; name=b", "b"),
            ("x/y; nam=a", nil),
        ] as [(String, String?)])
    func `file names broken as real ones are read`(text: String, expected: String?) {
        #expect(parse(text)["NAME"] == expected)
    }

    @Test func `a value that is missing is empty`() {
        #expect(parse("; charset=utf-8").value == "")
        #expect(parse("filename=a.pdf").value == "")
        #expect(parse("filename=a.pdf")["filename"] == "a.pdf")
        #expect(parse("text/plain, charset=utf-8").value == "text/plain")
        #expect(parse("image/ jpeg").value == "image/jpeg")
    }

    @Test func `a boundary is taken as it stands`() {
        #expect(parse("multipart/mixed; boundary=\" =?utf-8?q?a?= \"")["boundary"] == " =?utf-8?q?a?= ")
        #expect(parse("multipart/mixed; boundary=----=_Part_1.2")["boundary"] == "----=_Part_1.2")
    }

    @Test func `pairs of a BODYSTRUCTURE are put together the same way`() {
        #expect(
            structure([("CHARSET", "utf-8"), ("FORMAT", "flowed")]).parameters == [
                "charset": "utf-8", "format": "flowed",
            ])
        #expect(structure([("NAME*0*", "utf-8''%E6%97"), ("NAME*1*", "%A5"), ("name*2", ".txt")])["name"] == "日.txt")
        #expect(structure([("name", "=?utf-8?b?w6Q=?="), ("name", "b")])["name"] == "ä")
        #expect(structure([]).value == "text/plain")
        let latin = ParameterizedValue(value: "a/b", rawParameters: [(Array("name".utf8), [0xE4])])
        #expect(latin["name"] == "ä")
    }

    @Test func `no more parameters than the limit are read`() {
        let text = "x/y; " + (0..<2000).map { "p\($0)=v; " }.joined()
        #expect(parse(text).parameters.count == ParameterizedValue.parameterLimit)
        let pieces = "x/y; " + (0..<2000).map { "p*\($0)=v; " }.joined()
        #expect(parse(pieces)["p"]?.count == ParameterizedValue.parameterLimit)
    }
}
