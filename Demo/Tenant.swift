import Foundation
import Generators
import Sandbox

/// Microsoft 365 as the sandbox plays it, with an account for everyone whose mailbox is not connected yet.
struct Tenant: Sendable {
    private let sandbox: MicrosoftSandbox
    private let accounts: [String: MicrosoftAccount]
    private static let secret = "demo-secret"

    /// - Parameter mail: what each address has in its mailbox.
    static func start(for company: Company, mail: [String: [GeneratedMessage]]) async throws -> Tenant {
        let sandbox = try await MicrosoftSandbox.start(
            domain: String(company.newcomer.person.address.drop { $0 != "@" }.dropFirst()))
        // The port of a loopback address does not matter (RFC 8252, section 7.3).
        let app = sandbox.register(
            MicrosoftApp(name: "Mailcard", secret: secret, redirectURIs: ["http://127.0.0.1/connect/return"]))
        let connected = Set(company.connected.map(\.user))
        var accounts: [String: MicrosoftAccount] = [:]
        for member in company.members where member.seatOf == nil && !connected.contains(member.user) {
            let address = member.person.address
            let account = sandbox.add(
                MicrosoftAccount(
                    principalName: address, displayName: member.person.name, password: Post.password))
            try sandbox.withMailbox(of: account) { mailbox, _ in
                for message in mail[address] ?? [] {
                    mailbox.deliver(
                        letter(message), to: folder(message.folderHint, in: &mailbox),
                        at: Date(timeIntervalSince1970: Double(message.date)))
                }
            }
            accounts[address] = account
        }
        return Tenant(sandbox: sandbox, accounts: accounts, clientID: app.clientID)
    }

    private let clientID: String

    private init(sandbox: MicrosoftSandbox, accounts: [String: MicrosoftAccount], clientID: String) {
        self.sandbox = sandbox
        self.accounts = accounts
        self.clientID = clientID
    }

    /// What tells the server of it.
    var environment: [String: String] {
        [
            "MAILCARD_MICROSOFT_URL": sandbox.url, "MAILCARD_MICROSOFT_CLIENT_ID": clientID,
            "MAILCARD_MICROSOFT_CLIENT_SECRET": Self.secret, "MAILCARD_MICROSOFT_TENANT": sandbox.tenantID,
        ]
    }

    func deliver(_ arrival: Post.Arrival) throws {
        guard let account = accounts[arrival.owner.address] else { return }
        try sandbox.withMailbox(of: account) { mailbox, now in
            mailbox.deliver(Self.letter(arrival.message), to: mailbox.folder(.inbox).id, at: now)
        }
    }

    func stop() async { await sandbox.stop() }

    private static func letter(_ message: GeneratedMessage) -> MailboxLetter {
        func all(_ people: [Person]) -> [MailboxAddress] { people.map { MailboxAddress($0.address, name: $0.name) } }
        return MailboxLetter(
            messageID: message.messageID, subject: message.subject, from: all([message.from]).first,
            to: all(message.to), cc: all(message.cc), bcc: all(message.bcc),
            sent: Date(timeIntervalSince1970: Double(message.date)), text: message.text)
    }

    private static func folder(_ hint: GeneratedMessage.Folder, in mailbox: inout Mailbox) -> MailboxFolder.ID {
        switch hint {
        case .inbox: mailbox.folder(.inbox).id
        case .sent: mailbox.folder(.sent).id
        case .archive: mailbox.folder(.archive).id
        case .drafts: mailbox.folder(.drafts).id
        case .junk: mailbox.folder(.junk).id
        case .trash: mailbox.folder(.deleted).id
        case .project(let name):
            mailbox.folders.first { $0.name == name }?.id ?? mailbox.createFolder(name)
        }
    }
}
