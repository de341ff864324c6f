import CRM
import Database
import DatabaseSQLite
import Store
import Testing

@Suite struct SetupTests {
    private func setup(_ email: String = "eve@acme.example") throws -> ValidSetup {
        var form = SetupForm()
        form.organizationName = " Acme "
        form.administrator.name = "Eve"
        form.administrator.email = email
        form.administrator.password = Secret("correct horse battery")
        return try form.validated()
    }

    @Test func `the first start makes the organisation and its administrator, at the top and seeing nobody's mail`()
        async throws
    {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database, now: 1)
        let setup = try setup()
        try await database.write { tx in
            #expect(try Setup.isNeeded(tx))
            let (organization, administrator) = try Setup.run(
                tx, setup, passwordHash: "hash", locale: "fr", timeZone: "Europe/Oslo", now: 5)
            #expect(try !Setup.isNeeded(tx))
            let row = try Organizations.find(tx, organization)
            #expect(row?.name == "Acme" && row?.ownDomains == ["acme.example"] && row?.mirrorsReceived == true)
            let user = try Users.find(tx, organization, administrator)
            #expect(user?.isAdministrator == true && user?.place == .top && user?.level == .own)
            #expect(user?.locale == "fr" && user?.timeZone == "Europe/Oslo")
            #expect(try AuditTrail.list(tx, organization, limit: 5).map(\.action) == [.organizationCreated])
        }
        #expect(try await database.tables(holding: "correct horse battery") == [])
    }

    @Test func `an administrator with a free-mail address gives the organisation no domain`() throws {
        #expect(try setup("eve@gmail.com").ownDomains == [])
    }

    @Test func `it is open once, also when two press the button at the same moment`() async throws {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database, now: 1)
        let setup = try setup()
        let outcomes = await withTaskGroup(of: Result<Void, any Error>.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    do {
                        try await database.write { tx in _ = try Setup.run(tx, setup, passwordHash: "hash", now: 5) }
                        return .success(())
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let failures = outcomes.compactMap { outcome in
            if case .failure(let error) = outcome { error as? SetupError } else { nil }
        }
        #expect(failures == [.alreadyDone, .alreadyDone, .alreadyDone])
        #expect(try await database.count("organizations") == 1)
        #expect(try await database.count("users") == 1)
        await #expect(throws: SetupError.alreadyDone) {
            try await database.write { try SampleCompany.load($0, passwordHash: "hash", now: Bench.now) }
        }
    }
}
