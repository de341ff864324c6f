import FakeMailbox
import Mirror
import Store
import Testing

@testable import SyncEngine

@Suite struct MirrorTests {
    @Test func `mail from and to a contact stands on the card, other mail leaves nothing but a count`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        bench.mailbox.deliver(message("in@x", from: "Carol@Client.example", to: ["ann@acme.example"]), to: "INBOX")
        bench.mailbox.deliver(message("out@x", to: ["carol@client.example"]), to: "Sent")
        bench.mailbox.deliver(message("other@x", from: "eve@elsewhere.example", to: ["ann@acme.example"]), to: "INBOX")
        bench.mailbox.deliver(message("like@x", from: "xcarol@client.example.org"), to: "INBOX")
        try await bench.settle()
        #expect(try await bench.card(carol) == ["in@x", "out@x"])
        #expect(try await bench.text(ofMessageWithID: "in@x") == "Text of in@x")
        #expect(try await bench.count("messages") == 2)
        let accounting = try await bench.accounting()
        #expect(accounting == Accounting(listed: 4, mirrored: 2, noContact: 2))
    }

    @Test func `drafts, spam and trash are never mirrored`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        for folder in ["Drafts", "Junk", "Trash"] {
            bench.mailbox.deliver(message("\(folder)@x", to: ["carol@client.example"]), to: folder)
        }
        try await bench.settle()
        #expect(try await bench.card(carol) == [])
    }

    @Test func `a message moved to trash leaves the card, and comes back when it is restored`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        let uid = bench.mailbox.deliver(message("a@x", from: "carol@client.example"), to: "INBOX")
        try await bench.settle()
        bench.mailbox.move(uid, from: "INBOX", to: "Trash")
        try await bench.settle()
        #expect(try await bench.card(carol) == [])
        #expect(try await bench.count("messages") == 0)
        #expect(try await bench.count("message_texts") == 0)
        bench.mailbox.move(1, from: "Trash", to: "INBOX")
        try await bench.settle()
        #expect(try await bench.card(carol) == ["a@x"])
    }

    @Test(arguments: ["INBOX", "Sent", "Projects"])
    func `a message that moves while folders are read never leaves the card`(movesBeforeReading folder: String)
        async throws
    {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        let uid = bench.mailbox.deliver(message("a@x", from: "carol@client.example"), to: "INBOX")
        try await bench.settle()
        bench.mailbox.beforeReading { [mailbox = bench.mailbox] name in
            guard name == folder else { return }
            mailbox.beforeReading(nil)
            mailbox.move(uid, from: "INBOX", to: "Projects")
        }
        for _ in 0..<3 {
            try await bench.pass()
            #expect(try await bench.card(carol) == ["a@x"])
        }
        #expect(bench.mailbox.textRequests == 1, "the text of a moved message was fetched again")
    }

    @Test func `a new UIDVALIDITY empties no card and fetches no text again`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        for number in 0..<7 { bench.mailbox.deliver(message("\(number)@x", from: "carol@client.example"), to: "INBOX") }
        try await bench.settle()
        let requests = bench.mailbox.textRequests
        bench.mailbox.resetUIDValidity(of: "INBOX")
        for _ in 0..<3 {
            try await bench.pass()
            #expect(try await bench.card(carol).count == 7)
        }
        try await bench.settle()
        #expect(bench.mailbox.textRequests == requests)
        #expect(try await bench.accounting() == Accounting(listed: 7, mirrored: 7))
        #expect(try await bench.count("locations") == 7)
    }

    @Test func `a mailbox emptied on the server with a new UIDVALIDITY leaves the cards, and new mail arrives`()
        async throws
    {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        let uid = bench.mailbox.deliver(message("a@x", from: "carol@client.example"), to: "INBOX")
        try await bench.settle()
        bench.mailbox.expunge(uid, in: "INBOX")
        bench.mailbox.resetUIDValidity(of: "INBOX")
        bench.mailbox.deliver(message("b@x", from: "carol@client.example"), to: "INBOX")
        try await bench.settle()
        #expect(try await bench.card(carol) == ["b@x"])
    }

    @Test func `a renamed folder keeps its mail on the card, a deleted one takes it along`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        bench.mailbox.deliver(message("a@x", from: "carol@client.example"), to: "Projects")
        try await bench.settle()
        bench.mailbox.renameFolder("Projects", to: "Archive 2025")
        for _ in 0..<4 {
            try await bench.pass()
            #expect(try await bench.card(carol) == ["a@x"])
        }
        bench.mailbox.deleteFolder("Archive 2025")
        try await bench.settle()
        #expect(try await bench.card(carol) == [])
        #expect(try await bench.count("folders") == 2)
    }

    @Test func `an address added later is back-filled, one removed takes the mail along that nobody else needs`()
        async throws
    {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        bench.mailbox.deliver(message("both@x", to: ["carol@client.example", "dave@client.example"]), to: "Sent")
        bench.mailbox.deliver(message("dave@x", from: "dave@client.example"), to: "INBOX")
        try await bench.settle()
        #expect(try await bench.card(carol) == ["both@x"])
        let dave = try await bench.addContact("dave@client.example")
        try await bench.settle()
        #expect(try await bench.card(dave) == ["both@x", "dave@x"])
        #expect(try await bench.accounting() == Accounting(listed: 2, mirrored: 2))
        try await bench.setAddresses(["other@client.example"], of: dave)
        #expect(try await bench.card(dave) == [])
        #expect(try await bench.card(carol) == ["both@x"])
        #expect(try await bench.count("messages") == 1)
        try await bench.deleteContact(carol)
        #expect(try await bench.count("messages") == 0)
        #expect(try await bench.accounting() == Accounting(listed: 2, noContact: 2))
    }

    @Test func `the same message in two folders is one entry, and stays until it has left both`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        let uid = bench.mailbox.deliver(message("a@x", from: "carol@client.example"), to: "INBOX")
        bench.mailbox.copy(uid, from: "INBOX", to: "Projects")
        bench.mailbox.copy(uid, from: "INBOX", to: "INBOX")
        try await bench.settle()
        #expect(try await bench.card(carol) == ["a@x"])
        #expect(try await bench.accounting() == Accounting(listed: 3, mirrored: 3))
        bench.mailbox.expunge(1, in: "INBOX")
        bench.mailbox.expunge(2, in: "INBOX")
        try await bench.settle()
        #expect(try await bench.card(carol) == ["a@x"])
        bench.mailbox.expunge(1, in: "Projects")
        try await bench.settle()
        #expect(try await bench.card(carol) == [])
    }

    @Test func `two messages that share a Message-ID stay two`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        bench.mailbox.deliver(message("same@x", from: "carol@client.example", date: 1_699_000_000), to: "INBOX")
        bench.mailbox.deliver(message("same@x", from: "carol@client.example", date: 1_699_000_777), to: "INBOX")
        try await bench.settle()
        #expect(try await bench.card(carol) == ["same@x", "same@x"])
    }

    @Test func `an unreadable message is set aside alone, counted, and mirrored once it can be read`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        for number in 0..<5 { bench.mailbox.deliver(message("\(number)@x", from: "carol@client.example"), to: "INBOX") }
        bench.mailbox.setUnreadable(["<2@x>"])
        bench.mailbox.setUnreadableTexts(["<4@x>"])
        try await bench.settle()
        #expect(try await bench.card(carol) == ["0@x", "1@x", "3@x", "4@x"])
        #expect(try await bench.accounting() == Accounting(listed: 5, mirrored: 3, setAside: 2))
        bench.mailbox.setUnreadable([])
        bench.mailbox.setUnreadableTexts([])
        bench.clock.withLock { $0 += 200_000 }
        try await bench.settle()
        try await bench.settle()
        #expect(try await bench.card(carol) == ["0@x", "1@x", "2@x", "3@x", "4@x"])
        #expect(try await bench.accounting() == Accounting(listed: 5, mirrored: 5))
    }

    @Test func `vanished messages that are still there are not believed to be gone`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        for number in 0..<30 {
            bench.mailbox.deliver(message("\(number)@x", from: "carol@client.example"), to: "INBOX")
        }
        try await bench.settle()
        bench.mailbox.lieAboutVanished(Set(1...25))
        bench.mailbox.expunge(30, in: "INBOX")
        for _ in 0..<3 {
            try await bench.pass()
            #expect(try await bench.card(carol).count >= 29)
        }
        #expect(try await bench.card(carol).count == 29)
        #expect(bench.mailbox.listings > 0)
        let accounting = try await bench.accounting()
        #expect(accounting.addsUp)
    }

    @Test func `a failure in the middle of a pass removes nothing, and the next pass continues`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        let uid = bench.mailbox.deliver(message("a@x", from: "carol@client.example"), to: "INBOX")
        bench.mailbox.deliver(message("b@x", from: "carol@client.example"), to: "Projects")
        try await bench.settle()
        bench.mailbox.expunge(uid, in: "INBOX")
        bench.mailbox.beforeReading { [mailbox = bench.mailbox] name in
            if name == "Sent" { mailbox.fail(with: .transient("cut off")) }
        }
        for _ in 0..<3 {
            await #expect(throws: SourceError.self) { try await bench.pass() }
            bench.mailbox.fail(with: nil)
            #expect(try await bench.card(carol) == ["a@x", "b@x"])
        }
        bench.mailbox.beforeReading(nil)
        try await bench.settle()
        #expect(try await bench.card(carol) == ["b@x"])
    }

    @Test func `a list of folders without an inbox wipes nothing`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        bench.mailbox.deliver(message("a@x", from: "carol@client.example"), to: "Projects")
        try await bench.settle()
        bench.mailbox.renameFolder("INBOX", to: "hidden")
        for name in bench.mailbox.folderNames { bench.mailbox.deleteFolder(name) }
        await #expect(throws: SourceError.self) { try await bench.pass() }
        #expect(try await bench.card(carol) == ["a@x"])
    }

    @Test func `a check finds what was lost and what is too much, and puts it right`() async throws {
        let bench = try await MirrorBench()
        let carol = try await bench.addContact("carol@client.example")
        for number in 0..<9 { bench.mailbox.deliver(message("\(number)@x", from: "carol@client.example"), to: "INBOX") }
        bench.mailbox.deliver(message("other@x", from: "eve@elsewhere.example"), to: "INBOX")
        try await bench.settle()
        let clean = try await bench.verify()
        #expect((clean.read, clean.missing, clean.extra) == (10, 0, 0))
        // As a bug or a damaged disk would do it.
        try await bench.database.write { tx in
            try tx.execute("DELETE FROM locations WHERE remote_id = '4'")
            try tx.execute(
                "DELETE FROM card_entries WHERE message_id = (SELECT id FROM messages WHERE message_id = '4@x')")
            try tx.execute("DELETE FROM messages WHERE message_id = '4@x'")
            try tx.execute("UPDATE locations SET remote_id = '99' WHERE remote_id = '7'")
            try tx.execute("UPDATE folders SET no_contact = 5 WHERE path = 'INBOX'")
        }
        #expect(try await !bench.accounting().addsUp)
        let found = try await bench.verify()
        #expect(found.missing == 3)
        #expect(found.extra == 1)
        try await bench.settle()
        let card = try await bench.card(carol)
        #expect(card == (0..<9).map { "\($0)@x" })
        let accounting = try await bench.accounting()
        #expect(accounting == Accounting(listed: 10, mirrored: 9, noContact: 1))
    }
}
