import Foundation
import Generators
import TestServers

/// Mail for a mailbox of any size, the same in every run: one in ten messages was exchanged with a contact.
struct SampleMailbox {
    static let owner = Person("Ann Alder", "ann@aldermoor.example", title: "Sales", company: "Aldermoor")
    static let user = MailUser(owner.address, password: "post-office")
    static let now: Int64 = 1_790_000_000

    let count: Int

    /// 200 people of 40 companies.
    static let customers: [Person] = {
        let first = ["Bea", "Carl", "Dora", "Emil", "Fay", "Gus", "Hanna", "Igor", "Jana", "Karim"]
        let last = ["Moreau", "Schmidt", "Okafor", "Larsen", "Rossi", "Novak", "Tanaka", "Silva", "Berg", "Costa"]
        let languages: [[Language]] = [[.english], [.german, .english], [.french, .english], [.english]]
        return (0..<200).map { number in
            let (given, family) = (first[number % 10], last[number / 10 % 10])
            let company = "company\(number / 5)"
            return Person(
                "\(given) \(family)", "\(given).\(family).\(number)@\(company).example".lowercased(),
                languages: languages[number / 5 % 4], title: "Purchasing", company: company,
                phone: "+44 20 7946 0\(100 + number)")
        }
    }()

    private static let colleagues = (0..<6).map {
        Person("Colleague \($0)", "colleague\($0)@aldermoor.example", company: "Aldermoor")
    }

    /// Oldest first.
    func messages() -> [GeneratedMessage] {
        var generator = MailGenerator(seed: 2, now: Self.now)
        var random = SeededRandom(seed: 3)
        let matched = count / 10
        var result: [GeneratedMessage] = []
        result.reserveCapacity(count)
        while result.count < matched {
            let customer = Self.customers[Int.random(in: 0..<Self.customers.count, using: &random)]
            let others = Self.customers.filter { $0.company == customer.company && $0 != customer }
            result += generator.conversation(between: Self.owner, and: [customer] + others).prefix(
                matched - result.count)
        }
        while result.count < count {
            let rest = generator.mailbox(
                of: Self.owner, customers: [], colleagues: Self.colleagues, conversations: 0,
                unrelated: min(1000, count - result.count))
            result += rest
        }
        return result.prefix(count).sorted { ($0.date, $0.messageID) < ($1.date, $1.messageID) }
    }

    /// Puts the mail into a server's store, in INBOX, Sent and Archive.
    /// - Returns: octets written.
    func fill(_ server: DovecotServer) throws -> Int {
        let messages = messages()
        var octets = 0
        for (folder, members) in Dictionary(grouping: messages, by: Self.folder) {
            octets += members.reduce(0) { $0 + $1.bytes.count }
            try server.seed(
                Self.owner.address, folder: folder,
                messages: members.map {
                    SeedMessage($0.bytes, internalDate: Date(timeIntervalSince1970: Double($0.date)), flags: ["\\Seen"])
                })
        }
        return octets
    }

    private static func folder(of message: GeneratedMessage) -> String {
        switch message.folderHint {
        case .sent: "Sent"
        case .archive, .project: "Archive"
        case .inbox, .drafts, .junk, .trash: "INBOX"
        }
    }
}

extension DovecotServer {
    /// Throws away what the server remembers of headers and structures, as if no client had ever asked; UIDs stay.
    func forgetHeaders(of address: String) throws {
        let root = maildir(of: address)
        let folders =
            [root]
            + (try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
                .filter { $0.lastPathComponent.hasPrefix(".") })
        for folder in folders {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { continue }
            for name in names where name.hasPrefix("dovecot.index.cache") {
                try FileManager.default.removeItem(at: folder.appending(path: name))
            }
        }
    }
}
