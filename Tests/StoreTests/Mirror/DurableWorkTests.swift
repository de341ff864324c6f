import CRM
import Database
import Mirror
import Store
import Testing

/// What is still to be done stands in the database, so that neither the end of the program nor a second request loses
/// it.
@Suite struct DurableWorkTests {
    private let carol = "carol@client.example"

    @Test func `an address that is taken away and added again while it is searched is searched again`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        func pending() async throws -> [Backfills.Pending] {
            try await bench.read { [anns = bench.anns] in try Backfills.pending($0, $1, anns, limit: 10) }
        }
        let searching = try await pending()
        #expect(searching.map(\.address) == [carol])
        try await bench.write { try Contacts.delete($0, $1, contact, now: Bench.now) }
        try await bench.contact(carol)
        try await bench.write { [anns = bench.anns] in try Backfills.done($0, $1, anns, searching) }
        let left = try await pending()
        #expect(left.map(\.address) == [carol])
        try await bench.write { [anns = bench.anns] in try Backfills.done($0, $1, anns, left) }
        #expect(try await pending() == [])
    }

    @Test func `a change of what is mirrored asks for a check of every mailbox until one has come to its end`()
        async throws
    {
        let bench = try await Bench()
        func wanted() async throws -> [Int64] {
            try await bench.read { try Mailboxes.list($0, $1).map { $0.checksWanted - $0.checksDone } }
        }
        #expect(try await wanted() == [0, 0])
        try await bench.write {
            try Organizations.setMirroring($0, $1, ownDomains: [], mirrorsReceived: false, now: Bench.now)
        }
        #expect(try await wanted() == [1, 1])
        // A check begins, and what is mirrored changes once more before it ends.
        try await bench.write { [anns = bench.anns] tx, organization in
            let answering = try #require(try Mailboxes.find(tx, organization, anns)).checksWanted
            try Organizations.setMirroring(tx, organization, ownDomains: [], mirrorsReceived: true, now: Bench.now)
            let check = MirrorCheck(startedAt: 1, finishedAt: 2)
            try Mailboxes.finishCheck(tx, organization, anns, check, answering: answering)
        }
        #expect(try await wanted() == [1, 2])
    }

    @Test func `rules decide many messages a batch at a time, the newest first, and go on where they ended`()
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let batch = MirrorCleanup.batch
        let mails = (1...UInt32(2 * batch + 10)).map {
            mail($0, "m\($0)", from: "lawyer@firm.example", to: [carol], at: 1_600_000_000 + Int64($0))
        }
        try await bench.apply(mails, in: bench.inbox)
        _ = try await bench.exclude("@firm.example")
        func count() async throws -> Int { try await bench.database.count("card_entries") }
        #expect(try await count() == batch + 10)
        #expect(try await bench.read { tx, _ in try MirrorCleanup.unfinished(tx) } == [bench.organization])
        let oldest = try await bench.read { tx, _ in try tx.integer("SELECT max(sent_at) FROM card_entries") }
        #expect(oldest == 1_600_000_000 + Int64(batch + 10))
        #expect(try await bench.write { try MirrorCleanup.continueRules($0, $1, now: Bench.now) })
        #expect(try await bench.write { try MirrorCleanup.continueRules($0, $1, now: Bench.now) } == false)
        #expect(try await count() == 0)
        #expect(try await bench.read { tx, _ in try MirrorCleanup.unfinished(tx) } == [])
        #expect(try await bench.accounting(bench.inbox).excluded == 2 * batch + 10)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == [])
    }
}
