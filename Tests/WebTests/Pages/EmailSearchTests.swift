import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct EmailSearchTests {
    private let alice = "a.marsh@brightwell.example"
    private let tom = "tom.ashworth@aldermoor.example"

    /// Tom's mailbox with forty emails about invoices, one about a visit, and one whose text is hostile; all on the
    /// card of Alice Marsh.
    private func connected(_ action: @escaping @Sendable (WebBench, TestBrowser) async throws -> Void) async throws {
        let bench = try await WebBench()
        for index in 0..<40 {
            bench.mailbox.deliver(
                letter(
                    "i\(index)", from: alice, to: [tom], subject: "Invoice \(index)", at: 1_789_000_000 + Int64(index),
                    text: "Please find the invoice."), to: "INBOX")
        }
        bench.mailbox.deliver(
            letter("v", from: tom, to: [alice], subject: "Visit", at: 1_789_100_000, text: "Shall we say Monday?"),
            to: "Sent")
        bench.mailbox.deliver(
            letter(
                "x", from: alice, to: [tom], bcc: ["boss@hidden.example"], subject: "<img src=x> zebra",
                at: 1_789_200_000, text: "A <script>alert(1)</script> zebra & \u{E010}more\u{E011}."), to: "INBOX")
        try await bench.withEngine {
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                try await browser.connectMailbox(tom)
                try await bench.wait(for: "the first sync") {
                    let texts = try await bench.read { tx, _ in try tx.integer("SELECT count(*) FROM message_texts") }
                    return try await browser.get("/settings/mailbox").words.contains("Up to date") && texts == 42
                }
                try await action(bench, browser)
            }
        }
    }

    private static func count(_ page: TestBrowser.Answer) -> Int { page.text.matches(of: /<li class="email"/).count }

    @Test func `the search at the top finds emails, the newest first, page by page, beside contacts and accounts`()
        async throws
    {
        try await connected { (bench, browser) async throws in
            let found = try await browser.get("/search?q=invoice")
            #expect(Self.count(found) == SearchPage.emailLimit)
            #expect(found.words.contains("Emails") && found.words.contains("On the card of Alice Marsh"))
            #expect(found.text.contains("<mark>Invoice</mark> 39") && found.text.contains("the <mark>invoice</mark>."))
            let older = try #require(found.links.first { $0.hasPrefix("/search?") && $0.contains("before=") })
            let second = try await browser.get(older)
            #expect(Self.count(second) == 20 && second.words.contains("Invoice 0"))
            #expect(!second.links.contains { $0.contains("before=") } && second.links.contains("/search?q=invoice"))
            let message = try #require(found.links.first { $0.hasPrefix("/messages/") })
            #expect(try await browser.get(message).words.contains("Please find the invoice."))
            // Her address stands on her emails.
            let marsh = try await browser.get("/search?q=marsh")
            #expect(marsh.words.contains("Contacts") && Self.count(marsh) == SearchPage.emailLimit)
            #expect(try await browser.get("/search?q=zanzibar").words.contains("Nothing found"))
            #expect(try await browser.get("/search?q=hidden.example").words.contains("Nothing found"))
        }
    }

    @Test func `words are searched for on a card, together with its filters`() async throws {
        try await connected { (bench, browser) async throws in
            let contact = try await bench.contact("Alice Marsh")
            let account = try #require(try await bench.read { try Contacts.find($0, $1, contact) }?.account)
            for card in ["/contacts/\(contact)", "/accounts/\(account)"] {
                let visit = try await browser.get(card + "?q=monday")
                #expect(Self.count(visit) == 1 && visit.text.contains("Shall we say <mark>Monday</mark>?"))
                #expect(visit.text.contains("name=\"q\" value=\"monday\"") && visit.words.contains("Show all"))
                #expect(visit.links.contains(card + "?direction=received&q=monday"))
                #expect(Self.count(try await browser.get(card + "?direction=received&q=monday")) == 0)
                let invoices = try await browser.get(card + "?direction=received&q=invoice&from=2026-09-10")
                #expect(Self.count(invoices) == EmailList.pageSize)
                let older = try #require(invoices.links.first { $0.contains("before=") })
                #expect(older.contains("direction=received&q=invoice&from=2026-09-10"))
                #expect(Self.count(try await browser.get(older)) == 10)
                for query in ["zanzibar", "--", "hidden.example"] {
                    let nothing = try await browser.get(card + "?q=" + query)
                    #expect(Self.count(nothing) == 0 && nothing.words.contains("Nothing found"), "\(query)")
                    #expect(nothing.words.contains("No email on this card has “\(query)”"), "\(query)")
                }
            }
        }
    }

    @Test func `what stands in an email is text on the pages, marked or not`() async throws {
        try await connected { (bench, browser) async throws in
            let contact = try await bench.contact("Alice Marsh")
            for path in ["/search?q=zebra", "/contacts/\(contact)?q=zebra"] {
                let page = try await browser.get(path)
                #expect(Self.count(page) == 1)
                #expect(page.text.contains("&lt;img src=x&gt; <mark>zebra</mark>"))
                #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt; <mark>zebra</mark> &amp; "))
                #expect(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"))
            }
            let attack = try await browser.get("/search?q=" + PathText.escaped("\"><script>alert(1)</script>"))
            #expect(attack.status == .ok && !attack.text.contains("<script>alert"))
        }
    }

    @Test func `a colleague finds only what they may read, and nothing that is deleted or whose contact is gone`()
        async throws
    {
        try await connected { (bench, browser) async throws in
            let contact = try await bench.contact("Alice Marsh")
            // Eleanor leads everyone, Daniel administers and reads nobody's mail.
            try await bench.browse(as: "eleanor.whitfield") { (leader) async throws in
                #expect(Self.count(try await leader.get("/search?q=zebra")) == 1)
                #expect(Self.count(try await leader.get("/contacts/\(contact)?q=zebra")) == 1)
            }
            try await bench.browse(as: "daniel.okafor") { (stranger) async throws in
                for path in ["/search?q=zebra", "/contacts/\(contact)?q=zebra", "/search?q=alert"] {
                    let page = try await stranger.get(path)
                    #expect(Self.count(page) == 0 && page.words.contains("Nothing found"), "\(path)")
                }
            }
            bench.mailbox.expunge(try #require(bench.mailbox.uids(in: "INBOX").last), in: "INBOX")
            try await bench.wait(for: "the deletion") {
                try await Self.count(browser.get("/search?q=zebra")) == 0
            }
            try await bench.write { try Contacts.delete($0, $1, contact, now: 1) }
            #expect(Self.count(try await browser.get("/search?q=invoice")) == 0)
        }
    }
}
