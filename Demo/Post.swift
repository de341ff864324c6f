import Foundation
import Generators
import Mirror
import TestServers

/// The mail server of the demo, filled with mail, and the mail that is still to come.
struct Post: Sendable {
    /// A message on its way.
    struct Arrival: Sendable {
        let owner: Person
        let customer: Company.Customer
        let message: GeneratedMessage
    }

    /// The password of every mailbox; not the one of signing in to Mailcard.
    static let password = "post-office"

    let server: DovecotServer
    /// How many messages each address began with, besides drafts, spam and trash.
    let counts: [String: Int]
    /// What each mailbox began with.
    let mail: [String: [GeneratedMessage]]
    private let company: Company
    private var random: SeededRandom
    private var generator: MailGenerator
    private var turn = 0

    /// Starts Dovecot on loopback with a mailbox for each member.
    static func start(for company: Company, seed: UInt64, now: Int64) async throws -> Post {
        let users = company.members.map { MailUser($0.person.address, password: password) }
        let server = try await DovecotServer.start(users: users)
        var generator = MailGenerator(seed: seed, now: now)
        var counts: [String: Int] = [:]
        var mails: [String: [GeneratedMessage]] = [:]
        for member in company.members {
            let colleagues = company.members.map(\.person).filter { $0 != member.person }
            let isRich = member.user == company.newcomer.user
            var mail = generator.mailbox(
                of: member.person, customers: member.customers.map(\.person), colleagues: colleagues,
                conversations: member.customers.isEmpty ? 0 : isRich ? 70 : 40, unrelated: isRich ? 200 : 90)
            if member.seatOf == nil { mail += Confidential.mail(of: member, in: company, by: &generator, now: now) }
            try fill(server, member.person, with: mail, now: now)
            mails[member.person.address] = mail
            counts[member.person.address] = mail.filter { ![.drafts, .junk, .trash].contains($0.folderHint) }.count
        }
        return Post(
            server: server, counts: counts, mail: mails, company: company, seed: seed, generator: generator)
    }

    private init(
        server: DovecotServer, counts: [String: Int], mail: [String: [GeneratedMessage]], company: Company,
        seed: UInt64, generator: MailGenerator
    ) {
        self.mail = mail
        self.server = server
        self.counts = counts
        self.company = company
        self.generator = generator
        random = SeededRandom(seed: ~seed)
    }

    private static func fill(_ server: DovecotServer, _ owner: Person, with mail: [GeneratedMessage], now: Int64) throws
    {
        for (folder, messages) in Dictionary(grouping: mail, by: { name(of: $0.folderHint) }) {
            let seeds = messages.map { message -> SeedMessage in
                let isRead = message.folderHint != .inbox || now - message.date > 2 * 86_400
                return SeedMessage(
                    message.bytes, internalDate: Date(timeIntervalSince1970: Double(message.date)),
                    flags: isRead ? ["\\Seen"] : [])
            }
            try server.seed(owner.address, folder: folder, messages: seeds)
        }
    }

    private static func name(of folder: GeneratedMessage.Folder) -> String {
        switch folder {
        case .inbox: "INBOX"
        case .sent: "Sent"
        case .archive: "Archive"
        case .drafts: "Drafts"
        case .junk: "Junk"
        case .trash: "Trash"
        case .project(let name): name
        }
    }

    /// How its mailbox is reached.
    func settings(of owner: Person) -> MailboxSettings {
        MailboxSettings(
            address: owner.address,
            imap: ServerEndpoint(host: "127.0.0.1", port: server.ports.imap, security: .cleartext),
            smtp: ServerEndpoint(host: "127.0.0.1", port: server.ports.submission, security: .cleartext))
    }

    /// The next message: to the newcomer and to the connected colleagues by turns.
    mutating func next(at date: Date) -> Arrival {
        let owners = [company.newcomer] + company.connected.filter { !$0.customers.isEmpty }
        defer { turn += 1 }
        return arrival(for: owners[turn % owners.count], at: date)
    }

    /// One to the newcomer and one to a colleague whose mailbox is connected, so that there is something to see in any
    /// case.
    mutating func oneForEach(at date: Date) -> [Arrival] {
        let colleague = company.connected.first { !$0.customers.isEmpty }
        return ([company.newcomer] + [colleague].compactMap { $0 }).map { arrival(for: $0, at: date) }
    }

    private mutating func arrival(for owner: Company.Member, at date: Date) -> Arrival {
        let customer = owner.customers[Int.random(in: 0..<owner.customers.count, using: &random)]
        let message = generator.arrival(
            from: customer.person, to: owner.person, at: Int64(date.timeIntervalSince1970))
        return Arrival(owner: owner.person, customer: customer, message: message)
    }

    func deliver(_ arrival: Arrival) async throws {
        try await server.deliver(
            arrival.message.bytes, to: arrival.owner.address, from: arrival.customer.person.address)
    }

    func stop() async { await server.stop() }
}
