import Generators
import Mail
import Testing

@Suite struct CharsetTests {
    @Test(
        arguments: [
            ("utf-8", [0xC3, 0xBC], "ü"), ("UTF8", [0xC3, 0xBC], "ü"), ("\"utf-8\"", [0xC3, 0xBC], "ü"),
            ("utf-8;format=flowed", [0xC3, 0xBC], "ü"), ("charset=utf-8", [0xC3, 0xBC], "ü"),
            ("iso-8859-1", [0x80, 0xFC], "€ü"), ("latin1", [0xFC], "ü"), ("ISO 8859-1", [0xFC], "ü"),
            ("8859-1", [0xFC], "ü"),
            ("cp1252", [0x93, 0x94], "“”"), ("Windows-1252", [0x99], "™"), ("x-ansi", [0xE9], "é"),
            ("cp-850", [0x81], "ü"),
            ("ibm850", [0x81], "ü"), ("cp437", [0x81], "ü"),
            ("iso-8859-2", [0xB1], "ą"), ("iso-8859-15", [0xA4], "€"), ("iso-8859-9", [0xFD], "ı"),
            ("iso-8859-8-i", [0xF9], "ש"),
            ("windows-1251", [0xCF, 0xF0, 0xE8], "При"), ("koi8-r", [0xF0, 0xD2, 0xC9], "При"), ("koi8-u", [0xA6], "і"),
            ("windows-1253", [0xC1, 0xEC], "Αμ"), ("windows-1255", [0xF9], "ש"), ("windows-1256", [0xC7], "ا"),
            ("windows-874", [0xA1], "ก"), ("tis-620", [0xA1], "ก"),
            ("macintosh", [0x8A], "ä"), ("x-mac-roman", [0x8A], "ä"), ("x-mac-ce", [0x88], "ą"),
            ("x-mac-cyrillic", [0x80], "А"),
            ("shift_jis", [0x83, 0x65, 0x87, 0x40, 0x5C], "テ①\\"), ("cp932", [0x83, 0x65], "テ"), ("ms932", [0xB1], "ｱ"),
            ("euc-jp", [0xA5, 0xC6], "テ"), ("euc-jp", [0xAD, 0xA1], "①"),
            ("gb2312", [0xC4, 0xE3, 0x81, 0x40], "你丂"), ("gbk", [0xC4, 0xE3], "你"),
            ("x-gbk", [0xC1, 0xAA, 0xCD, 0xA8], "联通"),
            ("big5", [0xA4, 0xA4], "中"), ("ks_c_5601-1987", [0xB0, 0xA1, 0x81, 0x41], "가갂"),
            ("euc-kr", [0xB0, 0xA1], "가"),
            ("utf-16le", [0x41, 0, 0xAC, 0x20], "A€"), ("utf-16be", [0, 0x41, 0x20, 0xAC], "A€"),
            ("utf-16", [0xFF, 0xFE, 0x41, 0], "A"), ("utf-16", [0xFE, 0xFF, 0, 0x41], "A"),
            ("utf-16", [0x41, 0, 0x42, 0], "AB"),
            ("utf-16", [0, 0x41, 0, 0x42], "AB"), ("unicode", [0x41, 0], "A"), ("utf-32le", [0xAC, 0x20, 0, 0], "€"),
            ("utf-32", [0, 0, 0xFE, 0xFF, 0, 0, 0x20, 0xAC], "€"),
        ] as [(String, [UInt8], String)])
    func `labels are read as mail programs mean them`(label: String, bytes: [UInt8], text: String) {
        #expect(Charset.decode(bytes, label: label) == text)
    }

    @Test func `the escape sequences of Japanese mail are read, with Microsoft's characters`() {
        let escaped: [UInt8] = [0x1B, 0x24, 0x42, 0x25, 0x46, 0x2D, 0x21, 0x1B, 0x28, 0x42, 0x61]
        for label in ["iso-2022-jp", "ISO-2022-JP-MS", "cp50220"] {
            #expect(Charset.decode(escaped, label: label) == "テ①a")
        }
        let kana: [UInt8] = [0x1B, 0x28, 0x49, 0x31, 0x1B, 0x28, 0x42]
        #expect(Charset.decode(kana, label: "iso-2022-jp") == "ｱ")
    }

    @Test func `Korean and Chinese escape sequences are read`() {
        #expect(Charset.decode([0x1B, 0x24, 0x29, 0x43, 0x0E, 0x30, 0x21, 0x0F, 0x61], label: "iso-2022-kr") == "가a")
        #expect(Charset.decode(Array("one ~{<:Ky2;NpJ)~} ~~".utf8), label: "hz-gb-2312") == "one 己所不勿施 ~")
    }

