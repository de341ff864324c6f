import CRM
import Database
import DatabaseSQLite
import Foundation
import Mirror
import Store
import TestServers

/// A database as a large organisation has it: many contacts, 25 mailboxes below one director, and all their mail.
struct ScaleStore: Sendable {
    /// Nil where the database is kept.
    let folder: TemporaryFolder?
    let database: any Database
    let contacts: [ContactID]
    let accounts: [AccountID]
    /// Signed in as the director.
    let sessionToken: String

    static let now: Int64 = 1_790_000_000
    private static let mailboxes = 25
    private static let contactsOfAnAccount = 5

    /// - Parameter path: of a file that is kept: where it is there already, it is measured as it is. Nil for one that goes with the
    ///   process.
    static func make(contacts count: Int, messages: Int, keptAt path: String?) async throws -> ScaleStore {
        let folder = path == nil ? try TemporaryFolder("scale") : nil
        let path = path ?? folder!.file("mailcard.sqlite").path
        let isFilled = FileManager.default.fileExists(atPath: path)
        let database = try SQLiteDatabase(path: path)
        try await Schema.migrator.run(on: database)
        if !isFilled { try await fill(database, contacts: count, messages: messages) }
        return try await database.write { tx in
            let (organization, director) = try tx.rows("SELECT organization_id, id FROM users ORDER BY id LIMIT 1") {
                (OrganizationID(try $0.integer(0)), UserID(try $0.integer(1)))
            }[0]
            return ScaleStore(
                folder: folder, database: database,
                contacts: try tx.rows("SELECT id FROM contacts ORDER BY id") { ContactID(try $0.integer(0)) },
                accounts: try tx.rows("SELECT id FROM accounts ORDER BY id") { AccountID(try $0.integer(0)) },
                sessionToken: try Sessions.begin(
                    tx, organization, director, userAgent: "Benchmark", random: SystemRandomSource(), now: now
                ).token.expose())
        }
    }

    private static func fill(_ database: any Database, contacts count: Int, messages: Int) async throws {
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
        let owners = [director] + users
        for start in stride(from: 0, to: count, by: 5_000) {
            try await database.write { tx in
                var account: AccountID?
                for number in start..<min(start + 5_000, count) {
                    if number % contactsOfAnAccount == 0 || account == nil {
                        var form = AccountForm()
                        form.name = "\(words[number / 5 % words.count]) \(number / 5) Ltd"
                        form.owner = owners[number / 5 % owners.count]
                        account = try Accounts.create(tx, organization, try form.validated(), now: now - Int64(number))
                    }
                    var form = ContactForm()
                    form.firstName = words[number % words.count]
                    form.lastName = "\(words[number / 7 % words.count]) \(number)"
                    form.addresses = [address(number)]
                    form.account = account
                    form.owner = number % 3 == 0 ? nil : owners[number / 3 % owners.count]
                    _ = try Contacts.create(tx, organization, try form.validated(), now: now - Int64(number))
                }
            }
        }
        for (number, user) in owners.enumerated() {
            try await MirroredMailbox(
                organization: organization, owner: user, address: "user\(number)@aldermoor.example",
                messages: messages / mailboxes, now: now, fact: { fact($0, of: messages / mailboxes, number, count) },
                text: { text(Int($0.message.rawValue)) }
            ).fill(database)
        }
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
