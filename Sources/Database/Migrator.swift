import Foundation

/// Brings a database's schema up to date: runs the steps that it has not seen, in order, each in one transaction.
///
/// The table `schema_migrations` remembers the names. A database with names unknown to this list is newer than the
/// program and is left alone.
public struct Migrator: Sendable {
    public let steps: [Migration]

    /// - Precondition: names are unique.
    public init(_ steps: [Migration]) {
        precondition(Set(steps.map(\.name)).count == steps.count, "two migrations of one name")
        self.steps = steps
    }

    /// Returns the names of the steps that were run: none when the schema was up to date.
    ///
    /// - Parameter now: seconds since 1970 UTC, remembered beside each name.
    /// - Throws: ``MigrationError``, or ``DatabaseError`` when the database cannot be read at all.
    @discardableResult
    public func run(
        on database: any Database, now: Int64 = Int64(Date().timeIntervalSince1970)
    ) async throws -> [String] {
        let seen = try await database.write { tx in
            try tx.executeScript(
                """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    name TEXT PRIMARY KEY NOT NULL,
                    ran_at BIGINT NOT NULL
                )
                """)
            return try tx.rows("SELECT name FROM schema_migrations ORDER BY name") { try $0.text(0) }
        }
        let unknown = seen.filter { name in !steps.contains { $0.name == name } }
        guard unknown.isEmpty else { throw MigrationError.databaseIsNewer(unknownSteps: unknown) }

        var ran: [String] = []
        for step in steps where !seen.contains(step.name) {
            guard let statements = step.statements[database.dialect] else {
                throw MigrationError.noStatements(step: step.name, dialect: database.dialect)
            }
            do {
                try await database.write { tx in
                    try tx.executeScript(statements)
                    try tx.execute(
                        "INSERT INTO schema_migrations (name, ran_at) VALUES ($1, $2)",
                        [.text(step.name), .integer(now)])
                }
            } catch let error as DatabaseError {
                throw MigrationError.failed(step: step.name, cause: error)
            }
            ran.append(step.name)
        }
        return ran
    }
}
