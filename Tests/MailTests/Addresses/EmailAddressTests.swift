import Testing

@testable import Mail

struct EmailAddressTests {
    @Test(arguments: [
        ("john@example.com", "john", "example.com"),
        ("  john@example.com\n", "john", "example.com"),
        ("\u{200B}john@example.com\u{A0}", "john", "example.com"),
        ("John.Smith+crm@Example.COM", "John.Smith+crm", "Example.COM"),
        ("<john@example.com>", "john", "example.com"),
        ("'john@example.com'", "john", "example.com"),
        ("o'brien@example.com", "o'brien", "example.com"),
        ("MAILTO:john@example.com", "john", "example.com"),
        ("john@example.com.", "john", "example.com"),
        ("root@localhost", "root", "localhost"),
        ("\"john.smith\"@example.com", "john.smith", "example.com"),
        ("\"john smith\"@example.com", "\"john smith\"", "example.com"),
        ("\"a\\\"b\\\\c\"@example.com", "\"a\\\"b\\\\c\"", "example.com"),
        ("\"a@b\"@example.com", "\"a@b\"", "example.com"),
        ("john(home)@(the) example.com", "john", "example.com"),
        ("john . smith @ example . com", "john.smith", "example.com"),
        ("\"john\".smith@example.com", "john.smith", "example.com"),
        ("a..b.@docomo.ne.jp", "a..b.", "docomo.ne.jp"),
        ("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~", "example.com"),
        ("john@[192.0.2.1]", "john", "[192.0.2.1]"),
        ("john@[IPv6:2001:db8::1]", "john", "[IPv6:2001:db8::1]"),
        ("john@my_host.example", "john", "my_host.example"),
        ("jürgen@bücher.example", "jürgen", "bücher.example"),
        ("用户@例え.jp", "用户", "例え.jp"),
        ("info@xn--bcher-kva.example", "info", "bücher.example"),
    ])
    func `an address is read`(text: String, localPart: String, domain: String) throws {
        let address = try #require(EmailAddress(text))
        #expect(address.localPart == localPart)
        #expect(address.domain == domain)
        #expect(address.description == localPart + "@" + domain)
    }

