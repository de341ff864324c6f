import FakeMailbox
import Mirror
import Store
import Testing

@testable import SyncEngine

/// A folder that cannot be read says nothing about the others, and nothing is believed to be gone because of it.
@Suite struct UnreadableFolderTests {
    private let carol = "carol@client.example"

    private func bench() async throws -> MirrorBench {
        let bench = try await MirrorBench()
        for (id, folder) in [("1@x", "INBOX"), ("2@x", "Projects"), ("3@x", "Sent")] {
            bench.mailbox.deliver(message(id, from: carol), to: folder)
        }
        return bench
    }

    /// Three failures in a row, a minute apart.
    private func park(_ folder: String, _ bench: MirrorBench) async throws {
        bench.mailbox.refuse([folder])
        for _ in 0..<3 {
            try await bench.pass()
            bench.clock.withLock { $0 += 61 }
        }
    }

    @Test(arguments: [false, true])
    func `a contact added meanwhile gets the mail of the other folders at once, and that folder's when it opens`(
        isParked: Bool
    ) async throws {
        let bench = try await bench()
        try await bench.settle()
        if isParked { try await park("Projects", bench) } else { bench.mailbox.refuse(["Projects"]) }
        let contact = try await bench.addContact(carol)
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "3@x"])
        #expect(try await bench.count("backfills") == 0)
        bench.mailbox.refuse([])
        bench.clock.withLock { $0 += 7 * 3600 }
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "2@x", "3@x"])
        #expect(try await bench.accounting() == Accounting(listed: 3, mirrored: 3))
    }

    @Test func `a contact added while a folder is not listed gets that folder's mail when it is back`() async throws {
        let bench = try await bench()
        try await bench.settle()
        bench.mailbox.hide(["Projects"])
        let contact = try await bench.addContact(carol)
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "3@x"])
        bench.mailbox.hide([])
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "2@x", "3@x"])
        #expect(try await bench.accounting() == Accounting(listed: 3, mirrored: 3))
    }

    @Test func `a message that an added contact is on and that cannot be read is set aside, and mirrored later`()
        async throws
    {
        let bench = try await bench()
        try await bench.settle()
        bench.mailbox.setUnreadable(["<2@x>"])
        let contact = try await bench.addContact(carol)
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "3@x"])
        #expect(try await bench.accounting() == Accounting(listed: 3, mirrored: 2, setAside: 1))
        bench.mailbox.setUnreadable([])
        bench.clock.withLock { $0 += 7 * 86_400 }
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "2@x", "3@x"])
        #expect(try await bench.accounting() == Accounting(listed: 3, mirrored: 3))
    }

    @Test func `rules that changed while a folder did not open decide about its mail when it does`() async throws {
        let bench = try await bench()
        let (organization, contact) = (bench.organization, try await bench.addContact(carol))
        func mirrorReceived(_ mirrors: Bool) async throws {
            try await bench.database.write { tx in
                try Organizations.setMirroring(
                    tx, organization, ownDomains: [], mirrorsReceived: mirrors, now: 1)
            }
        }
        try await mirrorReceived(false)
        try await bench.settle()
        #expect(try await bench.card(contact) == [])
        bench.mailbox.refuse(["Projects"])
        try await mirrorReceived(true)
        #expect(try await bench.verify().skipped == ["Projects"])
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "3@x"])
        bench.mailbox.refuse([])
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "2@x", "3@x"])
        #expect(try await bench.accounting() == Accounting(listed: 3, mirrored: 3))
    }

    @Test func `a check compares the other folders and says which it could not`() async throws {
        let bench = try await bench()
        try await bench.addContact(carol)
        try await bench.settle()
        bench.mailbox.refuse(["Projects"])
        let check = try await bench.verify()
        #expect(check.skipped == ["Projects"])
        #expect(check.finishedAt != nil && check.read == 2 && check.missing == 0 && check.extra == 0)
    }

    @Test func `a message that may have moved into it stays, and is found there when it opens`() async throws {
        let bench = try await bench()
        let contact = try await bench.addContact(carol)
        try await bench.settle()
        try await park("Projects", bench)
        bench.mailbox.move(1, from: "INBOX", to: "Projects")
        for _ in 0..<4 {
            try await bench.pass()
            #expect(try await bench.card(contact) == ["1@x", "2@x", "3@x"])
        }
        bench.mailbox.refuse([])
        bench.clock.withLock { $0 += 7 * 3600 }
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "2@x", "3@x"])
        bench.mailbox.expunge(2, in: "Projects")
        try await bench.settle()
        #expect(try await bench.card(contact) == ["2@x", "3@x"])
    }

    @Test func `one that could never be read holds up no deletion`() async throws {
        let bench = try await bench()
        bench.mailbox.createFolder("Phantom")
        bench.mailbox.refuse(["Phantom"])
        let contact = try await bench.addContact(carol)
        try await bench.settle()
        try await park("Phantom", bench)
        bench.mailbox.expunge(1, in: "INBOX")
        try await bench.settle()
        #expect(try await bench.card(contact) == ["2@x", "3@x"])
    }

    @Test func `one that is neither listed nor opened, but not said to be gone, keeps its mail`() async throws {
        let bench = try await bench()
        let contact = try await bench.addContact(carol)
        try await bench.settle()
        bench.mailbox.hide(["Projects"])
        bench.mailbox.refuse(["Projects"])
        for _ in 0..<5 {
            try await bench.settle()
            #expect(try await bench.card(contact) == ["1@x", "2@x", "3@x"])
        }
    }

    @Test func `a folder with much of the mailbox in it is given time to come back`() async throws {
        let bench = try await bench()
        let contact = try await bench.addContact(carol)
        for number in 0..<30 { bench.mailbox.deliver(message("p\(number)@x", from: carol), to: "Projects") }
        try await bench.settle()
        bench.mailbox.deleteFolder("Projects")
        for _ in 0..<3 {
            try await bench.settle()
            #expect(try await bench.card(contact).count == 33)
        }
        bench.clock.withLock { $0 += 121 }
        try await bench.settle()
        #expect(try await bench.card(contact) == ["1@x", "3@x"])
    }
}
