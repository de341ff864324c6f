import CRM
import Database
import Mirror
import Store
import Testing

/// How contacts and accounts take their mail along.
@Suite struct ContactMailTests {
    private let carol = "carol@client.example"
    private let dave = "dave@client.example"

    @Test func `a contact's mail moves with the contact to another account's card`() async throws {
        let bench = try await Bench()
        let (old, new) = (try await bench.account("Old"), try await bench.account("New"))
        let contact = try await bench.contact(carol, account: old)
        try await bench.contact(dave, account: old)
        try await bench.apply([mail(1, "a", to: [carol]), mail(2, "both", to: [carol, dave], at: 5)], in: bench.inbox)
        try await bench.write { [carol] tx, organization in
            try Contacts.update(tx, organization, contact, try Bench.contactForm([carol], new).validated(), now: 1)
        }
        #expect(try await bench.subjects(.account(new), for: bench.ann) == ["About a", "About both"])
        #expect(try await bench.subjects(.account(old), for: bench.ann) == ["About both"])
        #expect(try await bench.subjects(.contact(contact), for: bench.ann).count == 2)
        // What arrives from now on goes there too.
        try await bench.apply([mail(3, "next", to: [carol])], in: bench.inbox)
        #expect(try await bench.subjects(.account(new), for: bench.ann).contains("About next"))
        // And a second look finds nothing to correct.
        #expect(try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox, .rescan).isEmpty)
    }