    @Test(arguments: [
        "", " ", "john", "@", "john@", "@example.com", "john@@example.com", "john smith@example.com",
        "john@exam ple.com",
        "john@example..com", "john@.example.com", "john@example.com, jane@example.com",
        "john@example.com jane@example.com",
        "John <john@example.com>", "john,smith@example.com", "\"john@example.com", "john@example.com(",
        "john(@example.com",
        "\"\"@example.com", "\" \"@example.com", "john@exam!ple.com", "john@[192.0.2.1", "john@[]",
        "jo\u{0}hn@example.com",
        "jo\u{202E}hn@example.com", "john@exam\u{200B}ple.com", "john@a@b", "john@example.com\r\nBcc: jane@example.com",
        "john;@example.com",
    ])
    func `what is no address is refused`(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test(arguments: [
        ("John@Example.COM", "john@example.com"),
        ("\"John\"@example.com.", "john@example.com"),
        ("\"john smith\"@example.com", "\"john smith\"@example.com"),
        ("a@BÜCHER.example", "a@xn--bcher-kva.example"),
        ("a@bu\u{308}cher.example", "a@xn--bcher-kva.example"),
        ("a@XN--BCHER-KVA.Example", "a@xn--bcher-kva.example"),
        ("a@bücher。example", "a@xn--bcher-kva.example"),
        ("a@ＥＸＡＭＰＬＥ．com", "a@example.com"),
        ("a@straße.de", "a@xn--strae-oqa.de"),
        ("a@παράδειγμα.gr", "a@xn--hxajbheg2az3al.gr"),
        ("ÉLAN@example.com", "élan@example.com"),
        ("e\u{301}lan@example.com", "élan@example.com"),
        ("a@[IPv6:2001:DB8::1]", "a@[ipv6:2001:db8::1]"),
    ])
    func `spellings of one address have one key`(text: String, key: String) throws {
        let address = try #require(EmailAddress(text))
        #expect(Array(address.matchKey.utf8) == Array(key.utf8))
    }

    /// Latin and Cyrillic mixed, not composed, upper case, an emoji, invisible, turning the text around it.
    @Test(arguments: ["\u{430}pple", "bu\u{308}cher", "bÜcher", "💩", "a\u{200B}é", "a\u{202E}é"])
    func `a label that no registry gives stays in ASCII`(label: String) throws {
        let domain = "xn--" + (try #require(Punycode.encode(Array(label.unicodeScalars)))) + ".example"
        let address = try #require(EmailAddress("a@\(domain)"))
        #expect(address.domain == domain)
        #expect(address.matchKey == "a@" + domain)
    }

    /// RFC 5891, section 4.2.3.2: it would melt into what stands before it.
    @Test(arguments: ["\u{305}", "\u{301}a", "\u{903}a", "\u{20DD}a"]) func `no label begins with a mark`(label: String)
        throws
    {
        #expect(EmailAddress(localPart: "a", domain: "münchen.\(label)") == nil)
        #expect(EmailAddress(localPart: "a", domain: "\(label).example") == nil)
        // In ASCII it is an address like others, and stays as it is.
        let domain = "münchen.xn--" + (try #require(Punycode.encode(Array(label.unicodeScalars))))
        let address = try #require(EmailAddress("a@\(domain)"))
        #expect(Array(address.domain.utf8) == Array(domain.utf8))
        #expect(EmailAddress(localPart: address.localPart, domain: address.domain) == address)
    }

    /// Of a letter that joins what follows it, the dot at the end would take the letter with it.
    @Test func `a dot at the end goes alone`() throws {
        let address = try #require(EmailAddress(localPart: "a", domain: "x\u{D4E}."))
        #expect(Array(address.domain.unicodeScalars) == ["x", "\u{D4E}"])
        #expect(EmailAddress(localPart: "a", domain: address.domain) == address)
    }

    @Test(arguments: ["xn--99999999.example", "xn--abc-.example", "xn--.example"])
    func `what only looks like Punycode stays as it is`(domain: String) throws {
        #expect(try #require(EmailAddress("a@\(domain)")).domain == domain)
    }

    @Test func `limits are kept`() {
        let label = String(repeating: "a", count: 63)
        #expect(EmailAddress("a@\(label).com") != nil)
        #expect(EmailAddress("a@\(label)a.com") == nil)
        #expect(EmailAddress(String(repeating: "a", count: 256) + "@example.com") != nil)
        #expect(EmailAddress(String(repeating: "a", count: 257) + "@example.com") == nil)
        let longest = [label, label, label, label].joined(separator: ".")
        #expect(EmailAddress("a@\(longest)") != nil)
        #expect(EmailAddress("a@\(longest).a") == nil)
        #expect(EmailAddress("a@" + String(repeating: "é", count: 64) + ".com") == nil)
        #expect(EmailAddress(String(repeating: "(", count: 100_000) + "a@b") == nil)
    }

    @Test(arguments: [
        ("john", "example.com", "john@example.com"), ("john smith", "example.com", "\"john smith\"@example.com"),
        ("\"john smith\"", "example.com", "\"john smith\"@example.com"),
        ("\"john\"", "example.com", "john@example.com"),
        ("a\"b", "example.com", "\"a\\\"b\"@example.com"), (" john ", " example.com ", "john@example.com"),
        ("a@b", "example.com", "\"a@b\"@example.com"),
    ])
    func `a local part may come with or without its quotes`(localPart: String, domain: String, expected: String) {
        #expect(EmailAddress(localPart: localPart, domain: domain)?.description == expected)
    }

    @Test(arguments: [("", "example.com"), ("john", ""), ("john", "a b"), ("john", "."), ("jo\nhn", "example.com")])
    func `parts that make no address are refused`(localPart: String, domain: String) {
        #expect(EmailAddress(localPart: localPart, domain: domain) == nil)
    }
}
