import Database
import Testing

@Suite struct MigratorTests {
    let first = Migration("1-first", [.sqlite: "CREATE TABLE a (x INTEGER); CREATE TABLE b (y INTEGER)"])
    let second = Migration("2-second", [.sqlite: "ALTER TABLE a ADD COLUMN z TEXT"])

    @Test(arguments: Driver.allCases)
    func `steps run once, in order, and are remembered`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            #expect(try await Migrator([first]).run(on: database, now: 5) == ["1-first"])
            #expect(try await Migrator([first, second]).run(on: database, now: 6) == ["2-second"])
            #expect(try await Migrator([first, second]).run(on: database, now: 7) == [])
            let remembered = try await database.read { tx in
                try tx.rows("SELECT name, ran_at FROM schema_migrations ORDER BY name") {
                    "\(try $0.text(0)) \(try $0.integer(1))"
                }
            }
            #expect(remembered == ["1-first 5", "2-second 6"])
        }
    }

    @Test(arguments: Driver.allCases)
    func `a step that fails leaves nothing behind`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let broken = Migration("2-broken", [.sqlite: "CREATE TABLE c (x INTEGER); CREATE TABLE a (again INTEGER)"])
            await #expect(throws: MigrationError.self) {
                try await Migrator([first, broken]).run(on: database, now: 1)
            }
            let tables = try await database.read { tx in
                try tx.rows("SELECT name FROM schema_migrations") { try $0.text(0) }
                    + [tx.exists("SELECT 1 FROM sqlite_master WHERE name = 'c'") ? "c" : "no c"]
            }
            #expect(tables == ["1-first", "no c"])
            #expect(try await Migrator([first, second]).run(on: database, now: 2) == ["2-second"])
        }
    }

    @Test(arguments: Driver.allCases)
    func `a database used by a newer version is left alone and says so`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await Migrator([first, second]).run(on: database, now: 1)
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator([first]).run(on: database, now: 2)
            }
            #expect(error == .databaseIsNewer(unknownSteps: ["2-second"]))
            #expect(error?.sentence.english.contains("newer version") == true)
        }
    }

    @Test(arguments: Driver.allCases)
    func `a step without statements for the kind of database is refused`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let foreign = Migration("1-foreign", [:])
            await #expect(throws: MigrationError.noStatements(step: "1-foreign", dialect: database.dialect)) {
                try await Migrator([foreign]).run(on: database, now: 1)
            }
        }
    }
}
