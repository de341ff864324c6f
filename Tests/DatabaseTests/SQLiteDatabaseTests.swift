import Database
import DatabaseSQLite
import Dispatch
import Foundation
import Testing

/// What only a database in a file can show.
@Suite struct SQLiteDatabaseTests {
    private func opening(_ path: String) -> DatabaseError? {
        #expect(throws: DatabaseError.self) { _ = try SQLiteDatabase(path: path) }
    }

    @Test func `a missing folder is named`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "missing/test.sqlite").path
            let error = opening(path)
            #expect(error == .cannotOpen(path: path, why: .folderMissing))
            #expect(error?.sentence.english.contains("does not exist") == true)
        }
    }

    @Test func `a folder in the place of the file is named`() async throws {
        try await withTemporaryFolder { folder in
            #expect(opening(folder.path) == .cannotOpen(path: folder.path, why: .notAFile))
        }
    }

    @Test func `a file that is no database is left as it was`() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "letter.txt")
            let content = Data(repeating: UInt8(ascii: "x"), count: 10_000)
            try content.write(to: file)
            #expect(opening(file.path) == .cannotOpen(path: file.path, why: .notADatabase))
            #expect(try Data(contentsOf: file) == content)
        }
    }

    @Test func `what was committed is in the files although they were never closed`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            let database = try SQLiteDatabase(path: path)
            try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY)")
                for id in 1...1_000 { try tx.execute("INSERT INTO things VALUES ($1)", [.integer(id)]) }
            }
            // As a killed process leaves them: the file and its log, without a checkpoint.
            let copy = folder.appending(path: "copy.sqlite").path
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
            let reopened = try SQLiteDatabase(path: copy)
            #expect(try await reopened.read { try $0.integer("SELECT count(*) FROM things") } == 1_000)
        }
    }

    @Test func `a full disk refuses the write, keeps what was there and recovers`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            var settings = SQLiteSettings()
            settings.maximumBytes = 200_000
            let database = try SQLiteDatabase(path: path, settings: settings)
            try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY, body BLOB)")
                try tx.execute("INSERT INTO things VALUES (1, $1)", [.blob([1, 2, 3])])
            }
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    for id in 2...100 {
                        try tx.execute(
                            "INSERT INTO things VALUES ($1, $2)",
                            [.integer(id), .blob([UInt8](repeating: 7, count: 10_000))])
                    }
                }
            }
            #expect(error == .full)
            #expect(error?.sentence.english.contains("Nothing was lost") == true)
            #expect(error?.retry == .onceRepaired)
            #expect(try await database.read { try $0.rows("SELECT id FROM things") { try $0.integer(0) } } == [1])
            try await database.write { tx in try tx.execute("INSERT INTO things VALUES (2, $1)", [.blob([4])]) }
            #expect(try await database.read { try $0.integer("SELECT count(*) FROM things") } == 2)
            #expect(try await database.read { try $0.rows("PRAGMA integrity_check") { try $0.text(0) } } == ["ok"])
        }
    }

    @Test func `another program that holds the database is waited for, then named`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            var settings = SQLiteSettings()
            settings.patience = 0.05
            let one = try SQLiteDatabase(path: path, settings: settings)
            let other = try SQLiteDatabase(path: path, settings: settings)
            try await one.write { try $0.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY)") }
            let (isWritten, written) = AsyncStream.makeStream(of: Void.self)
            let mayEnd = DispatchSemaphore(value: 0)
            async let holding: Void = one.write { tx in
                try tx.execute("INSERT INTO things VALUES (1)")
                written.yield()
                mayEnd.wait()
            }
            for await _ in isWritten { break }
            let error = await #expect(throws: DatabaseError.self) {
                try await other.write { tx in _ = try tx.execute("INSERT INTO things VALUES (2)") }
            }
            mayEnd.signal()
            try await holding
            #expect(error == .busy)
            #expect(error?.retry == .soon)
        }
    }

    @Test func `the file is in WAL mode with references enforced`() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder.appending(path: "test.sqlite").path)
            let settings = try await database.write { tx in
                try ["journal_mode", "synchronous", "foreign_keys", "temp_store", "mmap_size"].map { pragma in
                    try tx.rows("PRAGMA \(pragma)")[0].value(0)
                }
            }
            #expect(settings == [.text("wal"), .integer(1), .integer(1), .integer(2), .integer(0)])
        }
    }
}
