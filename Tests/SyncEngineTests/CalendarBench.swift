import CRM
import Database
import DatabaseSQLite
import FakeMailbox
import Foundation
import Logging
import Mirror
import Store
import Synchronization

@testable import SyncEngine

/// An organisation whose Ann and Ben have a mailbox, and Ann a calendar in memory.
final class CalendarBench: Sendable {
    let database: any Database
    let organization: OrganizationID
    let ann: UserID
    let ben: UserID
    let mailbox: MailboxID
    let calendar = FakeCalendar()
    let clock = Mutex<Int64>(1_000_000)

    init() async throws {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database)
        self.database = database
        (organization, ann, ben, mailbox) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Acme", ownDomains: ["acme.example"], now: 1)
            func user(_ name: String) throws -> UserID {
                var form = UserForm()
                form.name = name
                form.email = "\(name)@acme.example"
                return try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
            }
            let (ann, ben) = (try user("Ann"), try user("Ben"))
            let mailbox = try Mailboxes.create(
                tx, organization, user: ann, settings: MailboxSettings(address: "ann@acme.example"),
                addressKey: "ann@acme.example", provider: "fake", now: 1)
            try MailboxCalendars.setAccount(tx, organization, mailbox, "fake:ann")
            return (organization, ann, ben, mailbox)
        }
        try await choose("main")
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction, OrganizationID) throws -> T) async throws -> T
    {
        let organization = organization
        return try await database.read { try body($0, organization) }
    }

    @discardableResult
    func write<T: Sendable>(
        _ body: @escaping @Sendable (any Transaction, OrganizationID) throws -> T
    ) async throws -> T {
        let organization = organization
        return try await database.write { try body($0, organization) }
    }

    func choose(_ id: String?) async throws {
        let mailbox = mailbox
        try await write {
            try MailboxCalendars.choose($0, $1, mailbox, id.map { RemoteCalendar(id: $0, name: $0) }, now: 1)
        }
    }

    func valid(
        _ title: String, owner: UserID? = nil, contacts: [ContactID] = [], isShown: Bool = true
    ) throws -> ValidActivity {
        var form = ActivityForm()
        (form.kind, form.title, form.owner, form.notes) = (.meeting, title, owner ?? ann, "")
        (form.startDay, form.startTime, form.endTime) = ("2026-11-23", "14:00", "15:00")
        (form.contacts, form.showsInCalendar) = (contacts, isShown)
        return try form.validated(in: .gmt)
    }

    @discardableResult
    func plan(_ title: String, contacts: [ContactID] = []) async throws -> ActivityID {
        let valid = try valid(title, contacts: contacts)
        return try await write { try Activities.create($0, $1, valid, now: 2) }
    }

    func edit(_ id: ActivityID, _ title: String, owner: UserID? = nil, isShown: Bool = true) async throws {
        let valid = try valid(title, owner: owner, isShown: isShown)
        try await write { _ = try Activities.update($0, $1, id, valid, now: 3) }
    }

    var push: CalendarPush { push(on: database) }

    func push(on database: any Database) -> CalendarPush {
        CalendarPush(
            organization: organization, mailbox: mailbox, database: database, target: calendar,
            now: { self.clock.withLock { $0 } }, committed: {},
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Works off all that can be done, whatever time it takes.
    func settle() async throws {
        for _ in 0..<10 {
            guard let next = try await push.pass().next else { return }
            clock.withLock { $0 = max($0, next) }
        }
    }

    /// The titles in each calendar, those that nobody at Mailcard made as "(own)".
    func titles(_ id: String = "main") -> [String] {
        calendar.state.withLock { state in
            state.events.values.filter { $0.calendar == id }.map { $0.content?.title ?? "(own)" }.sorted()
        }
    }

    func problem() async throws -> String? {
        let mailbox = mailbox
        return try await read { try MailboxCalendars.choice($0, $1, mailbox)?.problem?.english }
    }

    /// As a person does in their own calendar.
    func deleteByHand(_ title: String) {
        calendar.state.withLock { state in
            state.events = state.events.filter { $0.value.content?.title != title }
        }
    }
}
