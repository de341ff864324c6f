import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct MailboxTests {
    private let carol = "carol@client.example"

    @Test func `one mailbox a user, and one user an address`() async throws {
        let bench = try await Bench()
        for (user, name) in [(bench.ann, "ann2"), (bench.eve, "ann")] {
            await #expect {
                try await bench.write { try Bench.mailbox($0, $1, user, name) }
            } throws: { error in
                if case DatabaseError.uniqueViolation(table: "mailboxes", columns: _) = error { true } else { false }
            }
        }
        let owner = try await bench.read { try Mailboxes.owner($0, $1, addressKey: "ann@acme.example") }
        #expect(owner == bench.ann)
    }

    @Test func `disconnecting removes all that was mirrored from it, and leaves the others alone`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        _ = try await bench.exclude("@firm.example")
        for folder in [bench.inbox, bench.bobsInbox] {
            try await bench.apply(
                [mail(1, "a", to: [carol]), mail(2, "b", to: [carol, "x@firm.example"])], unreadable: [3], in: folder)
        }
        for mailbox in [bench.anns, bench.bobs] { try await bench.fetchTexts(mailbox) }
        try await bench.contact("new@client.example")
        let tables = [
            "messages", "message_texts", "locations", "card_entries", "excluded_messages", "set_asides", "backfills",
        ]
        for table in tables { #expect(try await bench.database.count(table) >= 2, "\(table)") }
        let feed = try await bench.lastChange()
        try await bench.write { [anns = bench.anns] in try Mailboxes.delete($0, $1, anns, now: 5) }
        for table in tables where table != "backfills" {
            #expect(try await bench.database.count(table) == 1, "\(table)")
        }
        #expect(try await bench.database.count("mailboxes") == 1)
        #expect(try await bench.database.count("folders") == 1)
        #expect(try await bench.subjects(.contact(contact), for: bench.eve) == ["About a"])
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == [])

        // Nobody may read the mailbox any more, so the pages that showed its mail hear of it in a way that concerns
        // them.
        let (changes, visible) = try await bench.read { [eve = bench.eve] tx, organization in
            (try Changes.after(tx, feed).changes, try VisibleMailboxes.of(tx, organization, viewer: eve))
        }
        #expect(changes.contains { visible.concerns($0) && $0.isAnything })
    }

    @Test func `a large mailbox that is disconnected is seen by nobody at once, and its messages go in batches`()
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let many = (1...UInt32(2 * Departures.batch + 1)).map { mail($0, "m\($0)", to: [carol]) }
        try await bench.apply(many, in: bench.inbox)
        try await bench.apply([mail(1, "b", to: [carol])], in: bench.bobsInbox)
        try await bench.fetchTexts(bench.anns)
        let (anns, viewers) = (bench.anns, [bench.ann, bench.bob, bench.eve])
        try await bench.write { try Mailboxes.delete($0, $1, anns, now: 5) }
        for (viewer, seen) in zip(viewers, [[], ["About b"], ["About b"]]) {
            #expect(try await bench.subjects(.contact(contact), for: viewer) == seen)
            #expect(try await bench.search("about", for: viewer).count == seen.count)
        }
        // The place is free at once, and what the same address brings next time is not mixed up with what is leaving.
        try await bench.write { _ = try Bench.mailbox($0, $1, bench.ann, "ann") }

        let left = try await bench.read { tx, _ in try Departures.unfinished(tx) }
        #expect(left.map(\.mailbox) == [anns])
        let departure = try #require(left.first)
        #expect(try await bench.database.count("messages") == Departures.batch + 2)
        #expect(try await bench.write { tx, _ in try Departures.proceed(tx, departure) })
        try await bench.checkIndex()
        #expect(try await !bench.write { tx, _ in try Departures.proceed(tx, departure) })
        for table in ["messages", "card_entries"] { #expect(try await bench.database.count(table) == 1, "\(table)") }
        #expect(try await bench.database.count("message_texts") == 0)
        #expect(try await bench.database.count("departures") == 0)
        try await bench.checkIndex()
    }

    @Test func `settings, state and credentials come back as they were kept`() async throws {
        let bench = try await Bench()
        let settings = MailboxSettings(
            address: "ann@acme.example", userName: "ann",
            imap: ServerEndpoint(host: "imap.example", port: 143, security: .startTLS),
            smtp: ServerEndpoint(host: "smtp.example", port: 465, security: .tls))
        let check = MirrorCheck(startedAt: 1, finishedAt: 2, read: 3, missing: 4, extra: 5)
        let row = try await bench.write { [anns = bench.anns] tx, organization in
            #expect(try Mailboxes.credentials(tx, organization, anns) == nil)
            try Mailboxes.setCredentials(tx, organization, anns, sealed: [1, 2, 0], settings: settings)
            try Mailboxes.setCheck(tx, organization, anns, check)
            try Mailboxes.setStatus(tx, organization, anns, .throttled(until: 7, reason: "Busy"))
            try Mailboxes.distrustVanished(tx, organization, anns)
            #expect(try Mailboxes.credentials(tx, organization, anns) == [1, 2, 0])
            return try Mailboxes.find(tx, organization, anns)
        }
        #expect(row?.settings == settings && row?.lastCheck == check && row?.distrustsVanished == true)
        #expect(row?.status == .throttled(until: 7, reason: "Busy"))
    }

    @Test func `passes are numbered without repeats`() async throws {
        let bench = try await Bench()
        let passes = try await bench.write { [anns = bench.anns] tx, organization in
            try (0..<3).map { _ in try Mailboxes.beginPass(tx, organization, anns) }
        }
        #expect(passes == [1, 2, 3])
    }

    @Test func `a folder that is removed takes its places along, and its messages when they stand nowhere else`()
        async throws
    {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply(
            [mail(1, "both", to: [carol]), mail(2, "here", to: [carol])], unreadable: [3], in: bench.inbox)
        try await bench.apply([mail(1, "both", to: [carol])], in: bench.archive)
        try await bench.write { [inbox = bench.inbox, anns = bench.anns] tx, organization in
            try Folders.remove(tx, organization, inbox, pass: 4)
            try Orphans.settle(tx, organization, anns, before: 5, now: 1)
        }
        #expect(try await bench.database.count("messages") == 1)
        #expect(try await bench.database.count("locations") == 1)
        #expect(try await bench.database.count("set_asides") == 0)
        #expect(try await bench.row(bench.inbox) == nil)
    }

    @Test func `a known folder keeps its place in the reading when it is listed again under another name`() async throws
    {
        let bench = try await Bench()
        try await bench.apply([mail(1, "a")], in: bench.inbox)
        let row = try await bench.write { [anns = bench.anns, inbox = bench.inbox] tx, organization in
            try Folders.setMissing(tx, organization, inbox, since: 2, now: Bench.now)
            let renamed = RemoteFolder(
                id: "INBOX", path: "Posteingang", name: "Posteingang", role: .inbox, epoch: FolderEpoch("1"))
            #expect(try Folders.upsert(tx, organization, anns, renamed) == inbox)
            return try Folders.find(tx, organization, inbox)
        }
        #expect(row?.path == "Posteingang" && row?.missingSincePass == nil)
        #expect(row?.checkpoint == Checkpoint(bytes: Array("1".utf8)) && row?.scanComplete == true)
    }
}
