import CRM
import Database
import DatabaseSQLite
import Foundation
import Logging
import Mail
import Mirror
import Networking
import OAuth
import Sandbox
import Store
import Synchronization
import Testing

@testable import MicrosoftProvider
@testable import SyncEngine

/// A database with one organisation and one connected mailbox in a sandbox for Microsoft, worked by the engine's own
/// parts.
final class GraphBench: Sendable {
    let sandbox: MicrosoftSandbox
    let account: MicrosoftAccount
    let app: Sandbox.MicrosoftApp
    let web: WebClient
    let asking: Asking
    let poison: Poison
    let registration: MicrosoftRegistration
    let provider: MicrosoftMailProvider
    let source: MicrosoftMailSource
    let kept = Mutex<[Secret<String>]>([])

    let database: any Database
    let organization: OrganizationID
    let user: UserID
    let mailboxID: MailboxID
    /// Seconds since 1970 UTC; the sandbox's clock goes along.
    let clock: Mutex<Int64>
    let elapsed: Mutex<Duration>
    let addressBook = SharedAddressBook()
    let parking = FolderParking()
    let textsWanted = WakeSignal()

    static let start: Int64 = 1_795_856_400

    /// - Parameter poison: texts of messages that the service cannot show.
    static func open(poison: Set<String> = [], _ work: (GraphBench) async throws -> Void) async throws {
        let sandbox = try await MicrosoftSandbox.start(
            clock: SandboxClock(standingAt: Date(timeIntervalSince1970: Double(start))))
        let bench: GraphBench
        do {
            bench = try await GraphBench(sandbox, poison: poison)
        } catch {
            await sandbox.stop()
            throw error
        }
        do {
            try await work(bench)
        } catch {
            await bench.web.close()
            await sandbox.stop()
            throw error
        }
        await bench.web.close()
        await sandbox.stop()
        #expect(try bench.asking.violations() == [])
    }

    private init(_ sandbox: MicrosoftSandbox, poison: Set<String>) async throws {
        self.sandbox = sandbox
        var quirks = sandbox.quirks
        quirks.callsInTenMinutes = .max
        sandbox.quirks = quirks
        let app = sandbox.register(
            Sandbox.MicrosoftApp(secret: "s3cret", redirectURIs: ["https://crm.example/oauth/back"]))
        self.app = app
        account = sandbox.add(
            MicrosoftAccount(
                principalName: "ann@contoso.example", displayName: "Ann Berg", mail: "ann@acme.example",
                aliases: ["berg@acme.example"]))
        web = WebClient(
            network: NetworkPolicy(allowsPrivateNetworks: true),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        self.poison = Poison(web, marks: poison)
        asking = Asking(self.poison)
        let elapsed = Mutex(Duration.zero)
        self.elapsed = elapsed
        let clock = Mutex(Self.start)
        self.clock = clock
        let holder = Held()
        var pace = MicrosoftPace()
        let origin = ContinuousClock.now
        // Pauses are not waited for.
        pace.sleep = { _ in
            try Task.checkCancellation()
            await Task.yield()
        }
        pace.instant = { origin + (holder.bench?.elapsed.withLock { $0 } ?? .zero) }
        registration = MicrosoftRegistration(
            cloud: MicrosoftCloud(
                authority: sandbox.url, graph: sandbox.url, resource: "https://graph.microsoft.com"),
            tenant: sandbox.tenantID,
            client: OAuthClient(
                clientID: app.clientID, secret: Secret("s3cret"), redirectURI: "https://crm.example/oauth/back"))
        provider = MicrosoftMailProvider(
            cloud: registration.cloud, exchange: asking,
            now: { holder.bench?.clock.withLock { $0 } ?? Self.start }, pace: pace,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let tokens = try sandbox.tokens(for: account, app: app, scopes: ["User.Read", "Mail.Read"])
        let credentials = try TokenSet(
            accessToken: Secret(tokens.access), refreshToken: Secret(tokens.refresh), issuedAt: Self.start,
            expiresAt: Self.start + 3600, scopes: ["User.Read", "Mail.Read"]
        ).credentials
        source = provider.source(
            MailboxAccess(
                settings: MailboxSettings(address: "ann@acme.example"), credentials: credentials,
                keep: { fresh in holder.bench?.kept.withLock { $0.append(fresh) } },
                app: {
                    ProviderApp(clientID: app.clientID, secret: Secret("s3cret"), tenant: sandbox.tenantID)
                }))

        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database)
        self.database = database
        (organization, user, mailboxID) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Acme", ownDomains: ["acme.example"], now: 1)
            var form = UserForm()
            form.name = "Ann"
            form.email = "ann@acme.example"
            let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
            let mailbox = try Mailboxes.create(
                tx, organization, user: user, settings: MailboxSettings(address: "ann@acme.example"),
                addressKey: "ann@acme.example", provider: "microsoft", now: 1)
            return (organization, user, mailbox)
        }
        holder.set(self)
    }

    /// For closures that are made before the bench is.
    private final class Held: Sendable {
        private let held = Mutex<Weak?>(nil)
        private struct Weak { weak var bench: GraphBench? }
        var bench: GraphBench? { held.withLock { $0?.bench } }
        func set(_ bench: GraphBench) { held.withLock { $0 = Weak(bench: bench) } }
    }

