import Mirror
import Testing

@Suite struct MessageEntryTests {
    private static let tenOClock: Int64 = 1_699_956_000

    @Test func `a message is dated by its Date field`() {
        #expect(MessageEntry(fact(1, headers(), date: Self.tenOClock + 500)).sentAt == Self.tenOClock)
    }

    @Test(arguments: ["", "yesterday", "Thu, 01 Jan 1970 00:00:00 +0000", "Tue, 14 Nov 2034 10:00:00 +0000"])
    func `a date that is missing, unreadable or in the future gives way to that of arrival`(_ date: String) {
        #expect(MessageEntry(fact(1, headers(date: date), date: Self.tenOClock)).sentAt == Self.tenOClock)
    }

    @Test func `a clock that runs a few hours ahead is believed`() {
        #expect(MessageEntry(fact(1, headers(), date: Self.tenOClock - 3_600)).sentAt == Self.tenOClock)
    }

    @Test func `copies of a message in several mailboxes have one key, whatever the servers add`() {
        let mine = fact(1, headers(to: [Person.carol]), stableID: "A", date: Self.tenOClock + 1, size: 5_000)
        let theirs = fact(77, headers(to: [Person.carol]), stableID: "B", date: Self.tenOClock + 9, size: 5_300)
        #expect(MessageEntry(mine).dedupeKey == MessageEntry(theirs).dedupeKey)
        #expect(MessageEntry(mine).dedupeKey.count == 16)
    }

    @Test func `messages that only share a Message-ID have two keys`() {
        let keys = [
            headers(), headers(subject: "Other"), headers(date: "Tue, 14 Nov 2023 10:00:01 +0000"),
            headers(from: [Person.dave]), headers(messageID: "<2@mail.example>"),
        ].map { MessageEntry(fact(1, $0)).dedupeKey }
        #expect(Set(keys).count == keys.count)
    }

    @Test func `an answer belongs to the thread of what it answers, another message begins one`() {
        #expect(MessageEntry(fact(1, headers())).threadRoot == "1@mail.example")
        #expect(MessageEntry(fact(1, headers(inReplyTo: "<0@mail.example>"))).threadRoot == "0@mail.example")
        #expect(MessageEntry(fact(1, headers(messageID: ""))).threadRoot == nil)
    }

    @Test func `what a card shows is decoded`() {
        let entry = MessageEntry(
            fact(1, headers(subject: "=?utf-8?q?Offre_de_d=C3=A9couverte?=", messageID: " <A.b@Mail.example>\r\n")))
        #expect(entry.subject == "Offre de découverte")
        #expect(entry.messageID == "A.b@mail.example")
        #expect(entry.from.first?.address?.description == Person.ann)
    }
}
