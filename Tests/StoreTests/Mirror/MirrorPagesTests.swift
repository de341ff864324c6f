import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct MirrorPagesTests {
    private struct Interruption: Error {}
    private let carol = "carol@client.example"

    @Test(arguments: Keeping.allCases)
    func `a page and its checkpoint are written together or not at all`(_ keeping: Keeping) async throws {
        try await keeping.withDatabase { database, _ in
            let bench = try await Bench(database)
            try await bench.contact(carol)
            try await bench.apply([mail(1, "old", to: [carol])], in: bench.inbox)
            let before = try await database.contents()
            let context = bench.context(bench.inbox)
            let page = ChangePage(
                present: [mail(2, "new", to: [carol]), mail(3, "other")],
                unreadable: [UnreadableMessage(id: RemoteMessageID(uid: 4), reason: "BAD")],
                gone: .reported([RemoteMessageID(uid: 1)], total: 1), listed: 3, processed: 4, isScanComplete: true,
                checkpoint: Checkpoint(bytes: [9]))
            await #expect(throws: Interruption.self) {
                try await bench.write { tx, _ in
                    let (plan, _) = try MirrorPages.apply(
                        tx, context, DecidedPage(page, by: VersionedAddressBook.none.addressBook), by: .none, now: 5)
                    try MirrorPages.advance(tx, context, to: page, noContact: plan.noContact, scanComplete: true)
                    throw Interruption()
                }
            }
            #expect(try await database.contents() == before)
        }
    }

    @Test func `a folder's row keeps the checkpoint and the counts of the last page`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply(
            [mail(1, "a", to: [carol]), mail(2, "b")], in: bench.inbox, listed: 7, isScanComplete: false)
        let folder = try #require(try await bench.row(bench.inbox))
        #expect(folder.checkpoint == Checkpoint(bytes: Array("2".utf8)))
        #expect((folder.listed, folder.processed, folder.noContact) == (7, 2, 1))
        #expect(!folder.scanComplete)
    }

    @Test func `the same page again plans nothing and changes no row of the mirror`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        let page = [mail(1, "a", to: [carol]), mail(2, "a", to: [carol]), mail(3, "b", from: carol)]
        try await bench.apply(page, in: bench.inbox)
        let before = try await bench.database.contents()
        let again = try await bench.apply(page, in: bench.inbox, .rescan)
        #expect(again.isEmpty)
        let after = try await bench.database.contents()
        for table in ["messages", "locations", "card_entries", "changes"] {
            #expect(after[table] == before[table], "\(table)")
        }
    }

    @Test func `an id that has come to mean another message is put right when the folder is read again`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol]), mail(2, "b", to: [carol])], in: bench.inbox)
        try await bench.fetchTexts(bench.anns)
        // The first id has come to mean another message, and the second one that stands elsewhere already.
        try await bench.apply([mail(7, "d", to: [carol])], in: bench.archive)
        let plan = try await bench.apply(
            [mail(1, "c", to: [carol]), mail(2, "d", to: [carol])], in: bench.inbox, .rescan, pass: 2)
        #expect(plan.inserts.map(\.entry.messageID) == ["c@x"])
        #expect(plan.newLocations.count == 1)
        #expect(try await bench.settle(before: 3) == 2)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann).sorted() == ["About c", "About d"])
        #expect(try await bench.apply([mail(1, "c", to: [carol])], in: bench.inbox, .rescan, pass: 4).isEmpty)
    }

    @Test func `a moved message keeps its row and its text, and never leaves the card`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        try await bench.fetchTexts(bench.anns)
        // Gone from the inbox first, found in the archive later in the same pass.
        try await bench.apply(
            [], gone: .reported([RemoteMessageID(uid: 1)], total: 1), in: bench.inbox, pass: 2, listed: 0)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
        let plan = try await bench.apply([mail(50, "a", to: [carol])], in: bench.archive, pass: 2)
        #expect(plan.inserts.isEmpty && plan.newLocations.count == 1)
        #expect(try await bench.settle(before: 99) == 0)
        let entries = try await bench.card(.contact(contact), for: bench.ann)
        #expect(entries.map(\.textState) == [.ready])
        #expect(try await bench.database.count("messages") == 1)
    }

    @Test func `a message without a place leaves when a later pass has read every folder, with all that belongs to it`()
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        try await bench.fetchTexts(bench.anns)
        try await bench.apply(
            [], gone: .reported([RemoteMessageID(uid: 1)], total: 1), in: bench.inbox, pass: 2, listed: 0)
        func settle(_ pass: Int64) async throws -> (removed: Int, remain: Bool) {
            try await bench.write { [anns = bench.anns] tx, organization in
                let removed = try Orphans.settle(tx, organization, anns, before: pass, now: Bench.now)
                return (removed, try Orphans.exist(tx, organization, anns))
            }
        }
        // The pass in which it went may have read the folder that it came to before it arrived there.
        #expect(try await settle(2) == (0, true))
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
        #expect(try await settle(3) == (1, false))
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == [])
        for table in ["messages", "message_texts", "locations", "card_entries"] {
            #expect(try await bench.database.count(table) == 0, "\(table)")
        }
    }

    @Test func `a message in two folders stays while it stands in one`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.archive)
        try await bench.apply(
            [], gone: .reported([RemoteMessageID(uid: 1)], total: 1), in: bench.inbox, pass: 2, listed: 0)
        #expect(try await bench.settle(before: 99) == 0)
        #expect(try await bench.database.count("messages") == 1)
        #expect(try await bench.database.count("locations") == 1)
    }

    @Test func `after a new UIDVALIDITY messages are recognised, not read again, and old ids do not count`()
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol]), mail(2, "gone", to: [carol])], in: bench.inbox)
        try await bench.fetchTexts(bench.anns)
        try await bench.write { [inbox = bench.inbox] in try Folders.restart($0, $1, inbox, epoch: FolderEpoch("2")) }
        #expect(try await bench.subjects(.contact(contact), for: bench.ann).count == 2)

        let context = bench.context(bench.inbox, .rescan, pass: 2, epoch: "2")
        let plan = try await bench.apply(
            [mail(1, "new", to: [carol]), mail(2, "a", to: [carol])], in: bench.inbox, .rescan, pass: 2, epoch: "2")
        #expect(plan.inserts.map(\.entry.messageID) == ["new@x"])
        #expect(plan.newLocations.map(\.id) == [RemoteMessageID(uid: 2)])
        try await bench.write { tx, _ in try MirrorPages.dropOtherEpochs(tx, context) }
        try await bench.settle(before: 3)
        let entries = try await bench.card(.contact(contact), for: bench.ann)
        #expect(entries.map(\.subject).sorted() == ["About a", "About new"])
        #expect(entries.first { $0.subject == "About a" }?.textState == .ready)
        #expect(try await bench.mirrored(context).sorted() == ["1", "2"])
    }

    @Test func `a place whose message is lost is read anew`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox)
        try await bench.write { tx, _ in
            try tx.execute("DELETE FROM messages")
            try tx.execute("DELETE FROM card_entries")
        }
        let plan = try await bench.apply([mail(1, "a", to: [carol])], in: bench.inbox, .rescan)
        #expect(plan.inserts.count == 1)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
    }

    @Test func `the ids to be asked after are those of every message with a row`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        _ = try await bench.exclude("lawyer@firm.example")
        try await bench.apply(
            [mail(1, "a", to: [carol]), mail(2, "b", to: [carol, "lawyer@firm.example"]), mail(3, "c")],
            unreadable: [4],
            in: bench.inbox)
        let context = bench.context(bench.inbox)
        let known = try await bench.read { tx, _ in try MirrorPages.known(tx, context) }
        #expect(Set(known.map(\.rawValue)) == ["1", "2", "4"])
        #expect(try await bench.mirrored(context) == ["1"])
        let among = try await bench.read { tx, _ in
            try MirrorPages.mirroredCount(tx, context, among: (1...9).map { RemoteMessageID(uid: $0) })
        }
        #expect(among == 1)
    }

    @Test func `an address book that was made since is used though an older one was given`() async throws {
        let bench = try await Bench()
        let old = try await bench.read { try AddressBooks.current($0, $1, known: .none) }
        let contact = try await bench.contact(carol)
        let context = bench.context(bench.inbox)
        let page = ChangePage(
            present: [mail(1, "a", to: [carol])], listed: 1, processed: 1, isScanComplete: true,
            checkpoint: Checkpoint(bytes: []))
        let used = try await bench.write { tx, _ in
            try MirrorPages.apply(
                tx, context, DecidedPage(page, by: old.addressBook), by: old, now: 1
            ).addressBook
        }
        #expect(used.version > old.version)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
    }
}
