import Wording

/// One step of the schema's history: a name and the statements that make it, per dialect.
///
/// A step that was published is never edited; a later step corrects it.
public struct Migration: Sendable {
    /// Unique and lasting: it is what the database remembers.
    public let name: String
    let statements: [Dialect: String]

    public init(_ name: String, _ statements: [Dialect: String]) {
        self.name = name
        self.statements = statements
    }
}

/// Why the schema could not be brought up to date. Nothing was changed by the step that failed.
public enum MigrationError: Error, Hashable, Sendable {
    /// The database has steps that this program does not know: it was last used by a newer one.
    case databaseIsNewer(unknownSteps: [String])
    /// The step is not written for this kind of database.
    case noStatements(step: String, dialect: Dialect)
    case failed(step: String, cause: DatabaseError)

    public var sentence: Phrase {
        switch self {
        case .databaseIsNewer(let steps):
            "This database was last used by a newer version of Mailcard (it knows \(steps.joined(separator: ", "))). Start that version or a newer one; nothing was changed."
        case .noStatements(let step, let dialect):
            "This version of Mailcard cannot prepare a \(dialect.rawValue) database (step \(step)). Nothing was changed."
        case .failed(let step, let cause):
            "The database could not be prepared for this version of Mailcard (step \(step)). \(cause.sentence)"
        }
    }
}
