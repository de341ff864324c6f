import Generators
import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct CardPagingTests {
    private let carol = "carol@client.example"
    private let dave = "dave@client.example"

    private func page(_ bench: Bench, _ card: Card, after key: CardKey?, limit: Int) async throws -> CardPage {
        try await bench.read { [eve = bench.eve] tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: eve)
            return try Cards.page(tx, organization, card, visible: visible, after: key, limit: limit)
        }
    }

    /// Random mail of few seconds, so that many share one, in one mailbox or both, to one contact or both.
    private func arrivals(
        _ names: Range<Int>, _ bench: Bench, seconds: ClosedRange<Int64>, _ random: inout SeededRandom
    ) async throws {
        for name in names {
            let fact = mail(
                UInt32(name + 1), "m\(name)", to: Bool.random(using: &random) ? [carol] : [carol, dave],
                at: .random(in: seconds, using: &random))
            switch Int.random(in: 0..<3, using: &random) {
            case 0: try await bench.apply([fact], in: bench.inbox)
            case 1: try await bench.apply([fact], in: bench.bobsInbox)
            default: for folder in [bench.bobsInbox, bench.inbox] { try await bench.apply([fact], in: folder) }
            }
        }
    }

    @Test(arguments: 1...8)
    func `pages by key show each message once, in order, with nothing left out, while others arrive`(_ seed: Int)
        async throws
    {
        var random = SeededRandom(seed: UInt64(seed))
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let contact = try await bench.contact(carol, account: account)
        try await bench.contact(dave, account: account)
        let card = seed.isMultiple(of: 2) ? Card.contact(contact) : .account(account)
        try await arrivals(0..<30, bench, seconds: 1...12, &random)
        let present = Set((0..<30).map { "About m\($0)" })

        var shown: [CardEntry] = []
        var key: CardKey?
        var arrived = 30
        repeat {
            let page = try await page(bench, card, after: key, limit: .random(in: 1...4, using: &random))
            shown += page.entries
            key = page.next
            if arrived < 45 {
                try await arrivals(arrived..<arrived + 3, bench, seconds: 1...14, &random)
                arrived += 3
            }
        } while key != nil
        let subjects = shown.map(\.subject)
        #expect(Set(subjects).count == subjects.count, "seed \(seed): something twice")
        #expect(present.subtracting(subjects).isEmpty, "seed \(seed): something left out")
        #expect(shown.map(\.sentAt) == shown.map(\.sentAt).sorted(by: >), "seed \(seed)")
    }

    @Test(arguments: 1...6)
    func `pages of any size make the same card`(_ seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let bench = try await Bench()
        let account = try await bench.account("Client")
        try await bench.contact(carol, account: account)
        try await bench.contact(dave, account: account)
        try await arrivals(0..<25, bench, seconds: 1...6, &random)
        let whole = try await bench.card(.account(account), for: bench.eve, pageSize: 1_000)
        #expect(whole.count == 25)
        for size in [1, 2, 3, 7, 24, 25] {
            let paged = try await bench.card(.account(account), for: bench.eve, pageSize: size)
            #expect(paged.map(\.subject) == whole.map(\.subject), "seed \(seed), size \(size)")
            #expect(paged.map { Set($0.contacts) } == whole.map { Set($0.contacts) }, "seed \(seed), size \(size)")
            #expect(paged.map(\.copies) == whole.map(\.copies), "seed \(seed), size \(size)")
        }
    }

    @Test func `a message that leaves between two pages hides no other`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply((1...6).map { mail($0, "m\($0)", to: [carol], at: Int64($0)) }, in: bench.inbox)
        let first = try await page(bench, .contact(contact), after: nil, limit: 2)
        #expect(first.entries.map(\.sentAt) == [6, 5])
        // The last one shown, by which the next page is found, and the next one.
        try await bench.apply(
            [], gone: .reported([RemoteMessageID(uid: 5), RemoteMessageID(uid: 4)], total: 2), in: bench.inbox, pass: 2)
        try await bench.settle(before: 3)
        let second = try await page(bench, .contact(contact), after: first.next, limit: 2)
        #expect(second.entries.map(\.sentAt) == [3, 2])
        let third = try await page(bench, .contact(contact), after: second.next, limit: 2)
        #expect(third.entries.map(\.sentAt) == [1] && third.next == nil)
    }

    @Test func `an empty card and a page of nothing end at once`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let empty = try await page(bench, .contact(contact), after: nil, limit: 10)
        #expect(empty.entries.isEmpty && empty.next == nil)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        let none = try await page(bench, .contact(contact), after: nil, limit: 0)
        #expect(none.entries.isEmpty && none.next == nil)
        // Exactly as many as a page holds: there is no next one.
        #expect(try await page(bench, .contact(contact), after: nil, limit: 1).next == nil)
    }

    @Test(arguments: ["", "1", "-", "1-", "-1", "1-0", "a-1", "1-1x", "1-01"])
    func `an address that holds no key is refused`(_ text: String) {
        #expect(CardKey(text) == nil)
    }

    @Test func `a key reads as it is written, also from before 1970`() {
        for key in [CardKey(sentAt: 1_700_000_000, message: 42), CardKey(sentAt: -5, message: 1)] {
            #expect(CardKey(key.description) == key)
        }
    }
}
