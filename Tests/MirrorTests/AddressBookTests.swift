import CRM
import Mail
import Mirror
import Testing

@Suite struct AddressBookTests {
    private let book = AddressBook.of()

    @Test(arguments: [
        "Carol@Client.Example", "CAROL@CLIENT.EXAMPLE", "carol@client.example.", "\"carol\"@client.example",
        " carol@client.example ", "\"ca\\rol\"@client.example",
    ])
    func `an address matches in any spelling of it`(_ spelling: String) {
        #expect(book.decide(headers(to: [spelling])) == .matched([Person.toCarol]))
    }

    @Test(arguments: [
        "xcarol@client.example", "carol@client.example.org", "carol@sub.client.example", "carol+crm@client.example",
        "car.ol@client.example", "carol@client.exampl", "arol@client.example", "carol@xclient.example", "carol",
        "@client.example", "carol client.example",
    ])
    func `an address that only contains, extends or resembles a contact's is no match`(_ other: String) {
        #expect(book.decide(headers(from: [other], to: [other], cc: [other], bcc: [other])) == .noContact)
    }

    @Test func `only From, To, Cc and Bcc decide; Reply-To and Sender are not even read`() {
        let fields = Swift.Mirror(reflecting: headers()).children.compactMap(\.label)
        #expect(fields == ["from", "to", "cc", "bcc", "subject", "date", "messageID", "inReplyTo"])
        let mentioned = headers(
            from: [Person.eve], subject: "carol@client.example", messageID: "<carol@client.example>",
            inReplyTo: "<carol@client.example>")
        #expect(book.decide(mentioned) == .noContact)
    }

    @Test func `an address that stands in a display name is no match`() {
        let spoofed = MessageHeaders(from: [header(Person.eve, name: "carol@client.example")])
        #expect(book.decide(spoofed) == .noContact)
    }

    @Test func `an empty address book mirrors nothing`() {
        let empty = AddressBook(entries: [:])
        #expect(empty.isEmpty && !book.isEmpty)
        #expect(empty.decide(headers(from: [Person.carol], to: [Person.dave])) == .noContact)
    }

    @Test func `an internationalised domain matches in Unicode and in ASCII`() throws {
        let key = try #require(EmailAddress("jürgen@müller.example")).matchKey
        let book = AddressBook(entries: [key: .init(contact: 5, account: nil)])
        let match = Decision.matched([ContactMatch(contact: 5, account: nil, direction: .received)])
        for spelling in ["jürgen@müller.example", "Jürgen@MÜLLER.example", "jürgen@xn--mller-kva.example"] {
            #expect(book.decide(headers(from: [spelling])) == match, "\(spelling)")
        }
        #expect(book.decide(headers(from: ["jurgen@muller.example"])) == .noContact)
    }

    @Test func `an excluded internationalised domain is excluded in every spelling`() throws {
        let domain = try #require(EmailAddress("x@müller.example")).domainKey
        let book = AddressBook.of(exclusions: ["@" + domain])
        for spelling in ["a@müller.example", "a@XN--mller-kva.example", "a@MÜLLER.example."] {
            #expect(
                book.decide(headers(to: [Person.carol, spelling]))
                    == .excluded(.domain(domain), addresses: [Person.carol]), "\(spelling)")
        }
    }

    /// What servers leave of addresses that they could not take apart.
    @Test(arguments: [
        ("'carol", "client.example'"), ("<carol", "client.example>"), ("carol", "client.example;"),
        ("carol", "client.example,"), ("carol@client.example", "MISSING_DOMAIN"), ("carol@client.example", ""),
        ("carol@client.example", ".MISSING-HOST-NAME."), ("<carol", "client.example"),
    ])
    func `an address that the server garbled but that can be read is found`(_ local: String, _ domain: String) {
        let address = HeaderAddress(name: nil, localPart: Array(local.utf8), domain: Array(domain.utf8))
        guard let read = address.emailAddress else {
            Issue.record("\(local) @ \(domain) cannot be read")
            return
        }
        let book = AddressBook(entries: [read.matchKey: .init(contact: 1, account: 10)])
        #expect(book.decide(MessageHeaders(from: [address])) == .matched([Person.fromCarol]))
    }

    @Test func `a local part that needs quotes is found although the server left them off`() throws {
        let key = try #require(EmailAddress("\"carol@home\"@client.example")).matchKey
        let book = AddressBook(entries: [key: .init(contact: 1, account: 10)])
        for local in ["carol@home", "\"carol@home\""] {
            let address = HeaderAddress(name: nil, localPart: Array(local.utf8), domain: Array("client.example".utf8))
            #expect(book.decide(MessageHeaders(from: [address])) == .matched([Person.fromCarol]), "\(local)")
        }
    }
}
