import Generators
import CRM
import Mail
import Mirror
import Testing

/// A folder, its provider and its mirror in a few lines: what the plans do to the rows, without a database.
private struct ModelFolder {
    /// What the provider holds; nil where it cannot describe the message.
    var truth: [RemoteMessageID: MessageFact?] = [:]
    var local = LocalRows()
    var noContact = 0
    var nextUID: UInt32 = 1
    private var nextMessage: Int64 = 1

    mutating func apply(_ plan: PagePlan) {
        for insert in plan.inserts {
            let id = StoredMessageID(nextMessage)
            nextMessage += 1
            for remote in insert.ids { local.locations[remote] = id }
            local.identities[insert.identity] = id
            local.matches[id] = insert.matches
        }
        for location in plan.newLocations { local.locations[location.id] = location.message }
        for rematch in plan.rematches { local.matches[rematch.message] = rematch.matches }
        for message in plan.excluded { local.excluded[message.id] = message }
        for id in plan.notExcluded { local.excluded[id] = nil }
        local.setAside.formUnion(plan.setAsides.map(\.id))
        local.setAside.subtract(plan.readableAgain)
        for id in plan.removedLocations { local.locations[id] = nil }
        noContact += plan.noContact
        // Messages that stand nowhere are removed at the end of a round.
        let standing = Set(local.locations.values)
        local.identities = local.identities.filter { standing.contains($0.value) }
        local.matches = local.matches.filter { standing.contains($0.key) }
    }

    var accounting: Accounting {
        Accounting(
            listed: truth.count, mirrored: local.locations.count, noContact: noContact, excluded: local.excluded.count,
            setAside: local.setAside.count)
    }

    /// What the mirror ought to hold, decided message by message with nothing remembered.
    func ideal(_ book: AddressBook) -> Accounting {
        var ideal = Accounting(listed: truth.count)
        for fact in truth.values {
            guard let fact else {
                ideal.setAside += 1
                continue
            }
            switch book.decide(fact.headers) {
            case .noContact: ideal.noContact += 1
            case .excluded: ideal.excluded += 1
            case .matched: ideal.mirrored += 1
            }
        }
        return ideal
    }

    func page(_ ids: some Sequence<RemoteMessageID>, gone: Gone = .none) -> ChangePage {
        var page = ChangePage(
            gone: gone, listed: truth.count, processed: 0, isScanComplete: true, checkpoint: Checkpoint(bytes: []))
        for id in ids.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let known = truth[id] else { continue }
            if let fact = known {
                page.present.append(fact)
            } else {
                page.unreadable.append(UnreadableMessage(id: id, reason: "BAD"))
            }
        }
        return page
    }
}

@Suite struct PlannerPropertyTests {
    private static let people = [
        Person.ann, Person.carol, Person.dave, Person.erin, Person.eve, "zoe@elsewhere.example",
    ]

    private func deliver(_ count: Int, into folder: inout ModelFolder, _ random: inout SeededRandom)
        -> [RemoteMessageID]
    {
        (0..<count).map { _ in
            let uid = folder.nextUID
            folder.nextUID += 1
            let id = RemoteMessageID(uid: uid)
            let to = Self.people.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            let headers = headers(
                from: [Self.people.randomElement(using: &random) ?? Person.eve], to: to,
                messageID: "<\(Int.random(in: 0..<12, using: &random))@x>")
            let isReadable = Int.random(in: 0..<8, using: &random) > 0
            folder.truth[id] = .some(isReadable ? fact(uid, headers) : nil)
            return id
        }
    }

    private func randomGone(_ folder: inout ModelFolder, _ random: inout SeededRandom) -> Gone {
        let leaving = folder.truth.keys.sorted { $0.rawValue < $1.rawValue }
            .filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
        for id in leaving { folder.truth[id] = nil }
        let strangers = [RemoteMessageID(uid: 900_000)]
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .reported(leaving + strangers, total: leaving.count)
        case 1: return .allExcept(.ids(Set(folder.truth.keys)), total: leaving.count)
        default: return .confirmed(leaving, total: leaving.count)
        }
    }

    @Test(arguments: 1...25)
    func `after every page each message is accounted for, and rightly`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var folder = ModelFolder()
        let book = AddressBook.of(exclusions: ["@elsewhere.example"])
        for _ in 0..<12 {
            let gone = randomGone(&folder, &random)
            let new = deliver(Int.random(in: 0..<8, using: &random), into: &folder, &random)
            folder.apply(planned(folder.page(new, gone: gone), .arrival, by: book, local: folder.local))
            #expect(folder.accounting == folder.ideal(book), "seed \(seed)")
            #expect(folder.accounting.addsUp, "seed \(seed)")
        }
    }

    @Test(arguments: 1...25)
    func `reading everything again plans nothing and counts the same`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var folder = ModelFolder()
        let book = AddressBook.of(exclusions: ["@elsewhere.example"])
        let all = deliver(40, into: &folder, &random)
        folder.apply(planned(folder.page(all), .arrival, by: book, local: folder.local))
        // A set-aside message is written again each time it is tried; here all can be read.
        for id in all where folder.truth[id] == .some(nil) { folder.truth[id] = nil }
        let listing = Gone.allExcept(.ids(Set(folder.truth.keys)), total: 0)
        for purpose in [Planner.Purpose.rescan, .search] {
            var second = folder
            second.noContact = purpose == .rescan ? 0 : folder.noContact
            second.apply(
                planned(second.page(all, gone: listing), purpose, by: book, local: second.local))
            let third = planned(second.page(all, gone: listing), purpose, by: book, local: second.local)
            #expect(third.isEmpty, "seed \(seed): \(third)")
            if purpose == .search { #expect(third.noContact == 0, "seed \(seed)") }
            if purpose == .rescan { #expect(second.accounting == second.ideal(book), "seed \(seed)") }
        }
    }

    @Test(arguments: 1...25)
    func `whatever changed in the address book, reading everything again puts the mirror right`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var folder = ModelFolder()
        let before = AddressBook.of(exclusions: ["@elsewhere.example"])
        let after = [
            AddressBook.of(), .of(mirrorsReceived: false), .of(ownDomains: ["client.example"]),
            .of(exclusions: [Person.carol]), AddressBook(entries: [Person.eve: .init(contact: 9, account: nil)]),
        ].randomElement(using: &random)!
        let all = deliver(40, into: &folder, &random)
        folder.apply(planned(folder.page(all), .rescan, by: before, local: folder.local))
        var rescanned = folder
        rescanned.noContact = 0
        rescanned.apply(planned(folder.page(all), .rescan, by: after, local: folder.local))
        #expect(rescanned.accounting == rescanned.ideal(after), "seed \(seed)")
        // The same by asking for messages decided before.
        folder.apply(planned(folder.page(all), .search, by: after, local: folder.local))
        #expect(folder.accounting == folder.ideal(after), "seed \(seed)")
        for (id, message) in folder.local.locations {
            guard case .some(.some(let fact)) = folder.truth[id],
                case .matched(let matches) = after.decide(fact.headers),
                let stands = folder.local.matches[message]
            else {
                Issue.record("seed \(seed): \(id) should not be mirrored")
                continue
            }
            #expect(Set(stands) == Set(matches), "seed \(seed)")
        }
    }
}
