extension Transaction {
    /// Ids of a table that no other row will ever get, ascending: for rows that are prepared elsewhere and moved into
    /// the table later. The table's id is `INTEGER PRIMARY KEY AUTOINCREMENT` or PostgreSQL's identity.
    ///
    /// - Parameter table: a name from our own code, never from outside.
    public func reserveIDs(of table: String, count: Int) throws -> [Int64] {
        if count <= 0 { return [] }
        switch dialect {
        case .sqlite:
            let last = try first(
                "UPDATE sqlite_sequence SET seq = seq + $2 WHERE name = $1 RETURNING seq",
                [.text(table), .integer(count)]
            ) { try $0.integer(0) }
            if let last { return Array(last - Int64(count) + 1...last) }
            // No row was ever inserted.
            try execute("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", [.text(table), .integer(count)])
            return Array(1...Int64(count))
        case .postgresql:
            return try rows(
                "SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2)",
                [.text(table), .integer(count)]
            ) { try $0.integer(0) }.sorted()
        }
    }
}
