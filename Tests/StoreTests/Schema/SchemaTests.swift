import Database
import DatabaseSQLite
import Foundation
import Store
import Testing

@Suite struct SchemaTests {
    private func definitions(_ database: any Database) async throws -> [String] {
        try await database.read { tx in
            try tx.rows("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name") { try $0.text(0) }
        }
    }

    @Test(arguments: Keeping.allCases)
    func `bringing the schema up to date twice changes nothing the second time`(_ keeping: Keeping) async throws {
        try await keeping.withDatabase { database, _ in
            let ran = try await Schema.migrator.run(on: database, now: 1)
            #expect(ran == Schema.migrator.steps.map(\.name) && !ran.isEmpty)
            let before = try await definitions(database)
            #expect(try await Schema.migrator.run(on: database, now: 2) == [])
            #expect(try await definitions(database) == before)
        }
    }

    @Test func `a database that was closed opens again with everything in it`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            let first = try SQLiteDatabase(path: path)
            let bench = try await Bench(first)
            try await bench.contact("carol@client.example")
            try await bench.apply([mail(1, "a", to: ["carol@client.example"])], in: bench.inbox)
            let before = try await first.contents()
            try first.close()
            let second = try SQLiteDatabase(path: path)
            defer { try? second.close() }
            #expect(try await Schema.migrator.run(on: second, now: 9) == [])
            #expect(try await second.contents() == before)
        }
    }

    @Test func `every table of people's data leads its keys by the organisation`() async throws {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database, now: 1)
        try await database.read { tx in
            let tables = try tx.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            {
                try $0.text(0)
            }
            // Of the index, which is asked only together with the rows of cards, the tables are SQLite's own.
            for table in tables
            where table != "organizations" && table != "schema_migrations" && !table.hasPrefix("message_search") {
                let columns = try tx.rows("SELECT name FROM pragma_table_info('\(table)')") { try $0.text(0) }
                #expect(columns.contains("organization_id"), "\(table)")
            }
        }
    }
}
