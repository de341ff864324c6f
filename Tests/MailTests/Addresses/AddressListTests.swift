import Testing

@testable import Mail

struct AddressListTests {
    /// Each mailbox as `name <address>`, `address`, or `?what stood there`.
    static func shown(_ field: String, limit: Int = 100) -> [String] {
        shown(AddressList.parse(Array(field.utf8), limit: limit))
    }

    static func shown(_ mailboxes: [MailboxAddress]) -> [String] {
        mailboxes.map { mailbox in
            guard let address = mailbox.address else {
                return (mailbox.displayName.map { $0 + " " } ?? "") + "?" + mailbox.raw
            }
            return mailbox.displayName.map { "\($0) <\(address)>" } ?? "\(address)"
        }
    }

    @Test(arguments: [
        ("John Doe <jdoe@machine.example>", ["John Doe <jdoe@machine.example>"]),
        ("\"Joe Q. Public\" <john.q.public@example.com>", ["Joe Q. Public <john.q.public@example.com>"]),
        (
            "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
            ["Mary Smith <mary@x.test>", "jdoe@example.org", "Who? <one@y.test>"]
        ),
        (
            "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
            ["boss@nil.test", "Giant; \"Big\" Box <sysservices@example.net>"]
        ),
        (
            "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
            ["Ed Jones <c@a.test>", "joe@where.test", "John <jdoe@one.test>"]
        ),
        ("Undisclosed recipients:;", []),
        (
            "\"Mary Smith: Personal Account\" <smith@home.example >",
            ["Mary Smith: Personal Account <smith@home.example>"]
        ),
        ("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", ["Pete <pete@silly.test>"]),
        (
            "A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n         joe@example.org,\r\n"
                + "  John <jdoe@one.test> (my dear friend); (the end of the group)",
            ["Chris Jones <c@public.example>", "joe@example.org", "John <jdoe@one.test>"]
        ),
        ("(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;", []),
        (
            "Mary Smith <@node.test,@relay.test:mary@example.net>, , jdoe@test  . example",
            ["Mary Smith <mary@example.net>", "jdoe@test.example"]
        ),
        ("John Doe <jdoe@machine(comment).  example>", ["John Doe <jdoe@machine.example>"]),
    ])
    func `the lists of RFC 5322's appendix are read`(field: String, expected: [String]) {
        #expect(Self.shown(field) == expected)
    }

    @Test(arguments: [
        ("=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", ["Keith Moore <moore@cs.utk.edu>"]),
        ("=?ISO-8859-1?Q?Andr=E9?= Pirard <PIRARD@vm1.ulg.ac.be>", ["André Pirard <PIRARD@vm1.ulg.ac.be>"]),
        (
            "nsb@thumper.bellcore.com (=?iso-8859-8?b?7eXs+SDv4SDp7Oj08A==?=)",
            ["םולש ןב ילטפנ <nsb@thumper.bellcore.com>"]
        ),
        ("\"=?utf-8?q?M=C3=BCller=2C?= Jan\" <jan@example.com>", ["Müller, Jan <jan@example.com>"]),
        (
            "=?utf-8?q?M=C3=BCller,_Jan?= <jan@example.com>, a@b.example",
            ["Müller, Jan <jan@example.com>", "a@b.example"]
        ),
        ("<=?utf-8?q?jan=40example.com?=>", ["jan@example.com"]),
        ("=?utf-8?q?Jan_M=C3=BCller_=3Cjan=40example.com=3E?=", ["Jan Müller <jan@example.com>"]),
    ])
    func `encoded words in names and around addresses are read`(field: String, expected: [String]) {
        #expect(Self.shown(field) == expected)
    }

    @Test(arguments: [
        ("a@x.example; b@y.example;c@z.example", ["a@x.example", "b@y.example", "c@z.example"]),
        ("John Doe john@x.example", ["John Doe <john@x.example>"]),
        ("john@x.example (John Doe)", ["John Doe <john@x.example>"]),
        ("<john@x.example> John Doe", ["John Doe <john@x.example>"]),
        ("john@x.example <john@x.example>", ["john@x.example"]),
        ("A <a@x.example> B <b@y.example>", ["A <a@x.example>", "B <b@y.example>"]),
        ("<a@x.example><b@y.example>", ["a@x.example", "b@y.example"]),
        ("<a@x.example> A <b@y.example> B", ["A <a@x.example>", "B <b@y.example>"]),
        ("a@x.example b@y.example", ["a@x.example", "b@y.example"]),
        ("A <a@x.example, B <b@y.example>", ["A <a@x.example>", "B <b@y.example>"]),
        ("A <<a@x.example>>", ["A <a@x.example>"]),
        ("A <a@x.example", ["A <a@x.example>"]),
        ("A a@x.example>, b@y.example", ["A <a@x.example>", "b@y.example"]),
        ("\"A <a@x.example>, \"B\" <b@y.example>", ["A <a@x.example>", "B <b@y.example>"]),
        ("\"A <a@x.example>", ["A <a@x.example>"]),
        ("A\" <a@x.example>", ["A <a@x.example>"]),
        ("A (unclosed <a@x.example>", ["A unclosed <a@x.example>"]),
        ("A) <a@x.example>", ["A <a@x.example>"]),
        ("\"'a@x.example'\" <a@x.example>", ["a@x.example"]),
        ("<'a@x.example'>", ["a@x.example"]),
        ("<mailto:a@x.example>", ["a@x.example"]),
        ("mailto:a@x.example", ["a@x.example"]),
        ("\"a@x.example\"", ["a@x.example"]),
        ("\"A <a@x.example>\"", ["A <a@x.example>"]),
        ("\"a@x.example; b@y.example\"", ["a@x.example", "b@y.example"]),
        ("A <>, b@y.example", ["?A", "b@y.example"]),
        ("a@x.example <>", ["a@x.example"]),
        ("List 1: a@x.example; List 2: b@y.example; c@z.example", ["a@x.example", "b@y.example", "c@z.example"]),
        ("Friends: a@x.example, b@y.example", ["a@x.example", "b@y.example"]),
        ("@relay.test:a@x.example", ["a@x.example"]),
        ("A <a@x.example>:", ["A <a@x.example>"]),
        (",;,, ;", []),
        ("", []),
    ])
    func `a list broken as real ones are gives its addresses`(field: String, expected: [String]) {
        #expect(Self.shown(field) == expected)
    }

