import Generators
import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct SearchPagingTests {
    private let carol = "carol@client.example"
    private let dave = "dave@client.example"

    /// Random mail of few seconds, so that many share one, in one mailbox or both, to one contact or both; every third
    /// about something else.
    private func fill(_ bench: Bench, count: Int, _ random: inout SeededRandom) async throws {
        for number in 0..<count {
            let fact = mail(
                UInt32(number + 1), "m\(number)", to: Bool.random(using: &random) ? [carol] : [carol, dave],
                subject: number.isMultiple(of: 3) ? "Lunch \(number)" : "Offer \(number)",
                at: .random(in: 1...6, using: &random))
            switch Int.random(in: 0..<3, using: &random) {
            case 0: try await bench.apply([fact], in: bench.inbox)
            case 1: try await bench.apply([fact], in: bench.bobsInbox)
            default: for folder in [bench.bobsInbox, bench.inbox] { try await bench.apply([fact], in: folder) }
            }
        }
    }

    @Test(arguments: 1...6)
    func `pages of any size find the same, each message once, the newest first`(_ seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let contact = try await bench.contact(carol, account: account)
        try await bench.contact(dave, account: account)
        try await fill(bench, count: 30, &random)
        for card in [nil, Card.contact(contact), .account(account)] {
            let whole = try await bench.search("offer", for: bench.eve, on: card, pageSize: 1_000)
            #expect(whole.count == 20 && Set(whole.map(\.subject)).count == 20, "seed \(seed)")
            #expect(whole.map(\.sentAt) == whole.map(\.sentAt).sorted(by: >), "seed \(seed)")
            #expect(whole.allSatisfy { $0.subject.hasPrefix("Offer") }, "seed \(seed)")
            for size in [1, 2, 3, 7, 19, 20] {
                let paged = try await bench.search("offer", for: bench.eve, on: card, pageSize: size)
                #expect(paged.map(\.subject) == whole.map(\.subject), "seed \(seed), size \(size)")
                #expect(paged.map { Set($0.contacts) } == whole.map { Set($0.contacts) }, "seed \(seed), size \(size)")
                #expect(paged.map(\.copies) == whole.map(\.copies), "seed \(seed), size \(size)")
            }
        }
    }

    @Test func `a very full card finds what a small one does`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let (carols, daves) = (
            try await bench.contact(carol, account: account), try await bench.contact(dave, account: account)
        )
        // More than a card may have whose rows are looked up one by one.
        let facts = (0..<2_100).map { number in
            mail(
                UInt32(number + 1), "m\(number)", to: number.isMultiple(of: 100) ? [carol, dave] : [carol],
                subject: number.isMultiple(of: 50) ? "Offer \(number)" : "Lunch \(number)", at: Int64(number / 2))
        }
        try await bench.apply(facts, in: bench.inbox)
        try await bench.fetchTexts(bench.anns)
        let offers = stride(from: 2_050, through: 0, by: -50).map { "Offer \($0)" }
        for card in [Card.contact(carols), .account(account)] {
            for size in [5, 100] {
                let found = try await bench.search("offer", for: bench.eve, on: card, pageSize: size)
                #expect(found.map(\.subject) == offers)
            }
        }
        #expect(try await bench.found("offer", for: bench.eve, on: .contact(daves)).count == 21)
        #expect(try await bench.found("lunch offer", for: bench.eve, on: .contact(carols)) == [])
        var filter = CardFilter()
        (filter.from, filter.until, filter.direction) = (500, 600, .sent)
        let within = try await bench.search("offer", for: bench.ann, on: .contact(carols), filter: filter)
        #expect(within.map(\.subject) == ["Offer 1150", "Offer 1100", "Offer 1050", "Offer 1000"])
        filter.direction = .received
        #expect(try await bench.search("offer", for: bench.ann, on: .contact(carols), filter: filter).isEmpty)
    }

    @Test func `a key that nobody was given is no error`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol], subject: "Offer")], in: bench.inbox)
        try await bench.fetchTexts(bench.anns)
        let words = try #require(SearchWords("offer"))
        var filter = CardFilter()
        filter.words = words
        for text in ["9223372036854775807-9223372036854775807", "-9223372036854775808-1", "0--5", "1-0"] {
            guard let key = CardKey(text) else { continue }
            let found = try await bench.read { [ann = bench.ann, filter] tx, organization in
                let visible = try VisibleMailboxes.of(tx, organization, viewer: ann)
                return try FoundEmails.page(tx, organization, words, visible: visible, after: key, limit: 9).entries
                    .count
                    + Cards.page(
                        tx, organization, .contact(contact), visible: visible, filter: filter, after: key, limit: 9
                    ).entries.count
            }
            #expect(found == (text.hasPrefix("9") ? 2 : 0), "\(text)")
        }
    }
}
