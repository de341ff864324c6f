import CRM
import Database
import DatabaseSQLite
import Foundation
import Logging
import Mirror
import Networking
import OAuth
import Sandbox
import Store
import Synchronization

@testable import MicrosoftProvider
@testable import SyncEngine

/// A person's calendar in the sandbox, and the outbox that is written to it.
final class CalendarBench: Sendable {
    let sandbox: MicrosoftSandbox
    let calendar: any CalendarTarget
    /// Graph's id of the person's own calendar.
    let main: String
    private let account: MicrosoftAccount
    private let web: WebClient
    private let database: any Database
    private let organization: OrganizationID
    private let ann: UserID
    private let mailboxID: MailboxID
    private let clock = Mutex<Int64>(1_795_856_400)

    static func open(
        scopes: [String] = ["User.Read", "Mail.Read", "Calendars.ReadWrite"],
        _ work: (CalendarBench) async throws -> Void
    ) async throws {
        let sandbox = try await MicrosoftSandbox.start()
        do {
            let bench = try await CalendarBench(sandbox, scopes)
            try await work(bench)
            await bench.web.close()
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }

    private init(_ sandbox: MicrosoftSandbox, _ scopes: [String]) async throws {
        self.sandbox = sandbox
        var quirks = sandbox.quirks
        quirks.callsInTenMinutes = .max
        sandbox.quirks = quirks
        let app = sandbox.register(
            Sandbox.MicrosoftApp(secret: "s3cret", redirectURIs: ["https://crm.example/connect/return"]))
        account = sandbox.add(MicrosoftAccount(principalName: "ann@contoso.example", displayName: "Ann Berg"))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        web = WebClient(network: NetworkPolicy(allowsPrivateNetworks: true), logger: logger)
        var pace = MicrosoftPace()
        pace.sleep = { _ in try Task.checkCancellation() }
        let now = Int64(sandbox.clock.now.timeIntervalSince1970)
        let provider = MicrosoftMailProvider(
            cloud: MicrosoftCloud(authority: sandbox.url, graph: sandbox.url), exchange: web, now: { now }, pace: pace,
            logger: logger)
        let tokens = try sandbox.tokens(for: account, app: app, scopes: scopes)
        let credentials = try TokenSet(
            accessToken: Secret(tokens.access), refreshToken: Secret(tokens.refresh), issuedAt: now,
            expiresAt: now + 3600, scopes: scopes
        ).credentials
        let tenant = sandbox.tenantID
        let session = provider.session(
            MailboxAccess(
                settings: MailboxSettings(address: "ann@contoso.example"), credentials: credentials,
                app: { ProviderApp(clientID: app.clientID, secret: Secret("s3cret"), tenant: tenant) }))
        guard let calendar = session.calendar, let own = try await calendar.calendars().first else {
            throw SourceError.misconfigured("no calendar")
        }
        self.calendar = calendar
        main = own.id
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database)
        self.database = database
        (organization, ann, mailboxID) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Acme", ownDomains: [], now: 1)
            var form = UserForm()
            (form.name, form.email) = ("Ann", "ann@contoso.example")
            let ann = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
            let mailbox = try Mailboxes.create(
                tx, organization, user: ann, settings: MailboxSettings(address: "ann@contoso.example"),
                addressKey: "ann@contoso.example", provider: "microsoft365", now: 1)
            try MailboxCalendars.setAccount(tx, organization, mailbox, "microsoft365:ann")
            try MailboxCalendars.choose(tx, organization, mailbox, own, now: 1)
            return (organization, ann, mailbox)
        }
    }

    @discardableResult
    func mailbox<Result>(_ act: (inout Mailbox) throws -> Result) throws -> Result {
        try sandbox.withMailbox(of: account) { mailbox, _ in try act(&mailbox) }
    }

    func events() throws -> [MailboxEvent.Content] {
        try mailbox { mailbox in mailbox.events(in: mailbox.calendars[0].id).map(\.content) }
            .sorted { $0.title < $1.title }
    }

    private func valid(_ title: String) throws -> ValidActivity {
        var form = ActivityForm()
        (form.kind, form.title, form.owner) = (.meeting, title, ann)
        (form.startDay, form.startTime, form.showsInCalendar) = ("2026-11-30", "14:00", true)
        return try form.validated(in: .gmt)
    }

    func plan(_ title: String) async throws -> ActivityID {
        let (valid, organization) = (try valid(title), organization)
        return try await database.write { try Activities.create($0, organization, valid, now: 2) }
    }

    func edit(_ id: ActivityID, _ title: String) async throws {
        let (valid, organization) = (try valid(title), organization)
        try await database.write { _ = try Activities.update($0, organization, id, valid, now: 3) }
    }

    func delete(_ id: ActivityID) async throws {
        let organization = organization
        try await database.write { try Activities.delete($0, organization, id, now: 4) }
    }

    /// What the CRM holds of activities and contacts, as text.
    func everything() async throws -> [String] {
        try await database.read { tx in
            try tx.rows("SELECT id, title, notes, starts_at, ends_at, updated_at FROM activities ORDER BY id") { row in
                try (0..<6).map { index in
                    [1, 2].contains(index) ? try row.text(index) : "\(try row.integer(index))"
                }.joined(separator: "|")
            } + tx.rows("SELECT last_name FROM contacts ORDER BY id") { try $0.text(0) }
        }
    }

    func titles(of activities: [ActivityID]) async throws -> [String] {
        let organization = organization
        return try await database.read { tx in
            try activities.compactMap { try Activities.find(tx, organization, $0)?.title }.sorted()
        }
    }

    var push: CalendarPush {
        CalendarPush(
            organization: organization, mailbox: mailboxID, database: database, target: calendar,
            now: { self.clock.withLock { $0 } }, committed: {},
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func settle() async throws {
        for _ in 0..<10 {
            guard let next = try await push.pass().next else { return }
            clock.withLock { $0 = max($0, next) }
        }
    }
}
