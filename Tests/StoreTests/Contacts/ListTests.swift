import CRM
import Database
import Generators
import Mirror
import Store
import Testing

/// Lists of contacts and accounts: what they are narrowed to, their orders, and their pages.
@Suite struct ListTests {
    private struct Made {
        let id: ContactID
        let last: String
        let account: (name: String, id: AccountID)?
        let owner: UserID?
        let created: Int64
        let changed: Int64
    }

    /// Contacts with equal names, accounts and times among them.
    private func made(_ bench: Bench, _ count: Int, seed: UInt64) async throws -> [Made] {
        var random = SeededRandom(seed: seed)
        var accounts: [(name: String, id: AccountID)] = []
        for name in ["acme", "best", "acme", "zeta"] { accounts.append((name, try await bench.account(name))) }
        var made: [Made] = []
        for _ in 0..<count {
            let last = ["adam", "bell", "cole", "dunn"].randomElement(using: &random)!
            let account = Bool.random(using: &random) ? accounts.randomElement(using: &random) : nil
            let owner = [bench.ann, bench.bob, nil].randomElement(using: &random)!
            let (created, changed) = (
                Int64.random(in: 1...5, using: &random), Int64.random(in: 6...9, using: &random)
            )
            let id = try await bench.write { tx, organization in
                var form = Bench.contactForm([], account?.id, lastName: last)
                let id = try Contacts.create(tx, organization, try form.validated(), now: created)
                form.owner = owner
                try Contacts.update(tx, organization, id, try form.validated(), now: changed)
                return id
            }
            made.append(
                Made(id: id, last: last, account: account, owner: owner, created: created, changed: changed))
        }
        return made
    }

