import Testing

@testable import Mail

struct MessageIDListTests {
    private func parse(_ text: String) -> [String] { MessageIDList.parse(Array(text.utf8)) }

    @Test(arguments: [
        ("<1234@local.machine.example>", ["1234@local.machine.example"]),
        ("<1234@local.machine.example> <3456@example.net>", ["1234@local.machine.example", "3456@example.net"]),
        ("<a@b>\r\n <c@d>\r\n\t<e@f>", ["a@b", "c@d", "e@f"]),
        ("<a@b><c@d>,<e@f>", ["a@b", "c@d", "e@f"]),
        ("<1234   @   local(blah)  .machine .example>", ["1234@local.machine.example"]),
        ("<AbC@Example.COM>", ["AbC@example.com"]),
        ("<\"abc\"@example.com>", ["abc@example.com"]),
        ("<\"a b\"@example.com>", ["\"ab\"@example.com"]),
        ("<very-long-\r\n id@example.com>", ["very-long-id@example.com"]),
        ("<<a@b>>", ["a@b"]),
        ("<a@b", ["a@b"]),
        ("<a@b <c@d>", ["a@b", "c@d"]),
        ("(comment <x@y>) <a@b> (another (nested))", ["a@b"]),
        ("(open <a@b>", ["a@b"]),
        ("<id-without-at>", ["id-without-at"]),
        ("<a(b@c>", ["a(b@c"]),
        ("a@b", ["a@b"]),
        ("   malformed2@id.machine.example \t  \r\n", ["malformed2@id.machine.example"]),
        ("a@b, c@d e@f", ["a@b", "c@d", "e@f"]),
        ("m", ["m"]),
        ("Your message of \"Mon, 1 Jan 2001\" <a@b>", ["a@b"]),
        ("<ü@b>", ["ü@b"]),
        ("<a\u{0}@b>", ["a@b"]),
    ])
    func `ids are read in the spelling that they are compared by`(text: String, expected: [String]) {
        #expect(parse(text) == expected)
    }

    @Test(arguments: [
        "", " ", "<>", "< >", "<> <>", ",", "(a@b)", "Message from john@example.com of Monday", "\u{0}", "<\u{200B}>",
    ])
    func `a field without ids gives none`(text: String) {
        #expect(parse(text) == [])
    }

    @Test func `limits are kept`() {
        #expect(parse(String(repeating: "<a@b>", count: MessageIDList.limit + 5)).count == MessageIDList.limit)
        #expect(parse(String(repeating: "a@b ", count: MessageIDList.limit + 5)).count == MessageIDList.limit)
        #expect(parse("<" + String(repeating: "a", count: 996) + "@b>").first?.utf8.count == 998)
        #expect(parse("<" + String(repeating: "a", count: 997) + "@b> <c@d>") == ["c@d"])
    }

    @Test func `an id with bytes that are not UTF-8 is read`() {
        #expect(MessageIDList.parse([0x3C, 0xE4, 0x40, 0x62, 0x3E]) == ["ä@b"])
    }
}