    func advance(by seconds: Int64) {
        clock.withLock { $0 += seconds }
        elapsed.withLock { $0 += .seconds(seconds) }
        sandbox.clock.advance(by: Double(seconds))
    }

    // MARK: The engine's work

    var context: MailboxContext {
        MailboxContext(
            organization: organization, mailbox: mailboxID, database: database, source: source,
            configuration: EngineConfiguration(), addressBook: addressBook, now: { self.clock.withLock { $0 } },
            committed: {}, changes: { AsyncStream { $0.finish() } },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @discardableResult
    func pass() async throws -> MailboxPass.Report {
        try await MailboxPass(context: context, textsWanted: { self.textsWanted.set() }, parking: parking).run()
    }

    /// As the mailbox's task does it: passes until nothing is open, added addresses, set-asides, texts.
    func settle() async throws {
        for _ in 0..<5 {
            let report = try await pass()
            if !(report.isComplete && !report.isBlind && report.orphansRemain) && !report.folderWentMissing { break }
        }
        let search = AddressSearch(context: context, textsWanted: {})
        try await search.backfill()
        try await search.retrySetAsides()
        while try await TextFetching(context: context, wanted: textsWanted).fetch(upTo: 1_000) != nil {}
    }

    func verify() async throws -> MirrorCheck {
        try await MirrorVerification(context: context, textsWanted: {}, parking: parking).run()
        let (organization, mailboxID) = (organization, mailboxID)
        let row = try await database.read { try Mailboxes.find($0, organization, mailboxID) }
        return try #require(row?.lastCheck)
    }

    // MARK: The remote user

    func mailbox<Result>(_ act: (inout Mailbox, Date) throws -> Result) throws -> Result {
        try sandbox.withMailbox(of: account, act)
    }

    @discardableResult
    func deliver(
        _ id: String, from: String = "carl@client.example", to: [String] = ["ann@acme.example"],
        in role: MailboxFolder.Role = .inbox, text: String? = nil, html: String? = nil,
        attachments: [MailboxAttachment] = [], headers: [MailboxLetter.Header] = []
    ) throws -> MailboxMessage.ID {
        try mailbox { mailbox, now in
            mailbox.deliver(
                letter(
                    id, from: from, to: to, text: html == nil ? text ?? "Text of \(id)" : text, html: html,
                    attachments: attachments, headers: headers),
                to: mailbox.folder(role).id, at: now)
        }
    }

    func letter(
        _ id: String, from: String = "carl@client.example", to: [String] = ["ann@acme.example"],
        text: String? = "Hello.", html: String? = nil, attachments: [MailboxAttachment] = [],
        headers: [MailboxLetter.Header] = []
    ) -> MailboxLetter {
        MailboxLetter(
            messageID: "<\(id)>", subject: "About \(id)", from: MailboxAddress(from, name: "Somebody"),
            to: to.map { MailboxAddress($0) }, sent: Date(timeIntervalSince1970: Double(Self.start - 60)), text: text,
            html: html, attachments: attachments, headers: headers)
    }

    /// Folders whose messages are mirrored, as the sandbox has them.
    func mirroredFolders(_ mailbox: Mailbox) -> [MailboxFolder] {
        let excluded: Set<MailboxFolder.Role> = [
            .root, .drafts, .deleted, .junk, .outbox, .conversationHistory, .syncIssues, .recoverable,
        ]
        return mailbox.folders.filter { folder in
            var current: MailboxFolder? = folder
            while let above = current {
                if excluded.subtracting([.root]).contains(above.role) { return false }
                current = above.parent.flatMap { mailbox.folder($0) }
            }
            return folder.role != .root
        }
    }

    /// The letters that stand in mirrored folders.
    func mirroredLetters() throws -> [MailboxLetter] {
        try mailbox { mailbox, _ in
            mirroredFolders(mailbox).flatMap { mailbox.messages(in: $0.id).map(\.letter) }
        }
    }

    // MARK: What stands on the cards

    @discardableResult
    func addContact(_ addresses: String...) async throws -> ContactID {
        let organization = organization
        return try await database.write { tx in
            var form = ContactForm()
            form.lastName = addresses[0]
            form.addresses = addresses
            return try Contacts.create(tx, organization, try form.validated(), now: 1)
        }
    }

    /// The Message-IDs on a contact's card, in order.
    func card(_ contact: ContactID) async throws -> [String] {
        let organization = organization
        return try await database.read { tx in
            try tx.rows(
                """
                SELECT m.message_id FROM card_entries e JOIN messages m ON m.id = e.message_id
                WHERE e.organization_id = $1 AND e.contact_id = $2 ORDER BY 1
                """, [.integer(organization.rawValue), .integer(contact.rawValue)]
            ) { try $0.optionalText(0) ?? "" }
        }
    }

    func text(ofMessageWithID id: String) async throws -> String? {
        try await database.read { tx in
            try tx.first(
                "SELECT t.body FROM messages m JOIN message_texts t ON t.message_id = m.id WHERE m.message_id = $1",
                [.text(id)]
            ) { try $0.text(0) }
        }
    }

    func accounting() async throws -> Accounting {
        let (organization, mailboxID) = (organization, mailboxID)
        return try await database.read { tx in
            try MailboxAccounting.folders(tx, organization, mailboxID).reduce(Accounting()) { $0 + $1.accounting }
        }
    }
}