    private func all(
        _ bench: Bench, _ filter: ContactFilter, _ order: ListOrder, pageSize: Int
    ) async throws -> [ContactID] {
        var found: [ContactID] = []
        var key: ListKey?
        repeat {
            let after = key
            let page = try await bench.read {
                try ContactList.page($0, $1, filter, by: order, after: after, limit: pageSize)
            }
            found += page.elements.map(\.id)
            key = try page.next.map { try #require(ListKey($0.description)) }
        } while key != nil
        return found
    }

    /// What the order says, written down once more.
    private func sorted(_ made: [Made], _ order: ListOrder) -> [ContactID] {
        func before(_ one: Made, _ other: Made) -> Bool {
            switch order.column {
            case .name: return (one.last, one.id.rawValue) < (other.last, other.id.rawValue)
            case .created: return (one.created, one.id.rawValue) < (other.created, other.id.rawValue)
            case .changed: return (one.changed, one.id.rawValue) < (other.changed, other.id.rawValue)
            case .account:
                let (first, second) = (one.account?.name ?? "", other.account?.name ?? "")
                let (firstID, secondID) = (one.account?.id.rawValue ?? 0, other.account?.id.rawValue ?? 0)
                return (first, firstID, one.last, one.id.rawValue) < (second, secondID, other.last, other.id.rawValue)
            }
        }
        func listed(_ made: [Made]) -> [ContactID] {
            made.sorted { order.isDescending ? before($1, $0) : before($0, $1) }.map(\.id)
        }
        guard order.column == .account else { return listed(made) }
        // Those without an account come last in both directions.
        return listed(made.filter { $0.account != nil }) + listed(made.filter { $0.account == nil })
    }

    @Test(arguments: ListOrder.Column.allCases, [false, true])
    func `pages of contacts follow each order in both directions, whatever they are narrowed to`(
        _ column: ListOrder.Column, _ isDescending: Bool
    ) async throws {
        let bench = try await Bench()
        let made = try await made(bench, 40, seed: 7)
        let order = ListOrder(column, isDescending: isDescending)
        let account = try #require(made.compactMap(\.account).first)
        let owners: [OwnerFilter?] = [nil, .user(bench.ann), .nobody]
        for owner in owners {
            for chosen in [nil, account.id] {
                for query in ["", "co", "ac", "bell acme", "nobody"] {
                    var filter = ContactFilter(query: query)
                    (filter.owner, filter.account) = (owner, chosen)
                    let expected = sorted(
                        made.filter { one in
                            (owner.map { $0 == (one.owner.map(OwnerFilter.user) ?? .nobody) } ?? true)
                                && (chosen.map { $0 == one.account?.id } ?? true)
                                && query.split(separator: " ").allSatisfy {
                                    one.last.hasPrefix($0) || one.account?.name.hasPrefix($0) == true
                                }
                        }, order)
                    let found = try await all(bench, filter, order, pageSize: 3)
                    #expect(found == expected, "\(filter)")
                }
            }
        }
    }

    @Test func `accounts follow each order in both directions, of one owner or of nobody`() async throws {
        let bench = try await Bench()
        let owners = [bench.ann, nil, bench.ann, nil]
        let ids = try await bench.write { tx, organization in
            try zip(["Zeta", "acme", "Best", "acme"], owners).enumerated().map { index, made in
                var form = AccountForm()
                (form.name, form.owner) = made
                let id = try Accounts.create(tx, organization, try form.validated(), now: Int64(10 - index))
                try Accounts.update(tx, organization, id, try form.validated(), now: Int64(20 + index % 2))
                return id
            }
        }
        func list(_ order: ListOrder, _ filter: AccountFilter = AccountFilter()) async throws -> [Int] {
            var found: [AccountID] = []
            var key: ListKey?
            repeat {
                let after = key
                let page = try await bench.read {
                    try Accounts.list($0, $1, filter, by: order, after: after, limit: 1)
                }
                found += page.elements.map(\.id)
                key = page.next
            } while key != nil
            return found.map { ids.firstIndex(of: $0)! }
        }
        #expect(try await list(.byName) == [1, 3, 2, 0])
        #expect(try await list(ListOrder(.name, isDescending: true)) == [0, 2, 3, 1])
        #expect(try await list(ListOrder(.created)) == [3, 2, 1, 0])
        #expect(try await list(ListOrder(.changed)) == [0, 2, 1, 3])
        #expect(try await list(ListOrder(.changed, isDescending: true)) == [3, 1, 2, 0])
        var filter = AccountFilter(query: "ac")
        filter.owner = .nobody
        #expect(try await list(.byName, filter) == [1, 3])
        filter.owner = .user(bench.ann)
        #expect(try await list(.byName, filter) == [])
    }

    @Test func `a word that many have is found in order, and one that few have as well`() async throws {
        let bench = try await Bench()
        let count = 3_050
        let ids = try await bench.write { tx, organization in
            try (0..<count).map { number in
                var form = Bench.contactForm([], lastName: "Common \(count - number)")
                form.firstName = number % 100 == 0 ? "Rare" : "Plenty"
                return try Contacts.create(tx, organization, try form.validated(), now: Int64(number))
            }
        }
        let newest = ListOrder(.created, isDescending: true)
        for (query, expected) in [
            ("comm", Array(ids.reversed())),
            ("comm plen", ids.reversed().filter { ids.firstIndex(of: $0)! % 100 != 0 }),
            ("comm rare", ids.reversed().filter { ids.firstIndex(of: $0)! % 100 == 0 }),
        ] {
            let page = try await bench.read {
                try ContactList.page($0, $1, ContactFilter(query: query), by: newest, limit: 20)
            }
            #expect(page.elements.map(\.id) == Array(expected.prefix(20)), "\(query)")
        }
    }

    @Test func `only mail that the viewer may read counts when contacts are narrowed by their emails`() async throws {
        let bench = try await Bench()
        let contacts = [
            try await bench.contact("a@client.example"), try await bench.contact("b@client.example"),
            try await bench.contact("c@client.example"), try await bench.contact("d@client.example"),
        ]
        try await bench.apply(
            [
                mail(1, "old", to: ["a@client.example"], at: 100), mail(2, "new", to: ["b@client.example"], at: 900),
                mail(3, "hidden", to: ["d@client.example"], at: 900),
            ], in: bench.inbox)
        try await bench.apply([mail(1, "bobs", to: ["c@client.example"], at: 900)], in: bench.bobsInbox)
        try await bench.write { [anns = bench.anns] tx, organization in
            let id = StoredMessageID(try tx.integer("SELECT id FROM messages WHERE message_id LIKE 'hidden%'"))
            _ = try HiddenConversations.hide(tx, organization, id, in: anns, now: 1)
        }
        func found(_ kind: MailFilter.Kind, for viewer: UserID) async throws -> [Int] {
            try await bench.read { tx, organization in
                var filter = ContactFilter()
                filter.mail = MailFilter(kind, visible: try VisibleMailboxes.of(tx, organization, viewer: viewer))
                return try ContactList.page(tx, organization, filter, limit: 9).elements.map {
                    contacts.firstIndex(of: $0.id)!
                }
            }
        }
        // Ann sees her own mail, also what she hides; Bob his; Eve both, but not what is hidden.
        #expect(try await found(.since(.min), for: bench.ann) == [0, 1, 3])
        #expect(try await found(.notSince(.min), for: bench.ann) == [2])
        #expect(try await found(.since(500), for: bench.ann) == [1, 3])
        #expect(try await found(.notSince(500), for: bench.ann) == [0, 2])
        #expect(try await found(.since(.min), for: bench.bob) == [2])
        #expect(try await found(.notSince(.min), for: bench.bob) == [0, 1, 3])
        #expect(try await found(.since(.min), for: bench.eve) == [0, 1, 2])
        #expect(try await found(.notSince(500), for: bench.eve) == [0, 3])
    }

    @Test(arguments: 1...3)
    func `the words that contacts and accounts are found by follow whatever is changed`(_ seed: Int) async throws {
        let bench = try await Bench()
        var random = SeededRandom(seed: UInt64(seed))
        var ids: [ContactID] = []
        for _ in 0..<30 {
            let name = ["Jürgen \"J\" O'Brien", "a b", "x\\y {z}", "Zoë, 🙂", "[1,2]"].randomElement(using: &random)!
            let (turn, chosen) = (Int.random(in: 0..<3, using: &random), ids.randomElement(using: &random))
            if let id = try await bench.write({ tx, organization -> ContactID? in
                let form = try Bench.contactForm([], lastName: name).validated()
                guard let chosen, turn > 0 else { return try Contacts.create(tx, organization, form, now: 1) }
                if turn == 1 {
                    try Contacts.update(tx, organization, chosen, form, now: 1)
                } else {
                    try Contacts.delete(tx, organization, chosen, now: 1)
                }
                return nil
            }) {
                ids.append(id)
            }
        }
        let (kept, texts) = try await bench.database.read { tx in
            (
                Set(try tx.rows("SELECT contact_id || ' ' || word FROM contact_words") { try $0.text(0) }),
                try tx.rows("SELECT id, search_text FROM contacts") { (try $0.integer(0), try $0.text(1)) }
            )
        }
        #expect(!texts.isEmpty)
        #expect(kept == Set(texts.flatMap { id, text in text.split(separator: " ").map { "\(id) \($0)" } }))
    }
}
