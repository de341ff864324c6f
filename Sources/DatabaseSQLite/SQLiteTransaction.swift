import Database
import GRDB
import GRDBSQLite

/// One transaction on one connection. GRDB opens and ends it and keeps the compiled statements; binding, stepping and
/// reading columns go straight to SQLite's C interface, which inserts several times faster than through a general
/// row decoder.
struct SQLiteTransaction: Transaction {
    private let connection: GRDB.Database

    init(_ connection: GRDB.Database) { self.connection = connection }

    var dialect: Dialect { .sqlite }

    @discardableResult
    func execute(_ sql: String, _ binds: [Value]) throws -> Int {
        try withStatement(sql, binds) { statement in
            while try step(statement) {}
            return sqlite3_stmt_readonly(statement) == 0 ? Int(sqlite3_changes(connection.sqliteConnection)) : 0
        }
    }

    func query(_ sql: String, _ binds: [Value], _ receive: (PortRow) throws -> Void) throws {
        try withStatement(sql, binds) { statement in
            var columns: [String]?
            while try step(statement) {
                let names = columns ?? SQLiteColumns.names(statement)
                columns = names
                try receive(PortRow(columns: names, values: SQLiteColumns.values(statement, count: names.count)))
            }
        }
    }

    func executeScript(_ sql: String) throws {
        do { try connection.execute(sql: sql) } catch { throw SQLiteErrors.translated(error) }
    }

    // MARK: -

    private func withStatement<T>(_ sql: String, _ binds: [Value], _ body: (OpaquePointer) throws -> T) throws -> T {
        let statement: GRDB.Statement
        do {
            let cached = try connection.cachedStatement(sql: sql)
            // The same text is already under way when a query is asked from within its own rows.
            statement =
                sqlite3_stmt_busy(cached.sqliteStatement) == 0 ? cached : try connection.makeStatement(sql: sql)
        } catch {
            throw SQLiteErrors.translated(error)
        }
        return try withExtendedLifetime(statement) {
            let pointer = statement.sqliteStatement
            try SQLiteColumns.bind(binds, to: pointer)
            // Ends the statement in every case; a step's error was already reported by the step.
            defer { sqlite3_reset(pointer) }
            return try body(pointer)
        }
    }

    /// Whether there is a row.
    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let handle = connection.sqliteConnection
            throw SQLiteErrors.translated(code: code, message: String(cString: sqlite3_errmsg(handle)))
        }
    }
}
