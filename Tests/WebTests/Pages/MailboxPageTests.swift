import CRM
import Database
import Mirror
import Store
import Testing

@testable import Web

@Suite struct MailboxPageTests {
    private let alice = "a.marsh@brightwell.example"
    private let tom = "tom.ashworth@aldermoor.example"

    /// Tom's mailbox after it was read, with two emails that a rule keeps out, one of them from a contact to another.
    private func readMailbox() async throws -> WebBench {
        let bench = try await WebBench()
        try await bench.write { tx, organization in
            var rule = ExclusionForm()
            rule.pattern = "firm.example"
            try Exclusions.add(tx, organization, try rule.validated(), now: 1)
            var contact = ContactForm()
            contact.lastName = "Other"
            contact.addresses = ["other@client.example"]
            _ = try Contacts.create(tx, organization, try contact.validated(), now: 1)
        }
        let lawyer = "x@firm.example"
        let copied: [(String, [String])] = [
            ("one", []), ("two", [lawyer]), ("three", [lawyer, "other@client.example"]),
        ]
        for (id, cc) in copied {
            bench.mailbox.deliver(letter(id, from: alice, to: [tom], cc: cc, subject: id), to: "INBOX")
        }
        bench.mailbox.deliver(letter("four", from: tom, to: [alice], subject: "four"), to: "Sent")
        try await bench.withEngine {
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                try await browser.connectMailbox(tom)
                try await bench.wait(for: "the first sync") {
                    let texts = try await bench.read { tx, _ in try tx.integer("SELECT count(*) FROM message_texts") }
                    return try await browser.get("/settings/mailbox").words.contains("Up to date") && texts == 2
                }
            }
        }
        return bench
    }

    @Test func `what is excluded is told by rule, each email once, and what waits by its reason`() async throws {
        let bench = try await readMailbox()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let before = try await browser.get("/settings/mailbox").words
            #expect(before.contains("of your organisation keeps them out. 2 The rule “@firm.example” 2 Waiting"))
            #expect(before.contains("Waiting They come by themselves. 0 Set aside"))
            #expect(before.contains("Counted by the provider 4"))
            try await bench.write { tx, _ in
                try tx.execute("UPDATE messages SET text_state = 0 WHERE message_id = 'one'")
                try tx.execute("UPDATE folders SET scan_complete = 0, listed = listed + 3 WHERE name = 'INBOX'")
            }
            let words = try await browser.get("/settings/mailbox").words
            #expect(words.contains("by themselves. 4 Not read yet 3 Their text is being fetched 1 Set aside"))
            #expect(words.contains("Counted by the provider 7"))
        }
        let mailbox = try #require(try await bench.read { try Mailboxes.list($0, $1) }.first).id
        let (rules, sums) = try await bench.read { tx, organization in
            (
                try MailboxAccounting.excludedByRule(tx, organization, mailbox),
                try MailboxAccounting.folders(tx, organization, mailbox)
            )
        }
        #expect(rules.map(\.rule) == [.domain("firm.example")])
        #expect(rules.map(\.count) == sums.map(\.accounting.excluded).filter { $0 > 0 })
    }

    @Test func `a folder that cannot be read is told at the top of the page, and laid open below`() async throws {
        let bench = try await readMailbox()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            #expect(try await !browser.get("/settings/mailbox").text.contains("id=\"mailbox-folders\" open"))
            try await bench.write { tx, _ in
                try tx.execute("UPDATE folders SET trouble = 'The server does not open it.' WHERE name = 'Sent'")
            }
            let page = try await browser.get("/settings/mailbox")
            #expect(page.words.contains("Up to date, except one folder “Sent”: The server does not open it."))
            #expect(page.text.contains("class=\"state waiting\""))
            #expect(page.text.contains("id=\"mailbox-folders\" open"))
        }
    }

    @Test func `settings that may be wrong can be changed, but nothing on other pages asks for it`() async throws {
        let bench = try await WebBench()
        let mailbox = try await bench.addMailbox(of: "tom.ashworth")
        let dot = "your mailbox needs you"
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await bench.write { tx, organization in
                let status = MailboxStatus.misconfigured(reason: "The certificate of mail.example has expired.")
                try Mailboxes.setStatus(tx, organization, mailbox, status)
            }
            let page = try await browser.get("/settings/mailbox")
            #expect(page.words.contains("goes on trying by itself") && page.words.contains("Change the settings"))
            #expect(!page.text.contains("class=\"button primary\" href=\"/settings/mailbox/sign-in\""))
            #expect(try await !browser.get("/contacts").words.contains(dot))
            try await bench.write { tx, organization in
                try Mailboxes.setStatus(tx, organization, mailbox, .signInNeeded(reason: "The password was refused."))
            }
            #expect(try await browser.get("/contacts").words.contains(dot))
            let refused = try await browser.get("/settings/mailbox").text
            #expect(refused.contains("class=\"button primary\" href=\"/settings/mailbox/sign-in\""))
        }
    }
}
