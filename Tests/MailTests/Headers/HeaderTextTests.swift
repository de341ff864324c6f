import Testing

@testable import Mail

struct HeaderTextTests {
    private func decode(_ text: String) -> String { HeaderText.decode(Array(text.utf8)) }

    /// The table of section 8, without the comments' parentheses, and the sample fields.
    @Test(arguments: [
        ("=?ISO-8859-1?Q?a?=", "a"),
        ("=?ISO-8859-1?Q?a?= b", "a b"),
        ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
        ("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab"),
        ("=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=", "ab"),
        ("=?ISO-8859-1?Q?a_b?=", "a b"),
        ("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"),
        ("=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>"),
        ("=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=", "Keld Jørn Simonsen"),
        ("=?ISO-8859-1?Q?Patrik_F=E4ltstr=F6m?=", "Patrik Fältström"),
        (
            "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
            "If you can read this you understand the example."
        ),
    ])
    func `the samples of RFC 2047 are decoded`(text: String, expected: String) {
        #expect(decode(text) == expected)
    }

    @Test func `a language behind the charset is ignored`() {
        #expect(decode("=?US-ASCII*EN?Q?Keith_Moore?=") == "Keith Moore")
        #expect(decode("=?utf-8*de-AT?q?J=C3=A4nner?=") == "Jänner")
    }

    @Test func `lower-case encodings and digits are read`() {
        #expect(decode("=?utf-8?q?=c3=a4?= =?UTF-8?b?w6Q=?=") == "ää")
    }

    @Test(arguments: [
        ("=?utf-8?B?5pel5pys6A==?= =?utf-8?B?qp4=?=", "日本語"),
        ("=?UTF-8?Q?=E6=97=A5=E6?=\r\n =?utf-8?Q?=9C=AC=E8=AA=9E?=", "日本語"),
        ("=?utf-8?Q?=E6=97?= =?utf-8?B?pQ==?=", "日"),
        // Base64 itself cut in two.
        ("=?utf-8?B?5pel5?= =?utf-8?B?pys6Kqe?=", "日本語"),
        // Shift state of ISO-2022-JP.
        ("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?= =?ISO-2022-JP?B?GyRCOGwbKEI=?=", "日本語"),
        ("=?gb2312?B?1tA=?= =?GB2312?B?zsQ=?=", "中文"),
    ])
    func `a character split over adjacent words is read`(text: String, expected: String) {
        #expect(decode(text) == expected)
    }

    @Test func `words of different charsets are decoded each by its own`() {
        #expect(decode("=?iso-8859-1?q?=E9?= =?koi8-r?q?=C4=C1?= =?utf-8?q?=C3=A9?=") == "éдаé")
    }

    @Test(arguments: [
        ("=?us-ascii?q?M=C3=BCller?=", "Müller"), ("=?iso-8859-1?q?M=C3=BCller?=", "Müller"),
        ("=?utf-8?q?M=FCller?=", "Müller"), ("=?us-ascii?q?M=FCller?=", "Müller"),
        ("=?unknown-8bit?q?M=FCller?=", "Müller"), ("=?x-nonsense?q?M=C3=BCller?=", "Müller"),
    ])
    func `a wrong charset label does no harm`(text: String, expected: String) {
        #expect(decode(text) == expected)
    }

    @Test func `raw 8-bit text is UTF-8 where it is valid, else windows-1252`() {
        #expect(decode("Grüße 日本") == "Grüße 日本")
        #expect(HeaderText.decode([0x47, 0x72, 0xFC, 0xDF, 0x65, 0x20, 0x80]) == "Grüße €")
        #expect(HeaderText.decode([0xE4] + Array(" =?utf-8?q?=C3=A4?= ".utf8) + [0xE4]) == "ä ä ä")
    }

    @Test func `UTF-8 cut in the middle of a character stays UTF-8`() {
        let bytes = Array("Grüße aus Zürich ü".utf8).dropLast()
        #expect(HeaderText.decode(Array(bytes)) == "Grüße aus Zürich \u{FFFD}")
        #expect(decode("=?utf-8?q?Gr=C3=BC=C3=9Fe_=C3?=") == "Grüße \u{FFFD}")
    }

