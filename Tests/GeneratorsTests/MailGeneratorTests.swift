import Foundation
import Generators
import Mail
import Testing

private let now: Int64 = 1_795_000_000
private let eleanor = Person(
    "Eleanor Whitfield", "eleanor@aldermoor.example", languages: [.english, .french, .german, .japanese],
    title: "Sales director",
    company: "Aldermoor Instruments")
private let colleagues = [
    Person("Marc Delacroix", "marc@aldermoor.example", languages: [.french]),
    Person("Tom Ashworth", "tom@aldermoor.example"),
]
private let customers = [
    Person(
        "Jürgen Weißbach", "juergen@weissbach.example", languages: [.german], title: "Geschäftsführer",
        company: "Weissbach Feintechnik"),
    Person("Katharina Böhm", "k.boehm@weissbach.example", languages: [.german], company: "Weissbach Feintechnik"),
    Person("大谷 健一", "otani@otani-bio.example", firstName: "大谷", languages: [.japanese], company: "Ōtani Bio"),
    Person("Maëlle Guivarc’h", "maelle@kerbrenn.example", languages: [.french], company: "Laiterie de Kerbrenn"),
    Person("Solenn Le Goff", "solenn@kerbrenn.example", languages: [.french], company: "Laiterie de Kerbrenn"),
    Person("Alice Marsh", "a.marsh@brightwell.example", company: "Brightwell Pharma"),
    Person("Robert Chen", "r.chen@brightwell.example", company: "Brightwell Pharma"),
]

private func mailbox(seed: UInt64) -> [GeneratedMessage] {
    var generator = MailGenerator(seed: seed, now: now)
    return generator.mailbox(
        of: eleanor, customers: customers, colleagues: colleagues, conversations: 60, unrelated: 100)
}

/// Letters and digits only: what line breaks, quotation marks and table bars leave alone.
private func essence(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter(\.properties.isAlphabeticOrDigit)))
}

extension Unicode.Scalar.Properties {
    fileprivate var isAlphabeticOrDigit: Bool { isAlphabetic || numericType != nil }
}

@Suite struct MailGeneratorTests {
    @Test func `the same seed gives the same octets, another seed others`() {
        #expect(mailbox(seed: 1) == mailbox(seed: 1))
        #expect(mailbox(seed: 1).map(\.bytes) != mailbox(seed: 2).map(\.bytes))
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func `each message reads back as its author wrote it`(seed: UInt64) throws {
        for message in mailbox(seed: seed) {
            let parsed = MIMEMessage.parse(message.bytes)
            #expect(parsed.header("Subject").map(HeaderText.decode) == message.subject)
            #expect(
                parsed.header("Message-ID").map(MessageIDList.parse) == [
                    String(message.messageID.dropFirst().dropLast())
                ])
            #expect(parsed.header("Date").flatMap(MailDate.parse)?.seconds == message.date)
            let from = try #require(parsed.header("From").map { AddressList.parse($0, limit: 10) }?.first)
            #expect(from.address?.description == message.from.address)
            #expect(from.displayName ?? "" == message.from.name)
            for (field, people) in [("To", message.to), ("Cc", message.cc), ("Bcc", message.bcc)] {
                let found = parsed.header(field).map { AddressList.parse($0, limit: 100) } ?? []
                #expect(
                    found.compactMap { $0.address?.description } == people.map(\.address),
                    "\(field) of \(message.messageID)")
            }
            let text = essence(parsed.text().text)
            for line in message.text.split(separator: "\n") {
                #expect(
                    text.contains(essence(String(line))),
                    "“\(line)” is missing in \(message.messageID) “\(message.subject)”")
            }
            let names = parsed.attachments.compactMap(\.name)
            // The machine-readable half of invitations and delivery reports is named as well.
            #expect(names.filter { message.attachments.contains($0) } == message.attachments, "\(message.messageID)")
            if message.attachments.isEmpty, !message.subject.hasPrefix("Invitation"),
                message.from.name != "Mail Delivery System"
            {
                #expect(parsed.attachments == [], "\(message.messageID)")
            }
        }
    }

    @Test func `lines end with CRLF and are no longer than mail allows`() {
        for message in mailbox(seed: 4) {
            let text = message.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            #expect(text.dropLast().allSatisfy { $0.last == 0x0D })
            #expect(text.allSatisfy { $0.count <= 999 && !$0.dropLast().contains(0x0D) })
        }
    }

    @Test func `a reply names the messages before it`() throws {
        var generator = MailGenerator(seed: 5, now: now)
        var replies = 0
        for _ in 0..<60 {
            let conversation = generator.conversation(between: eleanor, and: [customers[5], customers[6]])
            let ids = conversation.map { String($0.messageID.dropFirst().dropLast()) }
            for (index, message) in conversation.enumerated().dropFirst() {
                let references = MIMEMessage.parse(message.bytes).header("References").map(MessageIDList.parse) ?? []
                #expect(!references.isEmpty && references.allSatisfy(ids.prefix(index).contains))
                replies += 1
            }
        }
        #expect(replies > 60)
    }

    @Test func `all mail is of the last 18 months, and correspondence moves forward`() {
        var generator = MailGenerator(seed: 6, now: now)
        for customer in customers {
            let dates = generator.conversation(between: eleanor, and: [customer]).map(\.date)
            #expect(dates == dates.sorted())
        }
        for message in mailbox(seed: 6) {
            #expect(message.date <= now)
            #expect(message.date > now - MailGenerator.span - 20 * 86_400)
        }
    }

    @Test func `a mailbox holds what real ones hold`() {
        let mail = mailbox(seed: 7) + mailbox(seed: 8)
        #expect(Set(mail.map(\.text)).count > 150)
        #expect(Set(mail.map(\.subject)).count > 100)
        let texts = mail.map { String(decoding: $0.bytes, as: UTF8.self) }
        for mark in [
            "multipart/alternative", "multipart/mixed", "multipart/related", "multipart/report", "text/calendar",
            "format=flowed",
            "charset=windows-1252", "charset=iso-8859-1", "charset=iso-2022-jp", "charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            "quoted-printable", "base64", "?Q?", "?B?", "List-Id:", "List-Unsubscribe:", "Auto-Submitted: auto-replied",
            "\r\nBcc:",
            "filename*=utf-8''",
        ] {
            #expect(texts.contains { $0.contains(mark) }, "\(mark) is nowhere")
        }
        let folders = Set(mail.map(\.folderHint))
        for folder in [GeneratedMessage.Folder.inbox, .sent, .archive, .drafts, .junk, .trash] {
            #expect(folders.contains(folder))
        }
        #expect(folders.contains(.project("Clients/Brightwell Pharma")))
        #expect(mail.allSatisfy { !$0.text.contains("{") && !$0.subject.contains("{") })
    }

    @Test func `a letter that arrives stands in the inbox and is of that moment`() {
        var generator = MailGenerator(seed: 9, now: now)
        let letter = generator.arrival(from: customers[0], to: eleanor, at: now + 5)
        #expect(letter.date == now + 5)
        #expect(letter.folderHint == .inbox)
        #expect(letter.to == [eleanor])
    }
}
