import CRM
import Database
import Store
import Testing

@testable import Web

/// An organisation drawn for the matrix of levels and positions, with words in each mailbox that stand nowhere else.
///
///     ada          bob            cyn        outside: out (administrator)
///     ├─ a1        └─ b1 (left)   + cyns              + outs
///     │  ├─ a11        └─ b11                         den
///     │  │  │ + a11s     └─ b111                      └─ d1
///     │  │  └─ a111
///     │  └─ a12 (left)
///     └─ a2 (no mailbox)
///        └─ a21
///
/// ada, bob and cyn are at the top; "+" is a sync-only user of the person above.
struct PlantedCompany: Sendable {
    let bench: WebBench
    let users: [String: UserID]
    let mailboxes: [String: MailboxID]
    let alice: ContactID
    let carl: ContactID
    let account: AccountID

    static let domain = SampleCompany.domain
    static let people: [(name: String, superior: String?)] = [
        ("ada", "top"), ("bob", "top"), ("cyn", "top"), ("a1", "ada"), ("a2", "ada"), ("a11", "a1"), ("a12", "a1"),
        ("a111", "a11"), ("a21", "a2"), ("b1", "bob"), ("b11", "b1"), ("b111", "b11"), ("out", nil), ("den", nil),
        ("d1", "den"),
    ]
    static let seats = [("a11s", "a11"), ("cyns", "cyn"), ("outs", "out")]
    static let left = ["a12", "b1"]
    /// Members who may sign in.
    static let viewers = people.map(\.name).filter { !left.contains($0) }
    /// Who has a mailbox: all but one.
    static let owners = people.map(\.name).filter { $0 != "a2" } + seats.map(\.0)
    /// Whose mailbox holds a conversation that its person hid.
    static let hiding = ["bob", "a11", "a11s", "b1", "out"]

    static let alice = "alice@client.example"
    static let carl = "carl@client.example"

    init() async throws {
        let bench = try await WebBench(withSampleCompany: false)
        let hash = try PasswordHash(cost: WebBench.cost).make(Secret(SampleCompany.password))
        self.bench = bench
        let users: [String: UserID]
        (users, alice, carl, account) = try await bench.database.write { tx in
            let organization = try Organizations.create(tx, name: "Planted", ownDomains: [Self.domain], now: 1)
            try #require(organization == bench.organization)
            let users = try Self.people(tx, organization, hash)
            let account = try Self.account(tx, organization, "Client")
            let alice = try Self.contact(tx, organization, "Alice", Self.alice, account)
            let carl = try Self.contact(tx, organization, "Carl", Self.carl, account)
            _ = try Self.contact(tx, organization, "Lawyer", "lawyer@law.example", nil)
            var exclusion = ExclusionForm()
            exclusion.pattern = "law.example"
            try Exclusions.add(tx, organization, try exclusion.validated(), now: 1)
            return (users, alice, carl, account)
        }
        self.users = users
        var mailboxes: [String: MailboxID] = [:]
        for owner in Self.owners { mailboxes[owner] = try await bench.addMailbox(of: owner) }
        self.mailboxes = mailboxes
        for owner in Self.owners { try await plant(owner) }
        try await bench.write { tx, organization in
            for name in Self.left { try Users.setActive(tx, organization, users[name]!, false, now: 1) }
        }
    }

    private static func people(
        _ tx: any Transaction, _ organization: OrganizationID, _ hash: String
    ) throws -> [String: UserID] {
        var users: [String: UserID] = [:]
        func form(_ name: String) throws -> ValidUser {
            var form = UserForm()
            (form.name, form.email) = (name, name + "@" + domain)
            return try form.validated()
        }
        for (name, superior) in people {
            let place = superior.map { $0 == "top" ? Place.top : .below(users[$0]!) } ?? .outside
            users[name] = try Users.create(
                tx, organization, try form(name), passwordHash: hash, isAdministrator: ["out", "a1"].contains(name),
                place: place, now: 1)
        }
        for (name, person) in seats {
            users[name] = try Users.createSeat(tx, organization, try form(name), of: users[person]!, now: 1)
        }
        return users
    }

    static func account(_ tx: any Transaction, _ organization: OrganizationID, _ name: String) throws -> AccountID {
        var form = AccountForm()
        form.name = name
        return try Accounts.create(tx, organization, try form.validated(), now: 1)
    }

