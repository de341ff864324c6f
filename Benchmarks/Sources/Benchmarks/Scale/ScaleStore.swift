import CRM
import Database
import DatabaseSQLite
import Foundation
import Mirror
import Store
import TestServers

/// A database as a large organisation has it: many contacts, 25 mailboxes below one director, and all their mail.
struct ScaleStore: Sendable {
    let folder: TemporaryFolder
    let database: any Database
    let organization: OrganizationID
    let contacts: [ContactID]
    let accounts: [AccountID]
    /// Signed in as the director.
    let sessionToken: String

    static let now: Int64 = 1_790_000_000
    private static let mailboxes = 25
    private static let contactsOfAnAccount = 5

    static func make(contacts count: Int, messages: Int) async throws -> ScaleStore {
        let folder = try TemporaryFolder("scale")
        let database = try SQLiteDatabase(path: folder.file("mailcard.sqlite").path)
        try await Schema.migrator.run(on: database)
        let (organization, director, users) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Aldermoor", ownDomains: [], now: now)
            func user(_ number: Int, _ place: Place, _ level: VisibilityLevel) throws -> UserID {
                var form = UserForm()
                form.name = "User \(number)"
                form.email = "user\(number)@aldermoor.example"
                return try Users.create(
                    tx, organization, try form.validated(), passwordHash: nil, place: place, level: level, now: now)
            }
            let director = try user(0, .top, .below)
            return (organization, director, try (1..<mailboxes).map { try user($0, .below(director), .own) })
        }
        var accounts: [AccountID] = []
        var contacts: [ContactID] = []
        for start in stride(from: 0, to: count, by: 5_000) {
            let made = try await database.write { tx in
                try (start..<min(start + 5_000, count)).reduce(into: (accounts: [AccountID](), contacts: [ContactID]()))
                {
                    made, number in
                    if number % contactsOfAnAccount == 0 || made.accounts.isEmpty {
                        var form = AccountForm()
                        form.name = "\(words[number / 5 % words.count]) \(number / 5) Ltd"
                        made.accounts.append(try Accounts.create(tx, organization, try form.validated(), now: now))
                    }
                    var form = ContactForm()
                    form.firstName = words[number % words.count]
                    form.lastName = "\(words[number / 7 % words.count]) \(number)"
                    form.addresses = [address(number)]
                    form.account = made.accounts.last
                    made.contacts.append(try Contacts.create(tx, organization, try form.validated(), now: now))
                }
            }
            accounts += made.accounts
            contacts += made.contacts
        }
        for (number, user) in ([director] + users).enumerated() {
            try await MirroredMailbox(
                organization: organization, owner: user, address: "user\(number)@aldermoor.example",
                messages: messages / mailboxes, now: now, fact: { fact($0, of: messages / mailboxes, number, count) },
                text: { text(Int($0.message.rawValue)) }
            ).fill(database)
        }
        let token = try await database.write { tx in
            try Sessions.begin(
                tx, organization, director, userAgent: "Benchmark", random: SystemRandomSource(), now: now
            ).token.expose()
        }
        return ScaleStore(
            folder: folder, database: database, organization: organization, contacts: contacts, accounts: accounts,
            sessionToken: token)
    }

    private static func address(_ contact: Int) -> String { "contact\(contact)@company\(contact / 5).example" }

    private static func fact(_ number: Int, of messages: Int, _ mailbox: Int, _ contacts: Int) -> MessageFact {
        func header(_ local: String, _ domain: String) -> HeaderAddress {
            HeaderAddress(name: Array("Someone".utf8), localPart: Array(local.utf8), domain: Array(domain.utf8))
        }
        // Spread over the contacts, a few of whom have much more mail than others.
        let mixed = (number &* 7_919 &+ mailbox &* 104_729) % contacts
        let contact = number % 4 == 0 ? mixed % max(1, contacts / 100) : mixed
        let theirs = header("contact\(contact)", "company\(contact / 5).example")
        let own = header("user\(mailbox)", "aldermoor.example")
        let name = "m\(mailbox)-\(number)@aldermoor.example"
        return MessageFact(
            id: RemoteMessageID(uid: UInt32(number + 1)), stableID: nil,
            internalDate: now - Int64(messages - number) * 300 - Int64(mailbox), size: 4_000,
            headers: MessageHeaders(
                from: [number % 2 == 0 ? own : theirs], to: [number % 2 == 0 ? theirs : own],
                subject: Array("Re: \(words[number % words.count]) \(number / 3)".utf8),
                messageID: Array("<\(name)>".utf8),
                inReplyTo: Array("<m\(mailbox)-\(number / 3 * 3)@aldermoor.example>".utf8)))
    }

    private static func text(_ number: Int) -> FetchedText {
        let chosen = (0..<40).map { words[(number &* 31 &+ $0 &* ($0 + number)) % words.count] }
        return FetchedText(
            text: chosen.joined(separator: " "), isTruncated: false, attachments: [], references: [])
    }

    /// Some hundreds, of which each text has a few.
    static let words: [String] = {
        let (first, last) = (
            [
                "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we",
                "zi",
            ],
            ["lder", "mmon", "nter", "rvest", "stone", "ndle", "ckham", "ppel", "tten", "xley", "rrow", "ssing"]
        )
        return first.flatMap { start in last.map { start + $0 } }
    }()
}