    @Test func `an account that is deleted leaves its contacts and their mail`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let contact = try await bench.contact(carol, account: account)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        try await bench.write { try Accounts.delete($0, $1, account, now: 1) }
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
        #expect(try await bench.subjects(.account(account), for: bench.ann) == [])
        let row = try await bench.read { try Contacts.find($0, $1, contact) }
        #expect(row != nil && row?.account == nil)
        #expect(try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox, .rescan).isEmpty)
    }

    @Test func `a deleted contact takes along the mail that no other contact needs, and leaves no word of it`()
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let other = try await bench.contact(dave)
        try await bench.apply(
            [mail(1, "zqown", to: [carol]), mail(2, "shared", to: [carol, dave]), mail(3, "his", to: [dave])],
            in: bench.inbox)
        try await bench.apply([mail(1, "zqown", to: [carol])], in: bench.bobsInbox)
        for mailbox in [bench.anns, bench.bobs] { try await bench.fetchTexts(mailbox) { "Text zqown \($0.message)" } }
        try await bench.write { try Contacts.delete($0, $1, contact, now: 1) }
        #expect(Set(try await bench.subjects(.contact(other), for: bench.ann)) == ["About shared", "About his"])
        #expect(try await bench.subjects(.contact(contact), for: bench.eve) == [])
        for (table, count) in [("messages", 2), ("message_texts", 2), ("locations", 2), ("card_entries", 2)] {
            #expect(try await bench.database.count(table) == count, "\(table)")
        }
        let subjects = try await bench.database.read { tx in
            try tx.rows("SELECT subject FROM messages") { try $0.text(0) }
        }
        #expect(!subjects.contains("About zqown"))
    }

    @Test func `an address that is taken off a contact takes its mail along`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol, "carol@home.example")
        try await bench.apply(
            [
                mail(1, "work", to: [carol]), mail(2, "home", to: ["carol@home.example"]),
                mail(3, "b", to: [carol, "carol@home.example"]),
            ],
            in: bench.inbox)
        try await bench.write { [carol] tx, organization in
            try Contacts.update(tx, organization, contact, try Bench.contactForm([carol]).validated(), now: 1)
        }
        #expect(Set(try await bench.subjects(.contact(contact), for: bench.ann)) == ["About work", "About b"])
        #expect(try await bench.accounting(bench.inbox).noContact == 1)
    }

    @Test(arguments: [
        "Carol@CLIENT.example", "\"carol\"@client.example", "carol@client.example.", " carol@client.example ",
    ])
    func `mail to another spelling of an address is still the contact's when it is decided again`(_ spelling: String)
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", from: spelling, to: ["ann@acme.example"])], in: bench.inbox)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
        try await bench.write { try MirrorCleanup.rulesChanged($0, $1, now: 1) }
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
    }

    @Test func `every address of From, and the Bcc, count when a message is decided again`() async throws {
        let bench = try await Bench()
        let (first, second) = (try await bench.contact(carol), try await bench.contact(dave))
        let fact = MessageFact(
            id: RemoteMessageID(uid: 1), stableID: nil, internalDate: 1, size: 1,
            headers: MessageHeaders(
                from: [header("x@y.example"), header("j\u{f6}rg@m\u{fc}ller.example"), header(carol)],
                bcc: [header(dave)],
                subject: Array("Many".utf8)))
        try await bench.apply([fact], in: bench.inbox)
        try await bench.write { try MirrorCleanup.rulesChanged($0, $1, now: 1) }
        for contact in [first, second] {
            #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["Many"])
        }
    }

    @Test func `a display name that looks like a contact's address is none when a message is decided again`()
        async throws
    {
        let bench = try await Bench()
        let (contact, other) = (try await bench.contact(carol), try await bench.contact(dave))
        let nameOnly = HeaderAddress(name: Array(carol.utf8), localPart: [], domain: [])
        let fact = MessageFact(
            id: RemoteMessageID(uid: 1), stableID: nil, internalDate: 1, size: 1,
            headers: MessageHeaders(
                from: [nameOnly, nameOnly], to: [header(dave), nameOnly], cc: [nameOnly], bcc: [nameOnly],
                subject: Array("Spoofed".utf8)))
        try await bench.apply([fact], in: bench.inbox)
        for _ in 0..<2 {
            #expect(try await bench.subjects(.contact(contact), for: bench.ann) == [])
            let entry = try #require(try await bench.card(.contact(other), for: bench.ann).first)
            #expect(entry.from == StoredAddress(name: carol, address: ""))
            try await bench.write { try MirrorCleanup.rulesChanged($0, $1, now: 1) }
        }
    }

    @Test func `mail of a new address is asked for at every mailbox, once, until that was done`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        func pending(_ mailbox: MailboxID) async throws -> [String] {
            try await bench.read { try Backfills.pending($0, $1, mailbox, limit: 10).map(\.addressKey) }
        }
        #expect(try await pending(bench.anns) == [carol])
        #expect(try await pending(bench.bobs) == [carol])
        try await bench.write { [anns = bench.anns] tx, organization in
            try Backfills.done(tx, organization, anns, try Backfills.pending(tx, organization, anns, limit: 10))
        }
        // An address that was there before is not asked for again.
        try await bench.write { [carol] tx, organization in
            let form = Bench.contactForm([carol, "Carol.Home@Client.example"])
            try Contacts.update(tx, organization, contact, try form.validated(), now: Bench.now + 1)
        }
        #expect(try await pending(bench.anns) == ["carol.home@client.example"])
        #expect(try await pending(bench.bobs) == [carol, "carol.home@client.example"])
    }

    @Test func `the address book follows each change that decides about mail, and only those`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        func version() async throws -> Int64 {
            try await bench.read { try AddressBooks.current($0, $1, known: .none).version }
        }
        let first = try await version()
        let contact = try await bench.contact(carol)
        let added = try await version()
        #expect(added > first)
        try await bench.write { [carol] tx, organization in
            let form = Bench.contactForm([carol], lastName: "Renamed")
            try Contacts.update(tx, organization, contact, try form.validated(), now: 2)
        }
        #expect(try await version() == added)
        try await bench.write { try Contacts.setAccount($0, $1, contact, account, now: 3) }
        let moved = try await version()
        #expect(moved > added)
        let exclusion = try await bench.exclude("@firm.example")
        let excluded = try await version()
        #expect(excluded > moved)
        try await bench.write { try Exclusions.remove($0, $1, exclusion) }
        let included = try await version()
        #expect(included > excluded)
        try await bench.write { try Contacts.delete($0, $1, contact, now: 4) }
        #expect(try await version() > included)
    }
}
