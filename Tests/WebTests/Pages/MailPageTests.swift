import CRM
import HTTPTypes
import Mirror
import Store
import Testing

@testable import Web

@Suite struct MailPageTests {
    private let alice = "a.marsh@brightwell.example"
    private let tom = "tom.ashworth@aldermoor.example"

    /// Tom's mailbox, read completely.
    private func connected(_ action: @escaping @Sendable (WebBench, TestBrowser) async throws -> Void) async throws {
        let bench = try await WebBench()
        let text = "Dear Tom,\nyes.\n\nOn Monday, Tom wrote:\n> Will you come?\n"
        bench.mailbox.deliver(letter("one", from: alice, to: [tom], subject: "Visit & <plan>", text: text), to: "INBOX")
        bench.mailbox.deliver(
            letter(
                "two", from: tom, to: [alice], bcc: ["boss@aldermoor.example"], subject: "Re: Visit", at: 1_789_003_600,
                answering: "one"), to: "Sent")
        bench.mailbox.deliver(letter("news", from: "news@shop.example", to: [tom], subject: "Sale"), to: "INBOX")
        try await bench.withEngine {
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                try await browser.connectMailbox(tom)
                try await bench.wait(for: "the first sync") {
                    let texts = try await bench.read { tx, _ in try tx.integer("SELECT count(*) FROM message_texts") }
                    return try await browser.get("/settings/mailbox").words.contains("Up to date") && texts == 2
                }
                try await action(bench, browser)
            }
        }
    }

    @Test func `a card shows direction, people, subject, date, first line and mailbox, the newest first`() async throws
    {
        try await connected { (bench, browser) async throws in
            let card = try await browser.get("/contacts/\(try await bench.contact("Alice Marsh"))")
            let words = card.words
            let sent = try #require(words.firstRange(of: "Sent \(tom) to \(alice) 10 Sep, 02:26 Re: Visit Hello."))
            let received = try #require(
                words.firstRange(of: "Received \(alice) to \(tom) 10 Sep, 01:26 Visit & <plan>"))
            #expect(sent.lowerBound < received.lowerBound)
            #expect(words.contains("In your mailbox") && !words.contains("Sale"))
            #expect(try await !browser.get(card.path + "?direction=sent").words.contains("Visit & <plan>"))
        }
    }

    @Test func `an account's card gathers the emails of its contacts`() async throws {
        try await connected { (bench, browser) async throws in
            let contact = try await bench.contact("Alice Marsh")
            let account = try #require(try await bench.read { try Contacts.find($0, $1, contact) }?.account)
            #expect(try await browser.get("/accounts/\(account)").words.contains("Re: Visit"))
        }
    }

    @Test func `an opened email shows its text with the quoted part folded, its conversation and ways to reply`()
        async throws
    {
        try await connected { (bench, browser) async throws in
            let card = try await browser.get("/contacts/\(try await bench.contact("Alice Marsh"))")
            let links = card.links.filter { $0.hasPrefix("/messages/") }
            let sent = try await browser.get(try #require(links.first))
            #expect(sent.links.contains { $0.hasPrefix("mailto:a.marsh@brightwell.example?subject=Re%3A%20Visit&") })
            let page = try await browser.get(try #require(links.last))
            #expect(page.words.contains("Dear Tom, yes."))
            #expect(page.text.contains("<details class=\"quoted\">") && page.words.contains("> Will you come?"))
            #expect(page.words.contains("Conversation 2 emails"))
            #expect(page.links.contains("mid:one"))
            #expect(
                page.links.contains(
                    "mailto:a.marsh@brightwell.example?subject=Re%3A%20Visit%20%26%20%3Cplan%3E&in-reply-to=%3Cone%3E"))
            #expect(page.links.contains("/contacts/\(try await bench.contact("Alice Marsh"))"))
        }
    }

    @Test
    func
        `a Bcc is seen, and a colleague's email opened, only by those who may read the mailbox; that is recorded once`()
        async throws
    {
        try await connected { (bench, browser) async throws in
            let alice = try await bench.contact("Alice Marsh")
            let card = try await browser.get("/contacts/\(alice)")
            let link = try #require(card.links.first { $0.hasPrefix("/messages/") })
            #expect(try await browser.get(link).words.contains("Bcc boss@aldermoor.example"))

            try await bench.browse(as: "camille.fournier") { (stranger) async throws in
                #expect(try await !stranger.get("/contacts/\(alice)").words.contains("Re: Visit"))
                #expect(try await stranger.get(link).status == .notFound)
            }
            try await bench.browse(as: "priya.raman") { (superior) async throws in
                #expect(try await superior.get("/contacts/\(alice)").words.contains("In Tom Ashworth’s mailbox"))
                for _ in 0..<2 { #expect(try await superior.get(link).words.contains("Bcc boss@")) }
            }
            let priya = try await bench.user("priya.raman").id
            let opened = try await bench.read { try AuditTrail.list($0, $1, limit: 50) }
                .filter { $0.action == .colleagueMailOpened }
            #expect(opened.map(\.user) == [priya])
        }
    }

    @Test func `a conversation of one's own mailbox is hidden from superiors, and shown again`() async throws {
        try await connected { (bench, browser) async throws in
            let alice = try await bench.contact("Alice Marsh")
            let card = try await browser.get("/contacts/\(alice)")
            let link = try #require(card.links.first { $0.hasPrefix("/messages/") })
            let id = try #require(link.firstMatch(of: /messages\/(\d+)/)).output.1
            #expect(try await browser.get(link).words.contains("Hide from colleagues"))
            try await bench.browse(as: "priya.raman") { (superior) async throws in
                #expect(try await superior.get(link).status == .ok)
                #expect(try await superior.post("/messages/\(id)/hide").status == .conflict)
                let hidden = try await browser.post("/messages/\(id)/hide")
                #expect(hidden.words.contains("You hid this conversation"))
                #expect(try await superior.get(link).status == .notFound)
                #expect(try await !superior.get("/contacts/\(alice)").words.contains("Re: Visit"))
                #expect(try await superior.post("/messages/\(id)/show").status == .notFound)
                #expect(try await browser.post("/messages/\(id)/show").words.contains("Hide from colleagues"))
                #expect(try await superior.get(link).status == .ok)
            }
        }
    }

    @Test func `the mailbox page's sums add up to what the provider counts`() async throws {
        try await connected { (_, browser) async throws in
            let words = try await browser.get("/settings/mailbox").words
            #expect(words.contains("Each of the 3 emails that your provider counts"))
            #expect(words.contains("On the cards A contact wrote or received them. 2"))
            #expect(words.contains("No contact on them Nothing of them is kept. 1"))
            #expect(words.contains("Counted by the provider 3"))
        }
    }

    @Test func `the product says why an email is not on a card, and offers to add its address`() async throws {
        try await connected { (bench, browser) async throws in
            let page = try await browser.get("/settings/mailbox/why?message-id=%3Cnews%3E")
            #expect(page.words.contains("None of its addresses belongs to a contact"))
            #expect(page.links.contains("/contacts/new?address=news%40shop.example"))
            #expect(try await browser.get("/settings/mailbox/why?subject=Visit").words.contains("It is on the card."))
            #expect(
                try await browser.get("/settings/mailbox/why?message-id=gone").words.contains("holds no such email"))
            bench.mailbox.refuse(["Projects"])
            let partly = try await browser.get("/settings/mailbox/why?message-id=gone").words
            #expect(partly.contains("The other folders hold no such email. These could not be asked"))
            #expect(partly.contains("“Projects”: The folder Projects does not open."))
            #expect(!partly.contains("Your mailbox holds no such email"))
            bench.mailbox.refuse([])
            bench.mailbox.fail(with: .transient("The server does not answer."))
            let failed = try await browser.get("/settings/mailbox/why?message-id=news")
            #expect(failed.words.contains("could not be asked: The server does not answer."))
        }
    }

    @Test func `a mailbox is paused, resumed and disconnected, and its emails leave with it`() async throws {
        try await connected { (bench, browser) async throws in
            #expect(try await browser.post("/settings/mailbox/pause").words.contains("Paused"))
            let resumed = try await browser.post("/settings/mailbox/resume")
            #expect(resumed.words.contains("Synchronization goes on."))
            #expect(try await browser.get("/settings/mailbox/disconnect").words.contains("Disconnect \(tom)?"))
            try await browser.post("/settings/mailbox/disconnect")
            #expect(try await browser.get("/settings/mailbox").words.contains("Synchronize now"))
            let card = try await browser.get("/contacts/\(try await bench.contact("Alice Marsh"))")
            #expect(card.words.contains("No mailbox is connected yet"))
            let actions = try await bench.read { try AuditTrail.list($0, $1, limit: 4).map(\.action) }
            #expect(actions == [.mailboxDisconnected, .mailboxResumed, .mailboxPaused, .mailboxConnected])
        }
    }
}
