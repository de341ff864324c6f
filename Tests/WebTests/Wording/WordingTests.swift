import CRM
import Foundation
import Mirror
import Testing
import Wording

@testable import Store
@testable import Web

@Suite struct WordingTests {
    /// 24 November 2026, 00:30 in Paris.
    private let dates = DateText(zone: "Europe/Paris", now: 1_795_476_600)

    @Test func `dates are short when they are near, in the viewer's zone`() {
        #expect(dates.short(1_795_476_000).english == "00:20")
        #expect(dates.short(1_795_473_000).english == "23 Nov, 23:30")
        #expect(dates.short(1_767_225_600).english == "1 Jan, 01:00")
        #expect(dates.short(1_767_220_000).english == "31 Dec 2025")
        #expect(dates.long(1_709_164_800).english == "29 February 2024, 01:00")
        #expect(dates.relative(1_795_473_000).english == "yesterday at 23:30")
        #expect(DateText.machine(951_782_400) == "2000-02-29T00:00Z")
        #expect(DateText.machine(-1) == "1969-12-31T23:59Z")
        #expect(DateText(zone: "Nowhere/None", now: 0).short(60).english == "00:01")
    }

    @Test func `a date field's day is read back as the same day`() throws {
        for day in ["1970-01-01", "2000-02-29", "2024-12-31", "2026-11-23"] {
            #expect(DateText.machine(try #require(DayText.seconds(day))).prefix(10) == day)
        }
        for text in [
            "", "x", "2026-13-01", "2026-1", "1-1-1", "2026-11-23-1", "2026-02-29", "2026-04-31", "2026-11-00",
        ] {
            #expect(DayText.seconds(text) == nil, "\(text)")
        }
    }

    @Test func `a day begins when it begins in the viewer's zone`() throws {
        let london = try #require(TimeZone(identifier: "Europe/London"))
        func begin(_ day: String, later: Int = 0) -> String? {
            DayText.begin(day, in: london, later: later).map(DateText.machine)
        }
        #expect(begin("2026-09-10") == "2026-09-09T23:00Z")
        #expect(begin("2026-09-10", later: 1) == "2026-09-10T23:00Z")
        // The days on which the clocks change have 23 and 25 hours.
        #expect(begin("2026-03-29") == "2026-03-29T00:00Z" && begin("2026-03-29", later: 1) == "2026-03-29T23:00Z")
        #expect(begin("2026-10-25") == "2026-10-24T23:00Z" && begin("2026-10-25", later: 1) == "2026-10-26T00:00Z")
        #expect(begin("2026-02-30") == nil)
    }

    @Test(arguments: [
        (0, "0 bytes"), (999, "999 bytes"), (1_000, "1 KB"), (1_250, "1.3 KB"), (84_000, "84 KB"), (999_400, "999 KB"),
        (999_600, "1 MB"), (1_200_000, "1.2 MB"), (200_000_000, "200 MB"), (3_000_000_000, "3 GB"),
    ])
    func `sizes have as many digits as a person reads`(bytes: Int, text: String) {
        #expect(Quantity.size(bytes).english == text)
    }

    @Test func `numbers are grouped and nouns agree`() {
        #expect(Quantity.count(1_234_567).english == "1,234,567" && Quantity.count(100).english == "100")
        #expect(Phrase.tries(1).english == "1 try" && Phrase.tries(0).english == "0 tries")
    }

    @Test func `attachments are one line that names them with their size`() {
        let two = [StoredAttachment(name: "offer.pdf", size: 84_000), StoredAttachment(name: " ", size: 3)]
        #expect(AttachmentText.line(two)?.english == "2 attachments in the mailbox: offer.pdf, 84 KB; unnamed, 3 bytes")
        #expect(AttachmentText.line([]) == nil)
        let many = Array(repeating: StoredAttachment(name: "a", size: 1), count: 9)
        #expect(AttachmentText.line(many)?.english.hasSuffix("; and 3 more") == true)
    }

    @Test func `web addresses in a text become links, and nothing else does`() {
        func links(_ text: String) -> [String] { TextRun.runs(of: text).compactMap(\.link) }
        #expect(links("See https://a.example/x?y=1&z. Thanks") == ["https://a.example/x?y=1&z"])
        #expect(
            links("(https://a.example/b_(c)) <http://d.example>") == ["https://a.example/b_(c))", "http://d.example"])
        #expect(links("javascript:alert(1) data:text/html,x ftp://a.example xhttps://a.example https://") == [])
        #expect(links("HTTPS://A.example nothttp http:/x") == [])
        let text = "a http://b.example, c https://d.example/\"e\" http"
        #expect(TextRun.runs(of: text).map(\.text).joined() == text)
    }

    @Test func `a text is shown in what was written, quoted and signed, without blank lines around it`() {
        let blocks = TextBlock.blocks(of: "\n\n  Hello\n\n\n> old\n> older\n")
        #expect(blocks.first?.isWritten == true && blocks.first?.runs.map(\.text) == ["  Hello"])
        #expect(blocks.last?.isQuoted == true && blocks.last?.summary.english == "Quoted text, 2 lines")
    }

    @Test func `people have initials and always the same colour`() {
        #expect(
            Person("Alice Marsh").initials == "AM" && Person("Élodie").initials == "É" && Person("").initials == "?")
        #expect(Person("a.marsh@x.example").initials == "A")
        #expect(Person("Alice Marsh").tone == Person("Alice Marsh").tone && (0..<8).contains(Person("x").tone))
    }

    @Test func `a browser is called what people call it`() {
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"
        #expect(BrowserName.of(edge).english == "Edge on Windows")
        #expect(BrowserName.of("Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko/2 Firefox/1").english == "Firefox on Linux")
        #expect(BrowserName.of("curl/8").english == "A browser")
    }

    @Test func `the pieces of the accounting's bar fill it, and small ones are seen`() {
        let counts = Accounting(listed: 100_001, mirrored: 10_000, noContact: 90_000, setAside: 1)
        let view = AccountingView([
            MailboxAccounting.Folder(
                id: 1, name: "INBOX", role: .inbox, accounting: counts, isScanned: true, trouble: nil, confirmedAt: nil)
        ])
        #expect(view.bars.map(\.kind) == ["mirrored", "no-contact", "set-aside"] && !view.isSettling)
        #expect(view.bars.allSatisfy { $0.length >= 5 })
        let end = view.bars.map { $0.start + $0.length }.max() ?? 0
        #expect((997...1_000).contains(end))
        #expect(AccountingView([]).bars.isEmpty)
    }

    @Test func `many rules that keep emails out are named as far as a person reads, and the others counted`() throws {
        let rules = (1...13).map { MailboxAccounting.RuleCount(rule: .domain("d\($0).example"), count: 14 - $0) }
        let excluded = try #require(AccountingView([], excluded: rules).parts.first { $0.kind == "excluded" })
        #expect(excluded.details.count == 11)
        #expect(
            excluded.details[0].label.english == "The rule “@d1.example”" && excluded.details[0].count.english == "13")
        #expect(excluded.details[10].label.english == "3 other rules" && excluded.details[10].count.english == "6")
    }
}
