import Mirror
import Testing

@Suite struct MessageIdentityTests {
    private let mail = fact(1, headers(from: [Person.carol], to: [Person.ann]))

    @Test func `a message is the same under another id, in whatever folder`() {
        #expect(MessageIdentity(of: mail) == MessageIdentity(of: fact(900, mail.headers)))
    }

    @Test func `a provider's own id decides alone`() {
        let one = MessageIdentity(of: fact(1, headers(), stableID: "M1"))
        #expect(one == MessageIdentity(of: fact(2, headers(subject: "Other"), stableID: "M1", date: 5, size: 6)))
        #expect(one != MessageIdentity(of: fact(1, headers(), stableID: "m1")))
        #expect(one != MessageIdentity(of: fact(1, headers())))
    }

    @Test func `messages that differ in anything a mailbox keeps are two, though they share a Message-ID`() {
        let others = [
            fact(1, headers(from: [Person.dave], to: [Person.ann])), fact(1, headers(from: [Person.carol])),
            fact(1, headers(from: [Person.carol], cc: [Person.ann])),
            fact(1, headers(from: [Person.carol], bcc: [Person.ann])),
            fact(1, headers(from: [Person.carol], to: [Person.ann], subject: "Offer 2")),
            fact(1, headers(from: [Person.carol], to: [Person.ann], date: "")),
            fact(1, headers(from: [Person.carol], to: [Person.ann], messageID: "<2@mail.example>")),
            fact(1, mail.headers, date: 1_700_000_001), fact(1, mail.headers, size: 1_001),
        ]
        #expect(Set((others + [mail]).map(MessageIdentity.init(of:))).count == others.count + 1)
    }

    @Test func `messages without a Message-ID are told apart by the rest`() {
        let one = fact(1, headers(to: [Person.carol], subject: "A", messageID: ""))
        let two = fact(2, headers(to: [Person.carol], subject: "B", messageID: ""))
        #expect(MessageIdentity(of: one) != MessageIdentity(of: two))
    }

    @Test func `an endless Message-ID makes no endless identity`() {
        let long = fact(1, headers(messageID: "<" + String(repeating: "x", count: 100_000) + ">"))
        #expect(MessageIdentity(of: long).bytes.count < 400)
    }
}
