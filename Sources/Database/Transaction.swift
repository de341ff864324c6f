/// A transaction lent to a closure by ``Database/read(_:)`` or ``Database/write(_:)``. It ends with the closure and
/// must not leave it. Nothing awaits inside.
///
/// SQL carries numbered binds (`$1` is `binds[0]`); a number may stand several times. Each distinct statement text is
/// compiled once per connection and kept, so texts should not vary with the data.
///
/// Every function throws ``DatabaseError``. An error does not end the transaction; let it leave the closure and
/// everything is rolled back.
public protocol Transaction {
    var dialect: Dialect { get }

    /// Runs one statement; returns how many rows it inserted, updated or deleted.
    @discardableResult
    func execute(_ sql: String, _ binds: [Value]) throws -> Int

    /// Runs one statement and hands its rows over one by one, in order, as they are found. An error thrown by the
    /// closure ends the statement and is passed on.
    func query(_ sql: String, _ binds: [Value], _ receive: (Row) throws -> Void) throws

    /// Runs several statements without binds, separated by semicolons: for schema definitions.
    func executeScript(_ sql: String) throws
}

extension Transaction {
    @discardableResult
    public func execute(_ sql: String) throws -> Int { try execute(sql, []) }

    /// All rows at once.
    public func rows(_ sql: String, _ binds: [Value] = []) throws -> [Row] {
        var rows: [Row] = []
        try query(sql, binds) { rows.append($0) }
        return rows
    }

    /// All rows at once, each made into a value.
    public func rows<T>(_ sql: String, _ binds: [Value] = [], as make: (Row) throws -> T) throws -> [T] {
        var made: [T] = []
        try query(sql, binds) { try made.append(make($0)) }
        return made
    }

    /// The first row, or nil when there is none.
    public func first(_ sql: String, _ binds: [Value] = []) throws -> Row? {
        var first: Row?
        try query(sql, binds) { row in
            if first == nil { first = row }
        }
        return first
    }

    /// The first row made into a value, or nil when there is none.
    public func first<T>(_ sql: String, _ binds: [Value] = [], as make: (Row) throws -> T) throws -> T? {
        try first(sql, binds).map(make)
    }

    /// The single integer of a query such as `SELECT count(*) …`.
    public func integer(_ sql: String, _ binds: [Value] = []) throws -> Int64 {
        guard let row = try first(sql, binds) else { throw DatabaseError.misuse("a query for one number had no row") }
        return try row.integer(0)
    }

    /// Whether the query has a row.
    public func exists(_ sql: String, _ binds: [Value] = []) throws -> Bool { try first(sql, binds) != nil }

    /// Runs `INSERT … RETURNING id` and returns the id.
    public func insertReturningID(_ sql: String, _ binds: [Value]) throws -> Int64 {
        guard let row = try first(sql, binds) else {
            throw DatabaseError.misuse("an INSERT … RETURNING returned no row")
        }
        return try row.integer(0)
    }
}