    @Test func `UTF-7 is read with the characters that the standard forbids`() {
        #expect(Charset.decode(Array("Hi Mom -+Jjo--!".utf8), label: "utf-7") == "Hi Mom -☺-!")
        #expect(Charset.decode(Array("A+ImIDkQ.".utf8), label: "utf-7") == "A≢Α.")
        #expect(Charset.decode(Array("1 +- 1 = {2} ~ \\".utf8), label: "utf-7") == "1 + 1 = {2} ~ \\")
        #expect(Charset.decode(Array("+2D3eAA-".utf8), label: "unicode-1-1-utf-7") == "😀")
    }

    @Test(arguments: [nil, "us-ascii", "unknown-8bit", "x-unknown", "", "no-such-charset-42"] as [String?])
    func `without a telling label text is UTF-8 or else Windows-1252`(label: String?) {
        #expect(Charset.decode([0x47, 0x72, 0xC3, 0xBC, 0xC3, 0x9F], label: label) == "Grüß")
        #expect(Charset.decode([0x47, 0x72, 0xFC, 0xDF, 0x20, 0x80], label: label) == "Grüß €")
    }

    @Test func `text cut off within a character is still UTF-8`() {
        #expect(Charset.decode([0xC3, 0xBC, 0x20, 0x61, 0xE2, 0x82], label: nil) == "ü a\u{FFFD}")
        #expect(Charset.decode([0x63, 0x61, 0x66, 0xE9], label: nil) == "café")
    }

    @Test(arguments: ["iso-8859-1", "windows-1251", "koi8-r", "gb2312", "big5", "shift_jis", "iso-2022-jp", "utf-7"])
    func `UTF-8 under the label of something else is read as UTF-8`(label: String) {
        let text = "Grüße „aus“ — 日本語のメール"
        #expect(Charset.decode(Array(text.utf8), label: label) == text)
    }

    @Test func `a byte order mark goes and outweighs the label`() {
        #expect(Charset.decode([0xEF, 0xBB, 0xBF, 0xC3, 0xBC], label: "iso-8859-1") == "ü")
        #expect(Charset.decode([0xFF, 0xFE, 0x41, 0], label: nil) == "A")
    }

    @Test(
        arguments: [
            ("utf-8", [0x61, 0xFF, 0x62], "a\u{FFFD}b"), ("windows-1252", [0x61, 0x81, 0x62], "a\u{FFFD}b"),
            ("shift_jis", [0x61, 0xFF, 0x62], "a\u{FFFD}b"), ("gb2312", [0xC4, 0xE3, 0xC4], "你\u{FFFD}"),
            ("euc-kr", [0xB0, 0xA1, 0xC9, 0x61], "가\u{FFFD}a"), ("utf-16le", [0x41, 0, 0x41], "A\u{FFFD}"),
            ("utf-32le", [0, 0, 0x11, 0], "\u{FFFD}"),
        ] as [(String, [UInt8], String)])
    func `bytes that the charset does not have become replacement characters`(
        label: String, bytes: [UInt8], text: String
    ) {
        #expect(Charset.decode(bytes, label: label) == text)
    }

    @Test func `text that is ASCII under a label of two bytes is ASCII`() {
        #expect(Charset.decode(Array("Hello there".utf8), label: "utf-16") == "Hello there")
        #expect(Charset.decode(Array("Hello".utf8), label: "gb2312") == "Hello")
    }

    @Test func `any bytes under any label give text, and ASCII stays`() {
        var random = SeededRandom(seed: 41)
        let labels = [
            "utf-8", "cp1252", "iso-8859-7", "koi8-r", "cp932", "euc-jp", "gb18030", "big5", "cp949", "iso-2022-jp",
            "iso-2022-kr",
            "iso-2022-cn", "iso-2022-jp-2", "hz", "utf-7", "utf-16", "utf-32", "euc-tw", "johab", "viscii", "cp037",
            "x-mac-ce",
            "//TRANSLIT", "internal", "a b", String(repeating: "x", count: 500), "gbk//IGNORE",
        ]
        for label in labels {
            for _ in 0..<40 {
                let bytes = random.bytes(Int.random(in: 0..<80, using: &random))
                #expect(Charset.decode(bytes, label: label).utf8.count <= bytes.count * 6 + 8, "\(label) \(bytes)")
            }
            let ascii = "Subject 42, done."
            let isOther = ["utf-16", "utf-32", "cp037"].contains(label)
            #expect(isOther || Charset.decode(Array(ascii.utf8), label: label) == ascii, "\(label)")
        }
    }

    @Test func `a long text of damaged characters is read to its end`() {
        let bytes = [UInt8](repeating: 0xFF, count: 200_000) + Array("end".utf8)
        #expect(Charset.decode(bytes, label: "shift_jis").hasSuffix("\u{FFFD}end"))
        let text = [UInt8]((0..<50_000).flatMap { _ in [0x83, 0x65] as [UInt8] })
        #expect(Charset.decode(text, label: "shift_jis") == String(repeating: "テ", count: 50_000))
    }
}
