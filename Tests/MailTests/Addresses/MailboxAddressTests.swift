import Testing

@testable import Mail

struct MailboxAddressTests {
    private func mailbox(_ name: String?, _ localPart: String, _ domain: String) -> MailboxAddress {
        MailboxAddress(
            nameBytes: name.map { Array($0.utf8) }, localPartBytes: Array(localPart.utf8),
            domainBytes: Array(domain.utf8))
    }

    @Test func `the parts of an ENVELOPE make an address`() {
        let mailbox = mailbox("=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=", "keld", "dkuug.dk")
        #expect(mailbox.displayName == "Keld Jørn Simonsen")
        #expect(mailbox.address == EmailAddress("keld@dkuug.dk"))
        #expect(mailbox.raw == "keld@dkuug.dk")
    }

    @Test func `a raw 8-bit name is read as UTF-8 or windows-1252`() {
        #expect(mailbox("Jörg", "joerg", "example.de").displayName == "Jörg")
        let latin = MailboxAddress(
            nameBytes: [0x4A, 0xF6, 0x72, 0x67], localPartBytes: [0x6A], domainBytes: Array("example.de".utf8))
        #expect(latin.displayName == "Jörg")
    }

    @Test(arguments: [
        "", "MISSING_DOMAIN", ".MISSING-HOST-NAME.", ".SYNTAX-ERROR.", "SYNTAX_ERROR", "unspecified-domain",
        "missing_domain",
    ])
    func `the word for a missing domain makes no address`(domain: String) {
        let mailbox = mailbox("Undisclosed", "undisclosed-recipients", domain)
        #expect(mailbox.address == nil)
        #expect(mailbox.raw == "undisclosed-recipients")
        #expect(mailbox.displayName == "Undisclosed")
    }

    @Test func `a name alone is what is shown`() {
        let mailbox = mailbox("John Doe", "MISSING_MAILBOX", "MISSING_DOMAIN")
        #expect(mailbox.address == nil)
        #expect(mailbox.raw == "John Doe")
        #expect(mailbox.displayName == nil)
    }

    @Test func `an address in the place of the local part is found`() {
        #expect(mailbox(nil, "john@example.com", "MISSING_DOMAIN").address == EmailAddress("john@example.com"))
        #expect(mailbox(nil, "john@example.com", "").address == EmailAddress("john@example.com"))
    }

    @Test(arguments: [
        ("'john", "example.com'"), ("<john", "example.com>"), ("john", "example.com;"), (" john", "example.com "),
    ])
    func `what servers leave around the parts does not count`(localPart: String, domain: String) {
        #expect(mailbox(nil, localPart, domain).address == EmailAddress("john@example.com"))
    }

    @Test func `the address alone is the same`() {
        for (localPart, domain) in [
            ("john", "example.com"), ("'john", "example.com'"), ("a@b.example", ""), ("john", ""), ("", "x.example"),
        ] {
            let alone = MailboxAddress.address(localPartBytes: Array(localPart.utf8), domainBytes: Array(domain.utf8))
            #expect(alone == mailbox("Name", localPart, domain).address)
        }
        #expect(MailboxAddress.address(localPartBytes: Array("john".utf8), domainBytes: Array("x.example".utf8)) != nil)
    }

    @Test func `someone called Nil has an address`() {
        #expect(mailbox(nil, "nil", "example.com").address == EmailAddress("nil@example.com"))
    }

    @Test func `what is no address stays readable`() {
        let mailbox = mailbox(nil, "John =?utf-8?q?M=C3=BCller?=", "not a domain")
        #expect(mailbox.address == nil)
        #expect(mailbox.raw == "John Müller@not a domain")
    }

    @Test(arguments: [
        "john@example.com", "JOHN@EXAMPLE.COM", "<john@example.com>", "'john@example.com'", "\"john@example.com\"", " ",
        "", "\u{200B}",
    ])
    func `a name that only repeats the address is none`(name: String) {
        #expect(mailbox(name, "john", "example.com").displayName == nil)
    }

    @Test(arguments: [
        ("'John Doe'", "John Doe"), ("\"John Doe\"", "John Doe"), ("John\t \r\n Doe", "John Doe"),
        ("  John   Doe ", "John Doe"),
        ("O'Neill 'Joe'", "O'Neill 'Joe'"), ("'Joe' and 'Ann'", "'Joe' and 'Ann'"),
        ("jane@example.com", "jane@example.com"),
        ("\u{202E}nhoJ", "nhoJ"), ("Jo\u{0}hn", "John"),
    ])
    func `a name is on one line and without needless quotes`(name: String, expected: String) {
        #expect(mailbox(name, "john", "example.com").displayName == expected)
    }

    @Test func `an address with a non-ASCII local part is read`() {
        #expect(mailbox(nil, "jürgen", "bücher.example").address?.matchKey == "jürgen@xn--bcher-kva.example")
    }
}
