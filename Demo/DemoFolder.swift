import CRM
import Database
import DatabaseSQLite
import Foundation
import Generators
import IMAPProvider
import Logging
import Mirror
import Networking
import Store
import SyncEngine

/// The folder with the demo's database and key.
struct DemoFolder {
    private let url: URL
    private let database: any Database

    /// Empties the folder if a demo made it.
    ///
    /// - Throws: ``DemoError/notADemo(path:)`` where it holds anything else.
    init(path: String) throws {
        url = URL(filePath: path, directoryHint: .isDirectory)
        let (files, mark) = (FileManager.default, url.appending(path: "made-by-the-demo"))
        if files.fileExists(atPath: url.path) {
            let isEmpty = try files.contentsOfDirectory(atPath: url.path).isEmpty
            guard isEmpty || files.fileExists(atPath: mark.path) else { throw DemoError.notADemo(path: url.path) }
            try files.removeItem(at: url)
        }
        try files.createDirectory(at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try Data("This folder is emptied whenever the demo starts.\n".utf8).write(to: mark)
        database = try SQLiteDatabase(path: url.appending(path: "mailcard.sqlite").path)
    }

    /// Fills the database with the sample company.
    func loadCompany(now: Int64) async throws -> Company {
        try await Schema.migrator.run(on: database)
        let hash = try PasswordHash().make(Secret(SampleCompany.password))
        return try await database.write { tx in
            let organization = try SampleCompany.load(tx, passwordHash: hash, now: now)
            let users = try Users.list(tx, organization)
            let countries = try Self.countries(tx, organization)
            let listed = try ContactList.page(tx, organization, limit: 1000).elements
            let contacts = try listed.compactMap { try Contacts.find(tx, organization, $0.id) }
            let members = users.map { user in
                let customers = contacts.filter { $0.owner == user.person ?? user.id }.flatMap {
                    contact -> [Company.Customer] in
                    let account = listed.first { $0.id == contact.id }?.accountName ?? ""
                    return Self.customers(contact, account: account, language: countries[account] ?? .english)
                }
                return Company.Member(
                    user: user.id, seatOf: user.person, organization: organization,
                    person: Self.person(user, customers), customers: customers)
            }
            guard let newcomer = members.first(where: { $0.person.address == SampleCompany.directorEmail }) else {
                throw DemoError.noDirector
            }
            return Company(
                name: SampleCompany.name, members: members, newcomer: newcomer, signInPassword: SampleCompany.password)
        }
    }

    /// Connects mailboxes as their owners would, hides a conversation as one of them would, and lets go of the database.
    func connect(_ company: Company, through post: Post) async throws {
        var logger = Logger(label: "mailcard-demo")
        logger.logLevel = .warning
        let engine = SyncEngine(
            database: database,
            providers: ["imap": IMAPMailProvider(network: NetworkPolicy(allowsPrivateNetworks: true), logger: logger)],
            sealer: try Sealer(keyFile: url.appending(path: "mailcard.key").path), feed: ChangeFeed(database: database),
            now: { Int64(Date().timeIntervalSince1970) }, logger: logger)
        for member in company.connected {
            let draft = MailboxDraft(
                settings: post.settings(of: member.person), password: Secret(Post.password), provider: "imap")
            _ = try await engine.connect(draft, organization: member.organization, user: member.user)
            let now = Int64(Date().timeIntervalSince1970)
            try await database.write { tx in
                try AuditTrail.record(
                    tx, member.organization, by: member.seatOf ?? member.user, .mailboxConnected,
                    ["address": member.person.address], now: now)
            }
        }
        if let (member, customer) = company.confidant {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await engine.run() }
                try await hideConversation(of: member, with: customer)
                group.cancelAll()
            }
        }
        try database.close()
    }

    /// Waits until the conversation stands on the customer's card, and hides it.
    private func hideConversation(of member: Company.Member, with customer: Company.Customer) async throws {
        for _ in 0..<600 {
            let now = Int64(Date().timeIntervalSince1970)
            let isHidden = try await database.write { tx in
                let organization = member.organization
                let visible = try VisibleMailboxes.of(tx, organization, viewer: member.user)
                let card = try Cards.page(tx, organization, .contact(customer.contact), visible: visible, limit: 500)
                guard let mailbox = visible.own,
                    let entry = card.entries.first(where: { $0.subject.hasSuffix(Confidential.hiddenSubject) })
                else { return false }
                guard try HiddenConversations.hide(tx, organization, entry.message, in: mailbox, now: now) else {
                    return false
                }
                try AuditTrail.record(
                    tx, organization, by: member.user, .conversationHidden, ["message": "\(entry.message)"], now: now)
                return true
            }
            if isHidden { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw DemoError.notHidden
    }

    /// A contact under each of their addresses.
    private static func customers(_ contact: Contact, account: String, language: Language) -> [Company.Customer] {
        contact.addresses.map { address in
            let name = language == .japanese ? "\(contact.lastName) \(contact.firstName)" : contact.name
            let called = language == .japanese ? contact.lastName : contact.firstName
            let isRoman = name.unicodeScalars.allSatisfy { $0.value < 0x3000 }
            let person = Person(
                isRoman ? contact.name : name, address, firstName: isRoman ? contact.firstName : called,
                languages: language == .english || (language == .japanese && isRoman)
                    ? [.english] : [language, .english],
                title: contact.title, company: account, phone: contact.phone)
            return Company.Customer(contact: contact.id, person: person)
        }
    }

    /// Someone who speaks their own language, English, and what their customers speak.
    private static func person(_ user: User, _ customers: [Company.Customer]) -> Person {
        var languages: [Language] = [user.locale == "fr" ? .french : .english, .english]
        for language in customers.compactMap(\.person.languages.first) where !languages.contains(language) {
            languages.append(language)
        }
        // Letters to a shared mailbox address nobody by name.
        return Person(
            user.name, user.email, firstName: user.person == nil ? nil : "all", languages: languages, title: user.title,
            company: SampleCompany.name, phone: "")
    }

    private static func countries(_ tx: any Transaction, _ organization: OrganizationID) throws -> [String: Language] {
        var languages: [String: Language] = [:]
        for listed in try Accounts.list(tx, organization, limit: 1000).elements {
            guard let account = try Accounts.find(tx, organization, listed.id) else { continue }
            switch account.country {
            case "France": languages[account.name] = .french
            case "Germany": languages[account.name] = .german
            case "Japan": languages[account.name] = .japanese
            default: languages[account.name] = .english
            }
        }
        return languages
    }
}