    @Test(arguments: [
        ("\"john doe\"@x.example", ["\"john doe\"@x.example"]),
        ("John <\"john doe\"@x.example>", ["John <\"john doe\"@x.example>"]),
        ("\"john.doe\"@x.example", ["john.doe@x.example"]),
        ("<\"a>b\"@x.example>, c@y.example", ["\"a>b\"@x.example", "c@y.example"]),
        ("<\"a,b\"@x.example>", ["\"a,b\"@x.example"]),
        (
            "john@[192.0.2.1], J <j@[IPv6:2001:db8::1]>, k@[IPv6:2001:db8::2]",
            ["john@[192.0.2.1]", "J <j@[IPv6:2001:db8::1]>", "k@[IPv6:2001:db8::2]"]
        ),
        ("jürgen@bücher.example", ["jürgen@bücher.example"]),
        ("Jürgen Groß <jürgen@xn--bcher-kva.example>", ["Jürgen Groß <jürgen@bücher.example>"]),
    ])
    func `quoted local parts, literals and international addresses are read`(field: String, expected: [String]) {
        #expect(Self.shown(field) == expected)
    }

    @Test(arguments: [
        ("John Doe", ["?John Doe"]), ("undisclosed-recipients", ["?undisclosed-recipients"]),
        ("John <john>", ["John ?john"]),
        ("<http://www.host.example/list/> (Web)", ["Web ?http://www.host.example/list/"]),
        ("a@x.example, nobody, b@y.example", ["a@x.example", "?nobody", "b@y.example"]),
        ("Dr. john@x.example", ["Dr. <john@x.example>"]),
    ])
    func `what is no address is kept as what stood there`(field: String, expected: [String]) {
        #expect(Self.shown(field) == expected)
    }

    @Test func `a name in quotes with another address does not take the place of the address`() {
        #expect(Self.shown("\"boss@x.example\" <thief@y.example>") == ["boss@x.example <thief@y.example>"])
    }

    @Test func `raw windows-1252 in a name is read`() {
        let field = Array("J".utf8) + [0xF6] + Array("rg <j@x.example>".utf8)
        #expect(Self.shown(AddressList.parse(field, limit: 10)) == ["Jörg <j@x.example>"])
    }

    @Test func `no more mailboxes than the limit are read`() {
        let field = Array(repeating: "a@x.example", count: 50).joined(separator: ", ")
        #expect(Self.shown(field, limit: 7).count == 7)
        #expect(Self.shown(field, limit: 0).isEmpty)
        #expect(Self.shown(field.replacing(",", with: ""), limit: 7).count == 7)
        #expect(Self.shown("\"\(field)\"", limit: 7).count == 7)
    }

    @Test func `comments nest as deep as the limit and no deeper`() {
        func field(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + String(repeating: ")", count: depth) + "a@x.example"
        }
        let deepest = AddressList.parse(Array(field(HeaderComment.depthLimit).utf8), limit: 2)
        #expect(deepest.map(\.address) == [EmailAddress("a@x.example")])
        #expect(
            HeaderComment(at: 0, in: Array(field(HeaderComment.depthLimit).utf8)[...])?.end == 2
                * HeaderComment.depthLimit)
        #expect(HeaderComment(at: 0, in: Array(field(HeaderComment.depthLimit + 1).utf8)[...]) == nil)
        #expect(Self.shown(field(HeaderComment.depthLimit + 1)) == ["a@x.example"])
    }

    @Test func `what lies behind the limit of octets is not read`() {
        let field = "a@x.example," + String(repeating: " ", count: AddressList.octetLimit) + "b@y.example"
        #expect(Self.shown(field) == ["a@x.example"])
    }
}
