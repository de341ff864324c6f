import CRM
import Database
import DatabaseSQLite
import Foundation
import Mirror
import Store
import TestServers

/// A database in which one contact has a very full card, and its account gathers it with those of nine colleagues.
struct CardStore: Sendable {
    let folder: TemporaryFolder
    let database: any Database
    let organization: OrganizationID
    let contact: ContactID
    let account: AccountID
    /// Signed in as the owner of the mailbox.
    let sessionToken: String

    static let now: Int64 = 1_790_000_000
    private static let contacts = 10

    /// - Parameter entries: messages with the first contact; every tenth of them is also addressed to another one of
    ///   the account.
    static func make(entries: Int) async throws -> CardStore {
        let folder = try TemporaryFolder("cards")
        let database = try SQLiteDatabase(path: folder.file("mailcard.sqlite").path)
        try await Schema.migrator.run(on: database)
        let (organization, user, account, contacts) = try await database.write { tx in try people(tx) }
        try await MirroredMailbox(
            organization: organization, owner: user, address: "ann@aldermoor.example", messages: entries, now: now,
            fact: { fact($0, of: entries) }, text: { text($0.remoteID) }
        ).fill(database)
        let token = try await database.write { tx in
            try Sessions.begin(tx, organization, user, userAgent: "Benchmark", random: SystemRandomSource(), now: now)
                .token.expose()
        }
        return CardStore(
            folder: folder, database: database, organization: organization, contact: contacts[0], account: account,
            sessionToken: token)
    }

    private static func people(_ tx: any Transaction) throws -> (OrganizationID, UserID, AccountID, [ContactID]) {
        let organization = try Organizations.create(tx, name: "Aldermoor", ownDomains: [], now: now)
        var userForm = UserForm()
        userForm.name = "Ann Alder"
        userForm.email = "ann@aldermoor.example"
        let user = try Users.create(tx, organization, try userForm.validated(), passwordHash: nil, now: now)
        var accountForm = AccountForm()
        accountForm.name = "Brightwell"
        let account = try Accounts.create(tx, organization, try accountForm.validated(), now: now)
        let contacts = try (0..<Self.contacts).map { number in
            var form = ContactForm()
            form.lastName = "Contact \(number)"
            form.addresses = ["contact\(number)@brightwell.example"]
            form.account = account
            return try Contacts.create(tx, organization, try form.validated(), now: now)
        }
        return (organization, user, account, contacts)
    }

    private static func fact(_ number: Int, of entries: Int) -> MessageFact {
        func address(_ name: String, _ local: String, _ domain: String) -> HeaderAddress {
            HeaderAddress(name: Array(name.utf8), localPart: Array(local.utf8), domain: Array(domain.utf8))
        }
        let ann = address("Ann Alder", "ann", "aldermoor.example")
        let contact = address("Contact 0", "contact0", "brightwell.example")
        let isOwn = number % 2 == 0
        let copied =
            number % 10 == 0
            ? [address("Contact", "contact\(1 + number / 10 % (contacts - 1))", "brightwell.example")] : []
        let date = now - Int64(entries - number) * 600
        return MessageFact(
            id: RemoteMessageID(uid: UInt32(number + 1)), stableID: nil, internalDate: date, size: 5000 + number % 4000,
            headers: MessageHeaders(
                from: [isOwn ? ann : contact], to: [isOwn ? contact : ann], cc: copied, bcc: [],
                subject: Array("Re: Delivery \(number / 7) of the spare parts".utf8), date: [],
                messageID: Array("<m\(number)@aldermoor.example>".utf8),
                inReplyTo: Array("<m\(number / 7 * 7)@aldermoor.example>".utf8)))
    }

    private static func text(_ id: RemoteMessageID) -> FetchedText {
        FetchedText(
            text: String(
                repeating: "The parts of order \(id) leave our works on Thursday and should be with you on Monday. ",
                count: 6),
            isTruncated: false, attachments: [], references: [])
    }
}