    static func contact(
        _ tx: any Transaction, _ organization: OrganizationID, _ name: String, _ address: String, _ account: AccountID?
    ) throws -> ContactID {
        var form = ContactForm()
        (form.lastName, form.addresses, form.account) = (name, [address], account)
        return try Contacts.create(tx, organization, try form.validated(), now: 1)
    }

    func setLevels(_ level: VisibilityLevel, _ rule: EqualsRule = .sameDepth) async throws {
        try await bench.write { [users] tx, organization in
            try Organizations.setEqualsRule(tx, organization, rule, now: 1)
            for (name, _) in Self.people { try Users.setLevel(tx, organization, users[name]!, level, now: 1) }
        }
    }
}

// MARK: Words

extension PlantedCompany {
    /// Where in a mailbox's mail a word stands. Each word stands in one mailbox and one such place only.
    enum Spot: String, CaseIterable {
        case subject, body, file, name, copied = "cc", blind = "bcc"
        /// In one message that all mailboxes hold.
        case sharedText = "same", sharedFile = "samefile", sharedBlind = "samebcc"
        /// In messages of one Message-ID that differ in their subject.
        case forked
        /// In mail whose only contact is in Bcc.
        case blindOnly = "blindonly"
        /// In a hidden conversation: when it was hidden, and what came later.
        case hidden, hiddenLater = "later"
        /// In mail that an exclusion keeps out, and in mail without a contact.
        case excluded, stranger

        var isHidden: Bool { self == .hidden || self == .hiddenLater }
        var isNowhere: Bool { self == .excluded || self == .stranger }
    }

    static func word(_ spot: Spot, _ owner: String) -> String { "\(spot.rawValue)\(owner)\(PlantedWords.ending)" }

    private func plant(_ owner: String) async throws {
        func word(_ spot: Spot) -> String { Self.word(spot, owner) }
        let own = owner + "@" + Self.domain
        let mailbox = mailboxes[owner]!
        var letters = [
            PlantedLetter(
                id: "plain-\(owner)", from: "\(word(.name)) <\(Self.alice)>", to: [own],
                cc: ["\(word(.copied))@partner.example"], bcc: ["\(word(.blind))@partner.example"],
                subject: "About \(word(.subject))", text: "The text \(word(.body)).", file: word(.file) + ".pdf"),
            PlantedLetter(
                id: "shared", from: Self.alice, to: ["all@" + Self.domain], bcc: [word(.sharedBlind) + "@x.example"],
                subject: "Shared", text: "To all: \(word(.sharedText))", file: word(.sharedFile) + ".pdf",
                at: 1_789_100_000),
            PlantedLetter(
                id: "forked", from: Self.alice, to: ["all@" + Self.domain], subject: "Fork \(word(.forked))",
                at: 1_789_200_000, answering: "shared"),
            PlantedLetter(
                id: "blind-\(owner)", from: own, to: ["someone@elsewhere.example"], bcc: [Self.carl],
                subject: "Blind \(word(.blindOnly))", at: 1_789_300_000),
            PlantedLetter(
                id: "law-\(owner)", from: "lawyer@law.example", to: [own], subject: "Law \(word(.excluded))",
                text: word(.excluded)),
            PlantedLetter(
                id: "none-\(owner)", from: "news@shop.example", to: [own], subject: "News \(word(.stranger))"),
        ]
        let hides = Self.hiding.contains(owner)
        if hides {
            letters.append(
                PlantedLetter(
                    id: "hidden-\(owner)", from: Self.alice, to: [own], subject: "Hidden \(word(.hidden))",
                    text: "Between us.", at: 1_789_400_000))
        }
        try await bench.plant(letters, in: mailbox)
        guard hides else { return }
        try await bench.write { tx, organization in
            let message: StoredMessageID = StoredMessageID(
                try tx.integer("SELECT id FROM messages WHERE message_id = $1", [.text("hidden-\(owner)")]))
            #expect(try HiddenConversations.hide(tx, organization, message, in: mailbox, now: 1))
        }
        try await bench.plant(
            [
                PlantedLetter(
                    id: "later-\(owner)", from: Self.alice, to: [own], subject: "Re: \(word(.hiddenLater))",
                    at: 1_789_500_000, answering: "hidden-\(owner)")
            ], in: mailbox)
    }
}
