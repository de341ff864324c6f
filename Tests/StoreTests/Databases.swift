import Database
import DatabaseSQLite
import Foundation
import Testing

/// Where the store's tests keep their database.
enum Keeping: String, CaseIterable, CustomTestStringConvertible {
    case memory, file

    var testDescription: String { rawValue }

    /// Lends an empty database and the folder of its file.
    func withDatabase<T>(_ body: (any Database, URL) async throws -> T) async throws -> T {
        try await withTemporaryFolder { folder in
            let database =
                switch self {
                case .memory: try SQLiteDatabase.inMemory()
                case .file: try SQLiteDatabase(path: folder.appending(path: "test.sqlite").path)
                }
            defer { try? database.close() }
            return try await body(database, folder)
        }
    }
}

func withTemporaryFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailcard-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

extension Database {
    /// Everything in the database, table by table, in no order within a table.
    func contents() async throws -> [String: Set<[Value]>] {
        try await read { tx in
            let tables = try tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'") { try $0.text(0) }
            var contents: [String: Set<[Value]>] = [:]
            for table in tables { contents[table] = Set(try tx.rows("SELECT * FROM \"\(table)\"") { $0.values }) }
            return contents
        }
    }

    /// The tables that hold a text, in whatever column, case or type.
    func tables(holding text: String) async throws -> [String] {
        let needle = Array(text.lowercased().utf8)
        return try await contents().filter { _, rows in
            rows.contains { row in
                row.contains { value in
                    switch value {
                    case .text(let text): Array(text.lowercased().utf8).contains(needle)
                    case .blob(let bytes): String(decoding: bytes, as: UTF8.self).lowercased().utf8.contains(needle)
                    default: false
                    }
                }
            }
        }.keys.sorted()
    }

    func count(_ table: String) async throws -> Int {
        Int(try await read { try $0.integer("SELECT count(*) FROM \(table)") })
    }
}
