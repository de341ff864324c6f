import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct MailboxAccountingTests {
    private let carol = "carol@client.example"

    @Test func `each message of a folder is exactly one thing, and the sum is what the provider counts`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        _ = try await bench.exclude("@firm.example")
        try await bench.apply(
            [
                mail(1, "ready", to: [carol]), mail(2, "waiting", to: [carol]), mail(3, "failed", to: [carol]),
                mail(4, "excluded", to: [carol, "x@firm.example"]), mail(5, "none"), mail(6, "none2"),
                mail(7, "ready", to: [carol]),
            ], unreadable: [8], in: bench.inbox, listed: 12, isScanComplete: false)
        try await bench.write { [anns = bench.anns] tx, organization in
            for pending in try MessageTexts.pending(tx, organization, anns, now: 1, limit: 10) {
                switch pending.remoteID.rawValue {
                case "1", "7":
                    try MessageTexts.record(
                        tx, organization, [.text(pending.message, StoredText(fetched("Text")))], now: 1)
                case "3":
                    try MessageTexts.record(
                        tx, organization, [.failure(pending.message, reason: "BAD", attempts: 1, retryAt: 9)], now: 1)
                default: break
                }
            }
        }
        // Two copies of "ready"; one without its text and four not read yet; one unreadable, one without a readable
        // text.
        #expect(
            try await bench.accounting(bench.inbox)
                == Accounting(listed: 12, mirrored: 2, noContact: 2, excluded: 1, waiting: 5, setAside: 2))
        #expect(try await bench.accounting(bench.inbox).addsUp)
        #expect(try await bench.accounting(bench.archive) == Accounting())
    }

    @Test func `it adds up while a folder that was read before is read from the start again`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        let all = [mail(1, "a", to: [carol]), mail(2, "b"), mail(3, "c", to: [carol]), mail(4, "d")]
        try await bench.apply(all, in: bench.inbox)
        try await bench.fetchTexts(bench.anns)
        let whole = Accounting(listed: 4, mirrored: 2, noContact: 2)
        #expect(try await bench.accounting(bench.inbox) == whole)
        for epoch in ["1", "2"] {
            try await bench.write { [inbox = bench.inbox] in
                try Folders.restart($0, $1, inbox, epoch: FolderEpoch(epoch))
            }
            #expect(try await bench.accounting(bench.inbox).addsUp, "epoch \(epoch)")
            for (index, fact) in all.enumerated() {
                try await bench.apply(
                    [fact], in: bench.inbox, .rescan, epoch: epoch, listed: 4, isScanComplete: index == 3)
                let accounting = try await bench.accounting(bench.inbox)
                #expect(accounting.addsUp, "epoch \(epoch), message \(index): \(accounting)")
            }
            #expect(try await bench.accounting(bench.inbox) == whole)
        }
    }

    @Test func `it adds up after contacts and exclusions come and go`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.contact("dave@client.example")
        let all = [
            mail(1, "a", to: [carol]), mail(2, "b", to: [carol, "dave@client.example"]),
            mail(3, "c", to: [carol, "x@firm.example"]), mail(4, "d", from: "x@firm.example"),
        ]
        try await bench.apply(all, in: bench.inbox)
        try await bench.apply([all[0]], in: bench.archive)
        try await bench.fetchTexts(bench.anns)
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 4, mirrored: 3, noContact: 1))

        let exclusion = try await bench.exclude("@firm.example")
        #expect(
            try await bench.accounting(bench.inbox) == Accounting(listed: 4, mirrored: 2, noContact: 1, excluded: 1))

        try await bench.write { try Contacts.delete($0, $1, contact, now: 1) }
        // Nobody else on the excluded one is a contact.
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 4, mirrored: 1, noContact: 3))
        #expect(try await bench.accounting(bench.archive) == Accounting(listed: 1, noContact: 1))

        // Carol again: the engine asks the provider for her mail.
        try await bench.contact(carol)
        try await bench.write { try Exclusions.remove($0, $1, exclusion) }
        try await bench.apply(Array(all[0...2]), in: bench.inbox, .search)
        try await bench.fetchTexts(bench.anns)
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 4, mirrored: 3, noContact: 1))
    }

    @Test func `a folder that went missing, or is not mirrored, is no part of it`() async throws {
        let bench = try await Bench()
        try await bench.write { [anns = bench.anns, archive = bench.archive] tx, organization in
            _ = try Bench.folder(tx, organization, anns, "Junk", .junk)
            try Folders.setMissing(tx, organization, archive, since: 3, now: Bench.now)
        }
        let folders = try await bench.read { [anns = bench.anns] in try MailboxAccounting.folders($0, $1, anns) }
        #expect(folders.map(\.name) == ["INBOX"])
    }

    @Test func `the progress of a first sync counts messages over all folders, until the mirror is confirmed`()
        async throws
    {
        let bench = try await Bench()
        func status() async throws -> MailboxStatus? {
            try await bench.write { [anns = bench.anns] tx, organization in
                try FirstSyncProgress.record(tx, organization, anns)
                return try Mailboxes.find(tx, organization, anns)?.status
            }
        }
        #expect(try await status() == .firstSync(processed: 0, listed: 0))
        try await bench.apply([mail(1, "a"), mail(2, "b")], in: bench.inbox, listed: 10, isScanComplete: false)
        try await bench.apply([mail(1, "c")], in: bench.archive, listed: 30, isScanComplete: false)
        #expect(try await status() == .firstSync(processed: 3, listed: 40))
        try await bench.apply([mail(3, "d")], in: bench.inbox, listed: 10, isScanComplete: true)
        #expect(try await status() == .firstSync(processed: 11, listed: 40))
        try await bench.write { [anns = bench.anns] in try Mailboxes.confirmed($0, $1, anns, at: 99) }
        #expect(try await status() == .upToDate)
    }
}