    @Test func `raw ISO-2022-JP is read`() {
        #expect(HeaderText.decode([0x1B, 0x24, 0x42, 0x46, 0x7C, 0x4B, 0x5C, 0x1B, 0x28, 0x42]) == "日本")
    }

    @Test(arguments: [
        ("[list]=?utf-8?q?=C3=A4?=x", "[list]äx"),
        ("=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?this is some text?=", "this is some text"),
        ("=?utf-8?q?what??=", "what?"),
        ("=?utf-8?q?what?=3F_yes?=", "what?? yes"),
        ("=?utf-8?q??=here", "here"),
        ("=?utf-8?q?Hello\r\n _there!?=", "Hello there!"),
        ("=?utf-8?B?VGhpcyBpcyB0aGUgb\r\n 3JpZ2luYWwgc3ViamVjdA==?=", "This is the original subject"),
        ("=?utf-8?q?50=_off?=", "50= off"),
        ("=?utf-8?B?w6Q?=", "ä"),
        ("=?utf-8?q?a=?= b", "a b"),
    ])
    func `words that break the rules are read all the same`(text: String, expected: String) {
        #expect(decode(text) == expected)
    }

    @Test(arguments: [
        "=", "=?", "=?=", "=?utf-8", "=?utf-8?", "=?utf-8?q", "=?utf-8?q?", "=?utf-8?x?abc?=", "=??q?abc?=",
        "=?utf 8?q?abc?=",
        "=?utf-8?q?abc def", "?=", "=?utf-8?qq?abc?=",
    ])
    func `what is no encoded word stays as it stands`(text: String) {
        #expect(decode(text) == text)
    }

    @Test func `a word cut off at the end of the field is read`() {
        #expect(decode("=?utf-8?B?R3LDvMOf") == "Grüß")
        #expect(decode("x =?utf-8?q?Gr=C3=BC=C3=9F?") == "x Grüß")
    }

    @Test func `an unclosed word leaves the next one readable`() {
        #expect(decode("=?utf-8?q?abc =?utf-8?q?d=C3=A4?=") == "=?utf-8?q?abc dä")
    }

    @Test(arguments: [
        ("Re: a\r\n b", "Re: a b"), (" Fwd: \n\tSaying \r\n  Hello\r\n", "Fwd: Saying Hello"), ("a  b", "a  b"),
        ("a\tb", "a b"),
        ("a\r\n\r\n b", "a b"), ("\r\n", ""),
    ])
    func `folded lines are joined`(text: String, expected: String) {
        #expect(decode(text) == expected)
    }

    @Test(arguments: [
        ("a\u{0}b", "ab"), ("=?utf-8?q?a=00b?=", "ab"), ("=?utf-8?q?a=0D=0Ab?=", "a b"),
        ("=?utf-8?q?a=1B[31m?=", "a[31m"),
        ("invoice\u{202E}fdp.exe", "invoicefdp.exe"), ("\u{2066}a\u{2069}\u{202A}b\u{202C}", "ab"),
        ("=?utf-8?q?=E2=80=AEabc?=", "abc"), ("a\u{2028}b\u{2029}c", "a b c"), ("\u{FEFF}a\u{200B}b\u{AD}c", "abc"),
        ("a\u{85}b", "a b"), ("\u{A0} a \u{3000}", "a"),
        // Needed to write Persian, Hebrew and emoji.
        ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("👩\u{200D}💻", "👩\u{200D}💻"), ("א\u{200F}!", "א\u{200F}!"),
    ])
    func `characters that disguise or break lines are removed`(text: String, expected: String) {
        #expect(Array(decode(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test func `text behind the limit is not read`() {
        #expect(decode(String(repeating: "a", count: HeaderText.limit + 10)).utf8.count == HeaderText.limit)
        let cut = decode(String(repeating: "é", count: HeaderText.limit))
        #expect(cut == String(repeating: "é", count: HeaderText.limit / 2))
    }
}
