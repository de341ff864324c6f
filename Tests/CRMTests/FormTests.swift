import CRM
import Testing

@Suite struct FormTests {
    @Test func `a contact is cleaned of blanks and empty addresses`() throws {
        var form = ContactForm()
        form.firstName = "  Anna "
        form.lastName = "Müller\n"
        form.notes = " line one\nline two \n"
        form.addresses = ["", " Anna.Mueller@Example.com ", "  "]
        let contact = try form.validated()
        #expect(contact.firstName == "Anna")
        #expect(contact.lastName == "Müller")
        #expect(contact.notes == "line one\nline two")
        #expect(contact.addresses.map(\.address) == ["Anna.Mueller@Example.com"])
        #expect(contact.addresses.map(\.key) == ["anna.mueller@example.com"])
    }

    @Test(arguments: [
        "anna", "anna@", "@example.com", "anna@example", "anna müller@example.com", "anna@exa mple.com",
        "a@b.com, c@d.com", "Anna <anna@example.com>", "anna@-x.com", "anna@x..com",
    ])
    func `a slip in an address is named with its field`(_ address: String) {
        var form = ContactForm()
        form.lastName = "Müller"
        form.addresses = ["ok@example.com", address]
        let problems = #expect(throws: FormProblems.self) { _ = try form.validated() }
        #expect(problems?[.emailAddress(1)]?.english.contains("is not an email address") == true)
        #expect(problems?.problems.count == 1)
    }

    @Test(arguments: [
        "o'brien+news@mail.example.com", "ümit@bücher.example", "\"a b\"@example.com", "x@sub.example.co.uk",
    ])
    func `real addresses are accepted`(_ address: String) throws {
        var form = ContactForm()
        form.addresses = [address]
        #expect(try form.validated().addresses.count == 1)
    }

    @Test func `the same address twice in one contact is refused, whatever its case`() {
        var form = ContactForm()
        form.addresses = ["Anna@example.com", "anna@EXAMPLE.com"]
        let problems = #expect(throws: FormProblems.self) { _ = try form.validated() }
        #expect(problems?[.emailAddress(1)]?.english.contains("twice") == true)
    }

    @Test func `a contact needs a name or an address`() {
        let problems = #expect(throws: FormProblems.self) { _ = try ContactForm().validated() }
        #expect(problems?[.lastName] != nil)
    }

    @Test func `all problems are told at once`() {
        var form = ContactForm()
        form.firstName = String(repeating: "x", count: 201)
        form.addresses = ["nonsense"]
        let problems = #expect(throws: FormProblems.self) { _ = try form.validated() }
        #expect(problems?[.firstName] != nil)
        #expect(problems?[.emailAddress(0)] != nil)
    }

    @Test func `an account's domain may be pasted as a web address`() throws {
        var form = AccountForm()
        form.name = "Acme"
        for text in ["https://www.Acme.example/about", "acme.example", "http://acme.example"] {
            form.domain = text
            #expect(try form.validated().domain == "acme.example")
        }
        form.domain = "not a domain"
        let problems = #expect(throws: FormProblems.self) { _ = try form.validated() }
        #expect(problems?[.domain] != nil)
    }

    @Test func `an account needs a name`() {
        let problems = #expect(throws: FormProblems.self) { _ = try AccountForm().validated() }
        #expect(problems?[.name] != nil)
    }

    @Test func `an exclusion is an address or a domain`() throws {
        var form = ExclusionForm()
        for (text, pattern) in [
            ("Lawyer@Firm.example", "lawyer@firm.example"), ("firm.example", "@firm.example"),
            ("@Firm.example", "@firm.example"), ("Bücher.example", "@xn--bcher-kva.example"),
        ] {
            form.pattern = text
            #expect(try form.validated().pattern == pattern)
        }
        form.pattern = "everyone"
        #expect(throws: FormProblems.self) { _ = try form.validated() }
    }

    @Test func `a password needs ten characters and nothing else`() throws {
        var form = UserForm()
        form.name = "Anna"
        form.email = "anna@example.com"
        form.password = Secret("short")
        let problems = #expect(throws: FormProblems.self) { _ = try form.validated() }
        #expect(problems?[.password]?.english.contains("10 characters") == true)
        form.password = Secret("ten chars.")
        #expect(try form.validated().emailKey == "anna@example.com")
    }

    @Test func `setup takes the administrator's domain as the organisation's own`() throws {
        var form = SetupForm()
        form.organizationName = "Acme"
        form.administrator.name = "Anna"
        form.administrator.email = "anna@Acme.example"
        form.administrator.password = Secret("long enough")
        #expect(try form.validated().ownDomains == ["acme.example"])
        form.administrator.email = "anna@gmail.com"
        #expect(try form.validated().ownDomains == [])
    }

    @Test func `setup tells of everything that is missing`() {
        let problems = #expect(throws: FormProblems.self) { _ = try SetupForm().validated() }
        for field in [FormField.organizationName, .name, .email, .password] { #expect(problems?[field] != nil) }
    }
}
