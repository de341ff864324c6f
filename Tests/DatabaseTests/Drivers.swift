import Database
import DatabaseSQLite
import Foundation
import Testing

/// The drivers that the conformance suite is run against. A further driver is a further case.
enum Driver: String, CaseIterable, CustomTestStringConvertible {
    case sqliteFile
    case sqliteMemory

    var testDescription: String { rawValue }

    /// Lends an empty database.
    @discardableResult
    func withDatabase<T>(_ body: (any Database) async throws -> T) async throws -> T {
        switch self {
        case .sqliteMemory:
            return try await body(try SQLiteDatabase.inMemory())
        case .sqliteFile:
            return try await withTemporaryFolder { folder in
                let database = try SQLiteDatabase(path: folder.appending(path: "test.sqlite").path)
                defer { try? database.close() }
                return try await body(database)
            }
        }
    }

    /// Whether a read runs beside a write.
    var readsDuringWrites: Bool { self != .sqliteMemory }
}

func withTemporaryFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailcard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
