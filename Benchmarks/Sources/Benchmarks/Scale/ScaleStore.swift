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
            try await fill(
                database, organization, user, number, contacts: count, messages: messages / mailboxes)
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

    private static func fill(
        _ database: any Database, _ organization: OrganizationID, _ user: UserID, _ number: Int, contacts: Int,
        messages: Int
    ) async throws {
        let address = "user\(number)@aldermoor.example"
        let endpoint = ServerEndpoint(host: "127.0.0.1", port: 1, security: .tls)
        let settings = MailboxSettings(address: address, imap: endpoint, smtp: endpoint)
        let (mailbox, inbox) = try await database.write { tx in
            let mailbox = try Mailboxes.create(
                tx, organization, user: user, settings: settings, addressKey: address, provider: "imap", now: now)
            try Mailboxes.setStatus(tx, organization, mailbox, .upToDate)
            let remote = RemoteFolder(
                id: "INBOX", path: "INBOX", name: "Inbox", role: .inbox, epoch: FolderEpoch("1"), snapshot: nil)
            return (mailbox, try Folders.upsert(tx, organization, mailbox, remote))
        }
        let context = PageContext(
            organization: organization, mailbox: mailbox, folder: inbox, epoch: FolderEpoch("1"), purpose: .rescan,
            pass: 1)
        var book = try await database.read { try AddressBooks.current($0, organization, known: .none) }
        for start in stride(from: 0, to: messages, by: 1_000) {
            let facts = (start..<min(start + 1_000, messages)).map { fact($0, of: messages, number, contacts) }
            let page = ChangePage(
                present: facts, listed: messages, processed: start + facts.count, isScanComplete: false,
                checkpoint: Checkpoint(bytes: []))
            let decided = DecidedPage(page, by: book.addressBook)
            let known = book
            book = try await database.write { tx in
                let applied = try MirrorPages.apply(tx, context, decided, by: known, now: now)
                let texts = try MessageTexts.pending(tx, organization, mailbox, now: now, limit: 2_000)
                try MessageTexts.record(
                    tx, organization,
                    try texts.map { .text($0.message, try StoredText(text(Int($0.message.rawValue)))) }, now: now)
                return applied.addressBook
            }
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
