import Database
import Synchronization

/// A database that remembers every statement that was run on it, with its binds.
final class RecordingDatabase: Database {
    struct Statement: Sendable {
        let sql: String
        let binds: [Value]
    }

    private let database: any Database
    private let statements = Mutex<[String: Statement]>([:])

    init(_ database: any Database) { self.database = database }

    var dialect: Dialect { database.dialect }

    /// Each distinct text once, in alphabetical order.
    var recorded: [Statement] { statements.withLock { $0.values.sorted { $0.sql < $1.sql } } }

    func forget() { statements.withLock { $0 = [:] } }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await database.read { tx in try body(RecordingTransaction(transaction: tx, record: self.record)) }
    }

    @discardableResult
    func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await database.write { tx in try body(RecordingTransaction(transaction: tx, record: self.record)) }
    }

    func close() throws { try database.close() }

    private func record(_ sql: String, _ binds: [Value]) {
        statements.withLock { $0[sql] = Statement(sql: sql, binds: binds) }
    }
}

private struct RecordingTransaction: Transaction {
    let transaction: any Transaction
    let record: (String, [Value]) -> Void

    var dialect: Dialect { transaction.dialect }

    func execute(_ sql: String, _ binds: [Value]) throws -> Int {
        record(sql, binds)
        return try transaction.execute(sql, binds)
    }

    func query(_ sql: String, _ binds: [Value], _ receive: (Row) throws -> Void) throws {
        record(sql, binds)
        try transaction.query(sql, binds, receive)
    }

    func executeScript(_ sql: String) throws { try transaction.executeScript(sql) }
}
