import CRM
import Mirror
import Store
import Testing

@Suite struct ContactMergingTests {
    @Test func `mail and addresses of the duplicate move to the contact that is kept`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Brightwell")
        let kept = try await bench.contact("carol@client.example")
        let duplicate = try await bench.contact("c.reed@client.example", account: account)
        try await bench.apply(
            [
                mail(1, "one", to: ["carol@client.example"], at: 100),
                mail(2, "two", to: ["c.reed@client.example"], at: 200),
                mail(3, "both", to: ["carol@client.example", "c.reed@client.example"], at: 300),
            ], in: bench.inbox)
        try await bench.write { tx, organization in
            let merged = try Contacts.merge(tx, organization, duplicate, into: kept, now: 1)
            #expect(merged)
        }
        let subjects = try await bench.subjects(.contact(kept), for: bench.ann)
        #expect(subjects == ["About both", "About two", "About one"])
        #expect(try await bench.subjects(.account(account), for: bench.ann).count == 3)
        let contact = try #require(try await bench.read { try Contacts.find($0, $1, kept) })
        #expect(contact.addresses == ["carol@client.example", "c.reed@client.example"] && contact.account == account)
        #expect(try await bench.read { try Contacts.find($0, $1, duplicate) } == nil)
        // What comes to either address stands on the one card.
        try await bench.apply([mail(4, "four", to: ["c.reed@client.example"], at: 400)], in: bench.inbox)
        #expect(try await bench.subjects(.contact(kept), for: bench.ann).first == "About four")
    }

    @Test func `the kept one's own values stay, its notes are followed by the other's`() async throws {
        let bench = try await Bench()
        let (kept, duplicate) = try await bench.write { tx, organization in
            var form = ContactForm()
            (form.lastName, form.title, form.notes) = ("Reed", "Buyer", "First")
            let kept = try Contacts.create(tx, organization, try form.validated(), now: 1)
            (form.lastName, form.title, form.phone, form.notes) = ("Read", "Seller", "123", "Second")
            return (kept, try Contacts.create(tx, organization, try form.validated(), now: 1))
        }
        try await bench.write { _ = try Contacts.merge($0, $1, duplicate, into: kept, now: 1) }
        let contact = try #require(try await bench.read { try Contacts.find($0, $1, kept) })
        #expect((contact.lastName, contact.title, contact.phone) == ("Reed", "Buyer", "123"))
        #expect(contact.notes == "First\n\nSecond")
    }

    @Test func `nothing happens with itself, with one that is gone, or where the addresses are too many`() async throws
    {
        let bench = try await Bench()
        let kept = try await bench.contact("carol@client.example")
        let many = try await bench.write { tx, organization in
            var form = ContactForm()
            form.lastName = "Many"
            form.addresses = (0..<20).map { "a\($0)@client.example" }
            return try Contacts.create(tx, organization, try form.validated(), now: 1)
        }
        try await bench.write { tx, organization in
            let withItself = try Contacts.merge(tx, organization, kept, into: kept, now: 1)
            let withNone = try Contacts.merge(tx, organization, 999, into: kept, now: 1)
            #expect(!withItself && !withNone)
        }
        await #expect(throws: ContactError.tooManyAddresses(21)) {
            try await bench.write { _ = try Contacts.merge($0, $1, many, into: kept, now: 1) }
        }
        #expect(try await bench.read { try Contacts.find($0, $1, many) }?.addresses.count == 20)
    }

    @Test func `meetings and tasks of the duplicate are those of the kept one, each once`() async throws {
        let bench = try await Bench()
        let kept = try await bench.contact("carol@client.example")
        let duplicate = try await bench.contact("c.reed@client.example")
        let one = try await bench.plan(try Bench.valid(owner: bench.ann, with: [duplicate]))
        let both = try await bench.plan(try Bench.valid(owner: bench.ann, with: [kept, duplicate]))
        try await bench.write { _ = try Contacts.merge($0, $1, duplicate, into: kept, now: 1) }
        #expect(try await bench.activity(one)?.contacts == [kept])
        #expect(try await bench.activity(both)?.contacts == [kept])
    }
}
