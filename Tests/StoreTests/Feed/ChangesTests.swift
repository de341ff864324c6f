import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct ChangesTests {
    private struct Interruption: Error {}
    private let carol = "carol@client.example"

    @Test func `what changes a card is told in the same transaction, naming the card and the mailbox`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let contact = try await bench.contact(carol, account: account)
        let card = Change(organization: bench.organization, contact: contact, account: account, mailbox: bench.anns)
        func told(_ body: () async throws -> Void) async throws -> [Change] {
            let last = try await bench.lastChange()
            try await body()
            return try await bench.changes(after: last)
        }
        #expect(
            try await told { try await bench.apply([mail(1, "a", to: [carol]), mail(2, "b")], in: bench.inbox) } == [
                card
            ])
        #expect(try await told { try await bench.fetchTexts(bench.anns) } == [card])
        #expect(try await told { try await bench.apply([mail(3, "c")], in: bench.inbox) } == [])
        // A place that goes changes nothing yet; the message that goes does.
        #expect(
            try await told {
                try await bench.apply(
                    [], gone: .reported([RemoteMessageID(uid: 1)], total: 1), in: bench.inbox, pass: 2)
            } == [])
        #expect(try await told { try await bench.settle(before: 3) } == [card])
    }

    @Test func `nothing is told of what was rolled back`() async throws {
        let bench = try await Bench()
        let last = try await bench.lastChange()
        await #expect(throws: Interruption.self) {
            try await bench.write { tx, organization in
                try Changes.append(tx, .anything(in: organization), now: 1)
                throw Interruption()
            }
        }
        #expect(try await bench.lastChange() == last)
    }

    @Test func `a contact that moves tells both accounts, and one that is deleted its account`() async throws {
        let bench = try await Bench()
        let (old, new) = (try await bench.account("Old"), try await bench.account("New"))
        let contact = try await bench.contact(carol, account: old)
        var last = try await bench.lastChange()
        try await bench.write { try Contacts.setAccount($0, $1, contact, new, now: 1) }
        #expect(Set(try await bench.changes(after: last).map(\.account)) == [old, new])
        last = try await bench.lastChange()
        try await bench.write { try Contacts.delete($0, $1, contact, now: 1) }
        #expect(
            try await bench.changes(after: last).contains(
                Change(organization: bench.organization, contact: contact, account: new)))
    }

    @Test func `a change of level, hierarchy, rule or employment concerns everyone`() async throws {
        let bench = try await Bench()
        let bob = bench.bob
        let acts: [@Sendable (any Transaction, OrganizationID) throws -> Void] = [
            { try Users.setLevel($0, $1, bob, .everyone, now: 1) }, { try Users.place($0, $1, bob, .top, now: 1) },
            { try Users.setActive($0, $1, bob, false, now: 1) },
            { try Organizations.setEqualsRule($0, $1, .sameSuperior, now: 1) },
        ]
        for act in acts {
            let last = try await bench.lastChange()
            try await bench.write(act)
            #expect(try await bench.changes(after: last) == [.anything(in: bench.organization)])
        }
    }

    @Test func `changes come in their order, each once, as far as was asked`() async throws {
        let bench = try await Bench()
        let organization = bench.organization
        let start = try await bench.lastChange()
        let contacts: [ContactID] = [3, 1, 3, 2, 1, 4]
        try await bench.write { tx, _ in
            for contact in contacts {
                try Changes.append(tx, Change(organization: organization, contact: contact), now: 1)
            }
        }
        let (all, part, rest) = try await bench.read { tx, _ in
            let part = try Changes.after(tx, start, limit: 4)
            return (try Changes.after(tx, start), part, try Changes.after(tx, part.last, limit: 4))
        }
        #expect(all.changes.map(\.contact) == [3, 1, 2, 4] && all.last == start + 6 && !all.isFull)
        #expect(part.changes.map(\.contact) == [3, 1, 2] && part.isFull)
        #expect(rest.changes.map(\.contact) == [1, 4] && !rest.isFull)
    }

    @Test func `old changes are removed, but never the last, so that the numbers go on`() async throws {
        let bench = try await Bench()
        let organization = bench.organization
        try await bench.write { tx, _ in
            try tx.execute("DELETE FROM changes")
            for time: Int64 in [1_000, 2_000, 3_000] {
                try Changes.append(tx, .anything(in: organization), now: time)
            }
        }
        let last = try await bench.lastChange()
        func prune(_ now: Int64) async throws -> Int {
            try await bench.write { tx, _ in try Changes.prune(tx, now: now) }
        }
        #expect(try await prune(1_000 + Changes.retention) == 0)
        #expect(try await prune(2_000 + Changes.retention) == 1)
        let (reaches, lost) = try await bench.read { tx, _ in
            (try Changes.reachesBack(tx, to: last - 2), try Changes.reachesBack(tx, to: last - 3))
        }
        #expect(reaches && !lost)
        #expect(try await prune(9_000_000) == 1)
        #expect(try await bench.lastChange() == last)
        try await bench.write { tx, _ in try Changes.append(tx, .anything(in: organization), now: 1) }
        #expect(try await bench.lastChange() == last + 1)
    }

    @Test func `any number can be asked about, and one that no change has is none to go on from`() async throws {
        let bench = try await Bench()
        try await bench.write { tx, organization in try Changes.append(tx, .anything(in: organization), now: 1) }
        for number in [Int64.max, Int64.max - 1, Int64.min, Int64.min + 1, -1] {
            let (missed, reaches) = try await bench.read { tx, organization in
                (try Changes.missed(tx, organization, since: number), try Changes.reachesBack(tx, to: number))
            }
            #expect(missed == nil && reaches == (number > 0), "\(number)")
        }
    }

    @Test func `what was missed is the organisation's own changes, and unknown where it is too much or too old`()
        async throws
    {
        let bench = try await Bench()
        let other = try await bench.database.write { tx in
            try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
        }
        let start = try await bench.lastChange()
        try await bench.write { tx, organization in
            for contact: ContactID in [1, 2, 1] {
                try Changes.append(tx, Change(organization: organization, contact: contact), now: 1)
            }
            try Changes.append(tx, Change(organization: other, contact: 9), now: 1)
        }
        func missed(since number: Int64, limit: Int = 10) async throws -> [ContactID?]? {
            try await bench.read { tx, organization in
                try Changes.missed(tx, organization, since: number, limit: limit)?.map(\.contact)
            }
        }
        #expect(try await missed(since: start) == [1, 2])
        #expect(try await missed(since: start, limit: 3) == nil)
        #expect(try await missed(since: start + 4) == [])
        #expect(try await missed(since: start + 5) == nil)
        try await bench.write { tx, _ in try Changes.prune(tx, now: Bench.now + 9_000_000) }
        #expect(try await missed(since: start) == nil)
        #expect(try await missed(since: start + 4) == [])
    }
}
