import Generators
import CRM
import Database
import Store
import Testing

@Suite struct ContactTests {
    @Test func `a contact comes back as it was entered`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let contact = try await bench.write { [eve = bench.eve] tx, organization in
            var form = ContactForm()
            (form.firstName, form.lastName, form.title) = ("  Solenn ", "Le Goff", "Head of quality")
            (form.phone, form.notes, form.account, form.owner) = ("+33 2", "One\nTwo", account, eve)
            form.addresses = ["Solenn@Kerbrenn.example", "", "s.legoff@home.example"]
            let id = try Contacts.create(tx, organization, try form.validated(), now: 7)
            return try Contacts.find(tx, organization, id)
        }
        let expected = Contact(
            id: contact?.id ?? 0, account: account, firstName: "Solenn", lastName: "Le Goff", title: "Head of quality",
            phone: "+33 2", notes: "One\nTwo", owner: bench.eve,
            addresses: ["Solenn@Kerbrenn.example", "s.legoff@home.example"], createdAt: 7, updatedAt: 7)
        #expect(contact == expected)
    }

    @Test func `an address belongs to one contact, in whatever spelling, and the refusal names them`() async throws {
        let bench = try await Bench()
        let carol = try await bench.contact("carol@client.example")
        let dave = try await bench.contact("dave@client.example")
        let before = try await bench.database.contents()
        let refusal = ContactError.addressTaken(
            address: "CAROL@client.example", contact: carol, name: "carol@client.example")
        await #expect(throws: refusal) { try await bench.contact("new@client.example", "CAROL@client.example") }
        await #expect(throws: refusal) {
            try await bench.write { tx, organization in
                let form = Bench.contactForm(["CAROL@client.example"])
                try Contacts.update(tx, organization, dave, try form.validated(), now: 1)
            }
        }
        #expect(try await bench.database.contents() == before)
    }

    @Test func `addresses can change places and spelling`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact("a@client.example", "b@client.example")
        let addresses = try await bench.write { tx, organization in
            let form = Bench.contactForm(["B@client.example", "a@client.example"])
            try Contacts.update(tx, organization, contact, try form.validated(), now: 1)
            return try Contacts.find(tx, organization, contact)?.addresses
        }
        #expect(addresses == ["B@client.example", "a@client.example"])
    }

    @Test func `an account that does not exist is refused`() async throws {
        let bench = try await Bench()
        await #expect(throws: ContactError.noSuchAccount) { try await bench.contact("a@client.example", account: 99) }
        let contact = try await bench.contact("a@client.example")
        await #expect(throws: ContactError.noSuchAccount) {
            try await bench.write { try Contacts.setAccount($0, $1, contact, 99, now: 1) }
        }
    }

    @Test func `a contact that is gone is not changed`() async throws {
        let bench = try await Bench()
        let changed = try await bench.write {
            try Contacts.update($0, $1, 99, try Bench.contactForm(["a@client.example"]).validated(), now: 1)
        }
        #expect(!changed)
        #expect(try await bench.database.count("contact_addresses") == 0)
    }

    @Test(arguments: [
        ("muller", ["Jürgen Müller"]), ("Müll", ["Jürgen Müller"]), ("JÜRGEN mül", ["Jürgen Müller"]),
        ("feintechnik", ["Jürgen Müller", "Katharina Böhm"]), ("boehm", ["Katharina Böhm"]),
        ("client.example", ["Carol Smith"]), ("smith carol", ["Carol Smith"]), ("mith", []), ("100%", []),
        ("_", []), ("", ["Katharina Böhm", "Jürgen Müller", "Carol Smith"]),
    ])
    func `people are found by the beginnings of their names, addresses and companies`(
        _ query: String, _ names: [String]
    )
        async throws
    {
        let bench = try await Bench()
        let account = try await bench.account("Weißbach Feintechnik")
        try await bench.write { tx, organization in
            for (first, last, address, account) in [
                ("Jürgen", "Müller", "jm@weissbach.example", account),
                ("Katharina", "Böhm", "boehm@weissbach.example", account),
                ("Carol", "Smith", "carol@client.example", nil),
            ] {
                var form = Bench.contactForm([address], account, lastName: last)
                form.firstName = first
                _ = try Contacts.create(tx, organization, try form.validated(), now: 1)
            }
        }
        let found = try await bench.read {
            try ContactList.page($0, $1, matching: query, limit: 10).elements.map(\.name)
        }
        #expect(Set(found) == Set(names))
        if query.isEmpty { #expect(found == names) }
    }

    @Test func `the list is paged by key, with nobody twice or left out while others come and go`() async throws {
        let bench = try await Bench()
        var random = SeededRandom(seed: 3)
        func add(_ count: Int) async throws {
            let names = (0..<count).map { _ in
                ["Ab", "Àb", "ab c", "Zoë", "zoe", "Éa"].randomElement(using: &random) ?? "x"
            }
            try await bench.write { tx, organization in
                for name in names {
                    _ = try Contacts.create(
                        tx, organization, try Bench.contactForm([], lastName: name).validated(), now: 1)
                }
            }
        }
        try await add(23)
        let present = try await bench.read { Set(try ContactList.page($0, $1, limit: 100).elements.map(\.id)) }
        #expect(present.count == 23)
        var seen: [ContactID] = []
        var key: ListKey?
        repeat {
            let after = key
            let page = try await bench.read { try ContactList.page($0, $1, after: after, limit: 4) }
            seen += page.elements.map(\.id)
            key = try page.next.map { try #require(ListKey($0.description)) }
            if seen.count < 20 { try await add(1) }
        } while key != nil
        #expect(Set(seen).count == seen.count)
        #expect(present.subtracting(seen).isEmpty)
    }

    @Test func `accounts are listed with how many contacts they have, and found by name, city and domain`() async throws
    {
        let bench = try await Bench()
        let account = try await bench.write { tx, organization in
            var form = AccountForm()
            (form.name, form.city, form.domain) = (
                "Fonderies Vautrin", "Saint-Étienne", "https://www.vautrin.example/contact"
            )
            return try Accounts.create(tx, organization, try form.validated(), now: 1)
        }
        try await bench.account("Other")
        try await bench.contact("a@vautrin.example", account: account)
        for query in ["vautrin", "etienne", "vautrin.ex", "fond vau"] {
            let found = try await bench.read { try Accounts.list($0, $1, matching: query, limit: 5).elements }
            #expect(found.map(\.name) == ["Fonderies Vautrin"] && found.map(\.contactCount) == [1], "\(query)")
        }
        let choices = try await bench.read { try Accounts.choices($0, $1, including: account).map(\.name) }
        #expect(choices == ["Fonderies Vautrin", "Other"])
        let found = try await bench.read { try Accounts.find($0, $1, account) }
        #expect(found?.domain == "vautrin.example" && found?.city == "Saint-Étienne")
    }
}
