import Wording

/// What can go wrong between a store function and its database. Each driver turns its own errors into these, in one
/// place; no driver's error type is seen above it.
public enum DatabaseError: Error, Hashable, Sendable {
    /// A row with the same key exists. `columns` are the key's columns without the table, where the driver names them.
    case uniqueViolation(table: String, columns: [String])
    /// A row refers to one that does not exist, or one that others refer to was to be deleted.
    case foreignKeyViolation
    /// NOT NULL or CHECK; the text names it for the log.
    case constraintViolation(String)
    /// Another program holds the database longer than the driver's patience.
    case busy
    /// No free space where the database lies. The transaction was rolled back as a whole.
    case full
    /// The file is damaged or is no database.
    case corrupt(String)
    case readOnly
    /// `close()` was called before.
    case closed
    /// The database cannot be opened at all.
    case cannotOpen(path: String, why: OpeningFailure)
    /// The disk or the connection failed below the database.
    case unreachable(String)
    /// A statement, a bind or a column does not fit: a mistake in our code, never a state of the data.
    case misuse(String)
    /// Anything else, with the driver's code and text for the log.
    case other(code: Int, message: String)

    public enum OpeningFailure: Hashable, Sendable {
        case folderMissing
        case noPermission
        case notADatabase
        /// The path is a folder, or something else that is no file.
        case notAFile
        case diskFull
        case other(String)
    }

    /// What a repetition is good for.
    public enum RetryAdvice: Hashable, Sendable {
        /// The same transaction may succeed in a moment.
        case soon
        /// It will succeed once someone has acted (freed space, restored a backup, given permission).
        case onceRepaired
        /// The same transaction will fail again.
        case never
    }
}

extension DatabaseError {
    public var retry: RetryAdvice {
        switch self {
        case .busy: .soon
        case .full, .corrupt, .readOnly, .cannotOpen, .unreachable: .onceRepaired
        case .uniqueViolation, .foreignKeyViolation, .constraintViolation, .closed, .misuse, .other: .never
        }
    }

    /// What happened and what to do, for a page. Holds nothing of the statement or its data.
    public var sentence: Phrase {
        switch self {
        case .uniqueViolation: "There is already an entry like this one."
        case .foreignKeyViolation:
            "Something that this entry refers to no longer exists. Reload the page and try again."
        case .constraintViolation: "The database refused this entry because a part of it is missing or not allowed."
        case .busy:
            "Another program is using Mailcard's database. Nothing was lost; try again, and end backups or tools that hold the database open."
        case .full:
            "The disk that holds Mailcard's database is full. Nothing was lost, but nothing new can be saved until space is freed; Mailcard then carries on by itself."
        case .corrupt:
            "Mailcard's database file is damaged. Stop Mailcard, keep a copy of the file, and restore the latest backup; mail is read again from the mailboxes."
        case .readOnly:
            "Mailcard may read its database but not write to it. Give the account that runs Mailcard the right to write to the file and its folder."
        case .closed: "Mailcard is shutting down. Nothing was lost; try again when it is back."
        case .cannotOpen(let path, let why): Self.openingSentence(path, why)
        case .unreachable:
            "The disk or the connection under Mailcard's database failed. Check it; nothing saved before was lost."
        case .misuse, .other: "Mailcard made a mistake in talking to its database. The log has the details."
        }
    }

    private static func openingSentence(_ path: String, _ why: OpeningFailure) -> Phrase {
        switch why {
        case .folderMissing:
            "The folder for the database file \(path) does not exist. Create it, or set another place for the data."
        case .noPermission:
            "The account that runs Mailcard may not open the database file \(path). Give it the right to read and write the file and its folder."
        case .notADatabase:
            "The file \(path) is not a database of Mailcard. Set another place for the data, or move the file away; it was not changed."
        case .notAFile: "\(path) is not a file, so it cannot hold the database. Set another place for the data."
        case .diskFull: "The disk is full, so the database \(path) cannot be opened. Free some space; nothing was lost."
        case .other(let reason): "The database \(path) cannot be opened (\(reason))."
        }
    }
}
