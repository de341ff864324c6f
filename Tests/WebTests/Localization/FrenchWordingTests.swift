import CRM
import Foundation
import Mirror
import Store
import Testing
import Wording

@testable import Web

@Suite struct FrenchWordingTests {
    private let french: Catalogue
    private let paris = TimeZone(identifier: "Europe/Paris")!
    /// 24 November 2026, 09:30 in Paris.
    private static let now: Int64 = 1_795_509_000

    init() throws { french = try Languages()[.french] }

    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    @Test func `dates are written as in French`() {
        let dates = DateText(zone: "Europe/Paris", now: Self.now)
        #expect(french.text(dates.short(Self.now - 600)) == "09:20")
        #expect(french.text(dates.short(Self.now - 86_400)) == "23 nov., 09:30")
        #expect(french.text(dates.short(Self.now - 365 * 86_400)) == "24 nov. 2025")
        #expect(french.text(dates.long(Self.now)) == "24 novembre 2026 à 09:30")
        #expect(french.text(dates.day(Self.now - 23 * 86_400)) == "1er novembre 2026")
        #expect(french.text(dates.relative(Self.now)) == "aujourd’hui à 09:30")
        #expect(french.text(dates.relative(Self.now - 86_400)) == "hier à 09:30")
        #expect(french.text(dates.relative(Self.now - 2 * 86_400)) == "le 22 novembre 2026 à 09:30")
    }

    @Test func `meetings and tasks are written as in French`() throws {
        let text = ActivityTimeText(zone: paris, now: Self.now)
        let hour: Int64 = 3_600
        func timed(_ from: Int64, _ until: Int64) -> ActivityTime {
            .timed(start: Self.now + from * hour, end: Self.now + until * hour)
        }
        #expect(french.text(text.short(timed(0, 1), .meeting)) == "Aujourd’hui, 09:30–10:30")
        #expect(french.text(text.short(timed(24, 25), .call)) == "Demain, 09:30–10:30")
        #expect(french.text(text.short(timed(72, 73), .visit)) == "Ven. 27 nov., 09:30–10:30")
        #expect(french.text(text.short(timed(24, 24), .task)) == "Échéance\u{A0}: demain, 09:30")
        #expect(french.text(text.long(timed(0, 1))) == "mardi 24 novembre 2026, de 09:30 à 10:30")
        let (first, last) = (try day("2026-12-31"), try day("2027-01-01"))
        #expect(
            french.text(text.long(.days(first: first, last: last)))
                == "du jeudi 31 décembre 2026 au vendredi 1er janvier 2027")
        #expect(french.text(text.within(text.today, timed(0, 40), .visit)) == "à partir de 09:30")
        #expect(french.text(ActivityTimeText.week(from: try day("2026-11-23"))) == "23–29 novembre 2026")
        #expect(french.text(ActivityTimeText.week(from: try day("2026-11-30"))) == "30 novembre – 6 décembre 2026")
    }

    @Test func `numbers, sizes and nouns beside them agree as in French`() {
        #expect(french.text(Quantity.size(1_200_000)) == "1,2 Mo")
        #expect(french.text(Quantity.size(0)) == "0 octet" && french.text(Quantity.size(2)) == "2 octets")
        #expect(french.text(Phrase.contacts(0)) == "0 contact" && french.text(Phrase.contacts(1)) == "1 contact")
        #expect(french.text(Phrase.contacts(1_234)) == "1\u{202F}234 contacts")
        #expect(french.text(Quantity.count(1_234_567)) == "1\u{202F}234\u{202F}567")
    }

    @Test func `attachments are parted by semicolons with the blank that French puts before them`() throws {
        let two = [StoredAttachment(name: "offre.pdf", size: 84_000), StoredAttachment(name: "plan.xlsx", size: 1_200)]
        let line = try #require(AttachmentText.line(two))
        let kilobytes = french.text(Quantity.size(84_000))
        #expect(
            french.text(line).hasSuffix(
                "offre.pdf, \(kilobytes)\u{202F}; plan.xlsx, \(french.text(Quantity.size(1_200)))"))
        #expect(line.english.hasSuffix("offer.pdf".replacing("offer", with: "offre") + ", 84 KB; plan.xlsx, 1.2 KB"))
    }

    @Test func `names in a sentence lose the e before a vowel, and lists end in et`() {
        #expect(french.text(MailboxNames.list(isOwn: false, of: ["Anna"])) == "la boîte mail d’Anna")
        #expect(french.text(MailboxNames.list(isOwn: true, of: ["Tom"])) == "votre boîte mail et celle de Tom")
        #expect(french.text(MailboxNames.list(isOwn: true, of: ["Anna"])) == "votre boîte mail et celle d’Anna")
        #expect(MailboxNames.list(isOwn: true, of: ["Anna"]).english == "your mailbox and Anna’s")
    }

    @Test func `a problem that was stored before is shown in French as soon as its mailbox says it anew`() throws {
        let reason: Phrase = "\("imap.example") asks for a pause."
        let status = MailboxStatus.retrying(at: 1, reason: reason)
        let read = try JSONDecoder().decode(MailboxStatus.self, from: try JSONEncoder().encode(status))
        #expect(read == status)
        #expect(french.text(Phrase(stored: reason.stored)) == "imap.example demande une pause.")
        let old = try JSONDecoder().decode(
            MailboxStatus.self, from: Data(#"{"retrying":{"at":1,"reason":"imap.example asks for a pause."}}"#.utf8))
        #expect(old == .retrying(at: 1, reason: Phrase("imap.example asks for a pause.")))
    }
}
