import CRM
import Database
import DatabaseSQLite
import Store
import Testing

@Suite struct SampleCompanyTests {
    private func loaded() async throws -> (any Database, OrganizationID) {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database, now: 1)
        let organization = try await database.write { try SampleCompany.load($0, passwordHash: "hash", now: Bench.now) }
        return (database, organization)
    }

    @Test func `its people can sign in and stand in one hierarchy under the director, but for the administrator`()
        async throws
    {
        let (database, organization) = try await loaded()
        try await database.read { tx in
            let users = try Users.people(tx, organization)
            #expect(users.count == 8)
            for user in users {
                #expect(try Users.candidates(tx, emailKey: user.email).map(\.user.id) == [user.id])
            }
            let director = try #require(users.first { $0.email == SampleCompany.directorEmail })
            let administrator = try #require(users.first { $0.email == SampleCompany.administratorEmail })
            #expect(users.filter(\.isAdministrator) == [administrator] && administrator.place == .outside)
            let below = try Users.hierarchy(tx, organization).below(director.id)
            #expect(below.isSuperset(of: Set(users.map(\.id)).subtracting([director.id, administrator.id])))
            // Two levels of managers: some who stand below the director have people below them.
            #expect(users.filter { $0.place == .below(director.id) }.count == 2)
            #expect(users.filter { user in users.contains { $0.place == .below(user.id) } }.count == 3)
        }
        #expect(SampleCompany.password.count >= PasswordRules.minimum)
    }

    @Test func `some of its contacts and accounts have notes, in the language of who looks after them`() async throws {
        let (database, organization) = try await loaded()
        try await database.read { tx in
            func count(_ table: String) throws -> Int64 {
                try tx.integer(
                    "SELECT count(*) FROM \(table) WHERE organization_id = $1 AND notes <> ''",
                    [.integer(organization.rawValue)])
            }
            let (contacts, accounts) = (try count("contacts"), try count("accounts"))
            #expect(contacts == 6 && accounts == 3)
        }
    }

    @Test func `its director, once all have mailboxes, sees all but the administrator's mail`() async throws {
        let (database, organization) = try await loaded()
        try await database.write { tx in
            let users = try Users.list(tx, organization)
            for user in users { _ = try Bench.mailbox(tx, organization, user.id, "m\(user.id)") }
            let director = try #require(users.first { $0.email == SampleCompany.directorEmail })
            let administrator = try #require(users.first { $0.email == SampleCompany.administratorEmail })
            let visible = try VisibleMailboxes.of(tx, organization, viewer: director.id)
            #expect(visible.mailboxes.count == 8 && !visible.mailboxes.contains { $0.owner == administrator.id })
            #expect(
                try VisibleMailboxes.of(tx, organization, viewer: administrator.id).mailboxes.map(\.owner) == [
                    administrator.id
                ])
        }
    }

    @Test func `it has a sync-only user of an account manager, whose mail that person and those above see`()
        async throws
    {
        let (database, organization) = try await loaded()
        try await database.write { tx in
            let seat = try #require(try Users.list(tx, organization).first { $0.email == SampleCompany.seatEmail })
            let owner = try #require(try seat.person.flatMap { try Users.find(tx, organization, $0) })
            #expect(try Users.candidates(tx, emailKey: seat.email).isEmpty && owner.person == nil)
            let mailbox = try Bench.mailbox(tx, organization, seat.id, "support")
            let viewers = try Users.people(tx, organization).filter {
                try VisibleMailboxes.of(tx, organization, viewer: $0.id).contains(mailbox)
            }
            #expect(viewers.contains(owner) && viewers.count >= 3)
            #expect(viewers.allSatisfy { $0 == owner || $0.level != .own })
        }
    }

    @Test func `it excludes its lawyers and its human resources, who are nobody's contacts`() async throws {
        let (database, organization) = try await loaded()
        try await database.read { tx in
            let patterns = try Exclusions.list(tx, organization).map(\.pattern)
            #expect(patterns == ["@" + SampleCompany.lawyersDomain, SampleCompany.humanResourcesEmail])
            #expect(patterns.allSatisfy { $0.hasSuffix(".example") })
            for contact in try ContactList.page(tx, organization, limit: 500).elements {
                #expect(contact.address?.hasSuffix("@" + SampleCompany.lawyersDomain) == false)
            }
        }
    }

    @Test func `its contacts are complete, belong to its companies and can be mirrored`() async throws {
        let (database, organization) = try await loaded()
        try await database.read { tx in
            let accounts = try Accounts.list(tx, organization, limit: 500)
            let contacts = try ContactList.page(tx, organization, limit: 500)
            #expect(accounts.next == nil && contacts.next == nil)
            #expect(accounts.elements.count == 12 && contacts.elements.count > 30)
            #expect(accounts.elements.allSatisfy { $0.contactCount > 0 && !$0.city.isEmpty })
            let domains = Dictionary(uniqueKeysWithValues: accounts.elements.map { ($0.id, $0.domain) })
            var addresses: [String] = []
            for listed in contacts.elements {
                let contact = try #require(try Contacts.find(tx, organization, listed.id))
                #expect(!contact.name.isEmpty && !contact.title.isEmpty && contact.owner != nil, "\(contact.name)")
                #expect(!contact.addresses.isEmpty, "\(contact.name)")
                addresses += contact.addresses
                guard let account = contact.account, let domain = domains[account] else { continue }
                // The main address is the company's; what is named example can belong to nobody (RFC 2606).
                #expect(contact.addresses[0].hasSuffix("@" + domain), "\(contact.name)")
            }
            #expect(addresses.allSatisfy { $0.hasSuffix(".example") && !$0.hasSuffix("@" + SampleCompany.domain) })
            #expect(try Organizations.find(tx, organization)?.ownDomains == [SampleCompany.domain])
            #expect(try AuditTrail.list(tx, organization, limit: 5).map(\.action) == [.organizationCreated])
        }
    }

    @Test func `its meetings and tasks lie around the day it is loaded on, some overdue and some done`() async throws {
        let (database, organization) = try await loaded()
        try await database.read { tx in
            let open = try ActivityList.open(tx, organization, .everyone, limit: 100).activities
            let done = try ActivityList.done(tx, organization, .everyone, limit: 100).activities
            #expect(open.count + done.count == 15 && done.count == 3)
            #expect(Set((open + done).map(\.owner)).count == 7 && Set((open + done).map(\.kind)).count == 4)
            #expect((open + done).allSatisfy { !$0.contacts.isEmpty && $0.account != nil })
            #expect(open.filter { $0.time.isOver(at: Bench.now, in: .gmt) }.count >= 3)
            for activity in open + done {
                let days = (activity.time.firstDay(in: .gmt).rawValue - Bench.now / 86_400)
                #expect((-14...14).contains(days) && activity.time.firstDay(in: .gmt).weekday < 6)
            }
        }
    }

    @Test func `it is loaded into an empty database only`() async throws {
        let (database, _) = try await loaded()
        let before = try await database.contents()
        await #expect(throws: SetupError.alreadyDone) {
            try await database.write { try SampleCompany.load($0, passwordHash: "hash", now: Bench.now) }
        }
        #expect(try await database.contents() == before)
    }
}
