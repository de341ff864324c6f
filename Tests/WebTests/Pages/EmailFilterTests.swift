import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct EmailFilterTests {
    private let alice = "a.marsh@brightwell.example"
    private let tom = "tom.ashworth@aldermoor.example"

    /// A card with an email of 8 September 2026, thirty-two of the first hour of the 10th in London, where Tom is and
    /// which is the 9th elsewhere, and one of the 11th.
    private func card(_ action: @escaping @Sendable (TestBrowser, _ card: String) async throws -> Void) async throws {
        let bench = try await WebBench()
        var emails: [(String, Int64)] = [("Before", 1_788_900_000), ("After", 1_789_100_000)]
        for index in 0..<32 { emails.append(("Hour \(index)", 1_788_996_600 + Int64(index))) }
        for (subject, time) in emails {
            bench.mailbox.deliver(
                letter(subject.filter { $0 != " " }, from: alice, to: [tom], subject: subject, at: time), to: "INBOX")
        }
        let contact = try await bench.contact("Alice Marsh")
        try await bench.withEngine {
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                try await browser.connectMailbox(tom)
                try await bench.wait(for: "the first sync") {
                    try await browser.get("/settings/mailbox").words.contains("Up to date")
                }
                try await action(browser, "/contacts/\(contact)")
                let account = try #require(try await bench.read { try Contacts.find($0, $1, contact) }?.account)
                try await action(browser, "/accounts/\(account)")
            }
        }
    }

    private static func count(_ page: TestBrowser.Answer) -> Int { page.text.matches(of: /<li class="email"/).count }

    @Test func `a card is narrowed to days of the viewer's zone, page by page, with the other filters`() async throws {
        try await card { (browser, card) async throws in
            let first = try await browser.get(card + "?direction=received&from=2026-09-10&until=2026-09-10")
            #expect(Self.count(first) == EmailList.pageSize)
            #expect(!first.words.contains("Before") && !first.words.contains("After"))
            #expect(first.text.contains("name=\"direction\" value=\"received\""))
            #expect(first.text.contains("name=\"from\" value=\"2026-09-10\""))
            #expect(first.links.contains(card + "?from=2026-09-10&until=2026-09-10"))
            let older = try #require(first.links.first { $0.contains("before=") })
            #expect(older.contains("direction=received&from=2026-09-10&until=2026-09-10"))
            let second = try await browser.get(older)
            #expect(Self.count(second) == 2 && !second.words.contains("Before"))
            #expect(try await browser.get(card + "?until=2026-09-09").words.contains("Before"))
            #expect(Self.count(try await browser.get(card + "?until=2026-09-09")) == 1)
            #expect(Self.count(try await browser.get(card + "?from=2026-09-11")) == 1)
            #expect(try await browser.get(card + "?direction=sent&from=2026-09-11").words.contains("Nothing fits"))
        }
    }

    @Test func `a day that is none is told beside the field, and everything can be shown again`() async throws {
        try await card { (browser, card) async throws in
            let plain = try await browser.get(card)
            #expect(!plain.words.contains("Show all"))
            let attack = PathText.escaped("\"><script>alert(1)</script>")
            let page = try await browser.get(card + "?from=2026-02-31&until=" + attack)
            #expect(page.status == .ok && Self.count(page) == EmailList.pageSize)
            #expect(page.words.contains("“2026-02-31” is not a date, so it narrows nothing. Write it like 2026-11-23."))
            #expect(page.text.contains("aria-describedby=\"from-problem\"") && !page.text.contains("<script>alert"))
            #expect(page.words.contains("Show all") && page.links.contains(card))
            let older = try #require(page.links.first { $0.contains("before=") })
            #expect(!older.contains("from=") && !older.contains("until="))
        }
    }
}
