import Database

extension Changes {
    /// Whether the table still holds everything behind a number, so that nothing behind it was pruned.
    public static func reachesBack(_ tx: any Transaction, to seq: Int64) throws -> Bool {
        let first = try tx.first("SELECT min(seq) FROM changes") { try $0.optionalInteger(0) } ?? nil
        return first.map { $0 <= seq + 1 } ?? true
    }
}
