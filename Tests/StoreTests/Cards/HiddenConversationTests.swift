import CRM
import Database
import Mirror
import Store
import Testing

/// Ann and Bob have mailboxes; Eve stands above both.
@Suite struct HiddenConversationTests {
    private let carol = "carol@client.example"

    private func names(_ bench: Bench, _ contact: ContactID, _ viewer: UserID) async throws -> [String] {
        try await bench.card(.contact(contact), for: viewer).map(\.subject)
    }

    private func bench() async throws -> (Bench, ContactID, StoredMessageID) {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply(
            [
                mail(1, "root", to: [carol], at: 100), mail(2, "answer", to: [carol], at: 200, answers: "root"),
                mail(3, "other", to: [carol], at: 300),
            ], in: bench.inbox)
        let message = try #require(
            try await bench.card(.contact(contact), for: bench.ann).first { $0.subject == "About answer" }
        ).message
        return (bench, contact, message)
    }

    private func hide(_ bench: Bench, _ message: StoredMessageID, _ isHidden: Bool = true) async throws {
        try await bench.write { [anns = bench.anns] tx, organization in
            let done =
                try isHidden
                ? HiddenConversations.hide(tx, organization, message, in: anns, now: 1)
                : HiddenConversations.show(tx, organization, message, in: anns, now: 1)
            #expect(done)
        }
    }

    @Test func `a hidden conversation leaves everyone's cards but its owner's, and comes back when it is shown`()
        async throws
    {
        let (bench, contact, message) = try await bench()
        #expect(try await names(bench, contact, bench.eve).count == 3)
        try await hide(bench, message)
        #expect(try await names(bench, contact, bench.eve) == ["About other"])
        #expect(try await names(bench, contact, bench.ann).count == 3)
        try await bench.read { [eve = bench.eve, ann = bench.ann] tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: eve)
            #expect(try OpenedMessages.find(tx, organization, message, visible: visible) == nil)
            #expect(try Conversations.of(tx, organization, message, visible: visible) == [])
            #expect(try Cards.count(tx, organization, .contact(contact), visible: visible, upTo: 10) == 1)
            let own = try VisibleMailboxes.of(tx, organization, viewer: ann)
            #expect(try OpenedMessages.find(tx, organization, message, visible: own)?.isHidden == true)
        }
        try await hide(bench, message, false)
        #expect(try await names(bench, contact, bench.eve).count == 3)
    }

    @Test func `what comes later in a hidden conversation is hidden with it, and tells nobody else of itself`()
        async throws
    {
        let (bench, contact, message) = try await bench()
        try await hide(bench, message)
        let before = try await bench.lastChange()
        try await bench.apply([mail(4, "third", to: [carol], at: 400, answers: "answer")], in: bench.inbox)
        #expect(try await names(bench, contact, bench.eve) == ["About other"])
        #expect(try await names(bench, contact, bench.ann).count == 4)
        try await bench.fetchTexts(bench.anns)
        try await bench.read { [eve = bench.eve, ann = bench.ann] tx, organization in
            let changes = try #require(try Changes.missed(tx, organization, since: before))
            let (eves, anns) = (
                try VisibleMailboxes.of(tx, organization, viewer: eve),
                try VisibleMailboxes.of(tx, organization, viewer: ann)
            )
            let hidden = changes.filter { $0.isHidden }
            #expect(!hidden.isEmpty && hidden.allSatisfy { !eves.concerns($0) && anns.concerns($0) })
        }
    }

    @Test func `a conversation of many hundreds of emails is hidden whole, from whichever of them`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        // A chain, each an answer to the one before.
        try await bench.apply(
            (1...450).map { mail(UInt32($0), "m\($0)", to: [carol], at: Int64($0), answers: "m\($0 - 1)") },
            in: bench.inbox)
        let newest = try #require(
            try await bench.card(.contact(contact), for: bench.ann).first { $0.subject == "About m450" })
        try await hide(bench, newest.message)
        #expect(try await names(bench, contact, bench.eve) == [])
        try await hide(bench, newest.message, false)
        let open = try await bench.database.read { try $0.integer("SELECT count(*) FROM messages WHERE is_hidden = 0") }
        #expect(open == 450)
        #expect(try await bench.database.count("hidden_conversations") == 0)
    }

    @Test func `an email that joins others to a hidden conversation hides them and what answers them`() async throws {
        let (bench, contact, message) = try await bench()
        try await hide(bench, message)
        // It answers what has not come yet, so it stands apart.
        try await bench.apply([mail(4, "apart", to: [carol], at: 400, answers: "link")], in: bench.inbox)
        #expect(try await names(bench, contact, bench.eve).contains("About apart"))
        try await bench.apply([mail(5, "link", to: [carol], at: 350, answers: "root")], in: bench.inbox)
        #expect(try await names(bench, contact, bench.eve) == ["About other"])
        try await bench.apply([mail(6, "late", to: [carol], at: 500, answers: "apart")], in: bench.inbox)
        #expect(try await names(bench, contact, bench.eve) == ["About other"])
    }

    @Test func `a copy in a colleague's own mailbox is not hidden by it`() async throws {
        let (bench, contact, message) = try await bench()
        try await bench.apply([mail(1, "root", to: [carol], at: 100)], in: bench.bobsInbox)
        try await hide(bench, message)
        #expect(try await names(bench, contact, bench.bob) == ["About root"])
        #expect(try await names(bench, contact, bench.eve) == ["About other", "About root"])
        let seen = try #require(
            try await bench.card(.contact(contact), for: bench.eve).first { $0.subject == "About root" })
        #expect(seen.copies.map(\.ownerName) == ["Bob"])
    }

    @Test func `moving the contact to another account keeps it hidden`() async throws {
        let (bench, contact, message) = try await bench()
        try await hide(bench, message)
        let account = try await bench.account("Brightwell")
        try await bench.write { try Contacts.setAccount($0, $1, contact, account, now: 1) }
        let tab = try await bench.card(.account(account), for: bench.eve).map(\.subject)
        #expect(tab == ["About other"])
    }

    @Test func `a mailbox that does not hold the message hides nothing`() async throws {
        let (bench, _, message) = try await bench()
        try await bench.write { [bobs = bench.bobs] tx, organization in
            let done = try HiddenConversations.hide(tx, organization, message, in: bobs, now: 1)
            #expect(!done)
        }
    }

    @Test func `a hidden conversation is found by its owner's search only`() async throws {
        let (bench, contact, message) = try await bench()
        try await bench.fetchTexts(bench.anns) { _ in "zebra" }
        try await hide(bench, message)
        #expect(try await bench.found("zebra", for: bench.eve) == ["About other"])
        #expect(try await bench.found("zebra", for: bench.eve, on: .contact(contact)) == ["About other"])
        #expect(try await bench.found("zebra", for: bench.ann).count == 3)
        try await bench.checkIndex()
    }
}
