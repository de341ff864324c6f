import CRM
import Mail
import Mirror

/// The people of these tests. Ann owns the mailbox; Carol, Dave and Erin are contacts, Carol and Dave of one account;
/// Eve is nobody.
enum Person {
    static let ann = "ann@acme.example"
    static let carol = "carol@client.example"
    static let dave = "dave@client.example"
    static let erin = "erin@other.example"
    static let eve = "eve@elsewhere.example"

    static let entries: [String: AddressBook.Entry] = [
        carol: AddressBook.Entry(contact: 1, account: 10),
        dave: AddressBook.Entry(contact: 2, account: 10),
        erin: AddressBook.Entry(contact: 3, account: nil),
    ]

    static let fromCarol = ContactMatch(contact: 1, account: 10, direction: .received)
    static let toCarol = ContactMatch(contact: 1, account: 10, direction: .sent)
    static let toDave = ContactMatch(contact: 2, account: 10, direction: .sent)
    static let toErin = ContactMatch(contact: 3, account: nil, direction: .sent)
}

extension AddressBook {
    static func of(
        exclusions: [String] = [], ownDomains: [String] = ["acme.example"], mirrorsReceived: Bool = true
    ) -> AddressBook {
        AddressBook(
            entries: Person.entries, exclusions: exclusions, ownDomains: ownDomains, mirrorsReceived: mirrorsReceived)
    }
}

/// An address as a provider gives it: split at the last at sign.
func header(_ address: String, name: String? = nil) -> HeaderAddress {
    let at = address.lastIndex(of: "@") ?? address.endIndex
    return HeaderAddress(
        name: name.map { Array($0.utf8) }, localPart: Array(address[..<at].utf8),
        domain: Array(address[at...].dropFirst().utf8))
}

func headers(
    from: [String] = [Person.ann], to: [String] = [], cc: [String] = [], bcc: [String] = [], subject: String = "Offer",
    date: String = "Tue, 14 Nov 2023 10:00:00 +0000", messageID: String = "<1@mail.example>", inReplyTo: String = ""
) -> MessageHeaders {
    func addresses(_ texts: [String]) -> [HeaderAddress] { texts.map { header($0) } }
    return MessageHeaders(
        from: addresses(from), to: addresses(to), cc: addresses(cc), bcc: addresses(bcc), subject: Array(subject.utf8),
        date: Array(date.utf8), messageID: Array(messageID.utf8), inReplyTo: Array(inReplyTo.utf8))
}

func fact(
    _ uid: UInt32, _ headers: MessageHeaders, stableID: String? = nil, date: Int64 = 1_700_000_000, size: Int = 1_000
) -> MessageFact {
    MessageFact(id: RemoteMessageID(uid: uid), stableID: stableID, internalDate: date, size: size, headers: headers)
}

func page(_ present: MessageFact..., unreadable: [UInt32] = [], gone: Gone = .none) -> ChangePage {
    ChangePage(
        present: present, unreadable: unreadable.map { UnreadableMessage(id: RemoteMessageID(uid: $0), reason: "BAD") },
        gone: gone, listed: 0, processed: 0, isScanComplete: true, checkpoint: Checkpoint(bytes: []))
}

func planned(_ page: ChangePage, _ purpose: Planner.Purpose, by book: AddressBook, local: LocalRows) -> PagePlan {
    Planner(purpose: purpose).plan(DecidedPage(page, by: book), local: local)
}

extension PagePlan {
    static func with(_ change: (inout PagePlan) -> Void) -> PagePlan {
        var plan = PagePlan()
        change(&plan)
        return plan
    }
}

extension NewMessage {
    init(_ fact: MessageFact, also ids: [RemoteMessageID] = [], _ matches: ContactMatch...) {
        self.init(
            ids: [fact.id] + ids, identity: MessageIdentity(of: fact), entry: MessageEntry(fact), matches: matches)
    }
}
