import CRM
import Mail
import Store
import Testing

@testable import Web

/// HTML and scripts in every part of a mail: they stand on pages as text.
@Suite struct HostileMailTests {
    @Test func `what stands in any part of a mail is text on every page`() async throws {
        let bench = try await WebBench()
        let ledger = PoisonLedger(watching: bench)
        func text(_ part: String) -> String { Poison.text(ledger.word(part)) }
        func address(_ part: String) -> String { Poison.quotedAddress(ledger.word(part)) }
        // Nobody sees these; they stand in addresses of links.
        let id = "\(Poison.sign)'\(Poison.sign)\"x@poison.example"
        let found = ledger.word("text")
        let page = "<p>&lt;script&gt;</p>" + text("HTML").replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        let alice = "a.marsh@brightwell.example"
        let mailbox = try await bench.addMailbox(of: "tom.ashworth")
        try await bench.plant(
            [
                PlantedLetter(
                    id: id, from: "\(text("From: name")) <\(alice)>",
                    to: ["\(text("To: name")) <\(address("To"))>", alice],
                    cc: ["\(text("Cc: name")) <\(address("Cc"))>"], bcc: ["\(text("Bcc: name")) <\(address("Bcc"))>"],
                    subject: text("Subject"),
                    text: "\(Poison.text(found))\n\n> \(text("quotation"))\n\n-- \n\(text("signature"))\n"
                        + Poison.link(ledger.word("link")) + "\njavascript:zq()",
                    file: text("file name") + ".pdf"),
                PlantedLetter(
                    id: "page", from: alice, to: ["x@y.example"], subject: encoded(text("Subject, encoded")),
                    text: HTMLText.render(page), at: 1_789_000_001, answering: id),
                PlantedLetter(
                    id: "from", from: address("From"), to: [alice], subject: "Written by another",
                    at: 1_789_000_002),
            ], in: mailbox)
        let alicesCard = "/contacts/\(try await bench.contact("Alice Marsh"))"
        try await bench.browse(as: "tom.ashworth") { browser in
            var tour = LinkTour(browser)
            try await tour.follow(
                from: [
                    alicesCard, "/search?q=\(Poison.sign)\(found)", "/search?q=" + PathText.escaped(Poison.text(found)),
                ])
            // Marked as what was found.
            let marked = try await browser.get("/search?q=\(Poison.sign)\(found)")
            #expect(marked.text.contains("&amp;lt;<mark>\(Poison.sign)\(found)</mark>"))
            let message = try #require(marked.links.first { $0.hasPrefix("/messages/") })
            let links = try await browser.get(message).links
            #expect(links.contains { $0.hasPrefix("mid:\(Poison.sign)%27") })
            #expect(links.contains { $0.hasPrefix("mailto:") })
            for link in links { #expect(!link.lowercased().hasPrefix("javascript:"), "\(link)") }
        }
        #expect(ledger.leaks == [])
        #expect(ledger.unseen == [])
    }

    /// As RFC 2047 writes it.
    private func encoded(_ text: String) -> String {
        "=?utf-8?Q?" + text.utf8.map { "=" + String($0, radix: 16, uppercase: true) }.joined() + "?="
    }

    @Test func `what a mail server calls its folders, and what it cannot read, is text on the mailbox's page`()
        async throws
    {
        let bench = try await WebBench()
        let ledger = PoisonLedger(watching: bench)
        let folder = Poison.text(ledger.word("folder"))
        let subject = Poison.text(ledger.word("Subject of a mail without text"))
        bench.mailbox.createFolder(folder)
        let alice = "a.marsh@brightwell.example"
        bench.mailbox.deliver(letter("bad", from: alice, to: ["i@x.example"], subject: "Bad"), to: folder)
        bench.mailbox.deliver(letter("dumb", from: alice, to: ["i@x.example"], subject: subject), to: folder)
        bench.mailbox.setUnreadable(["<bad>"])
        bench.mailbox.setUnreadableTexts(["<dumb>"])
        let refusal = ledger.word("what a server answers")
        try await bench.withEngine {
            try await bench.browse(as: "ingrid.solheim") { browser in
                try await browser.connectMailbox("ingrid.solheim@aldermoor.example")
                try await bench.wait(for: "what is set aside") {
                    let page = try await browser.get("/settings/mailbox").text
                    return page.contains("class=\"state good\"") && page.components(separatedBy: "so far").count > 2
                }
                try await browser.get("/settings/mailbox/why?message-id=dumb")
                bench.mailbox.fail(with: .transient(.verbatim(Poison.text(refusal))))
                try await browser.get("/settings/mailbox/why?message-id=gone")
            }
        }
        #expect(ledger.leaks == [])
        #expect(ledger.unseen == [])
    }
}
