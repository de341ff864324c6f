import Database
import GRDB
import GRDBSQLite

/// The one place where SQLite's result codes (https://www.sqlite.org/rescode.html) become the port's errors.
enum SQLiteErrors {
    /// GRDB's errors as the port's; all others (a store function's own, `CancellationError`) as they are.
    static func translated(_ error: any Error) -> any Error {
        guard let error = error as? GRDB.DatabaseError else { return error }
        if error.resultCode == .SQLITE_INTERRUPT { return CancellationError() }
        return translated(code: error.extendedResultCode.rawValue, message: error.message ?? "")
    }

    static func translated(code: Int32, message: String) -> any Error {
        switch code {
        case SQLITE_INTERRUPT: return CancellationError()
        // Unique constraint, primary key, row id: SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID.
        case 2067, 1555, 2579: return uniqueViolation(message)
        case 787: return PortError.foreignKeyViolation  // SQLITE_CONSTRAINT_FOREIGNKEY
        default: break
        }
        switch code & 0xff {
        case SQLITE_CONSTRAINT: return PortError.constraintViolation(message)
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: return PortError.busy
        case SQLITE_FULL: return PortError.full
        case SQLITE_CORRUPT, SQLITE_NOTADB: return PortError.corrupt(message)
        case SQLITE_READONLY, SQLITE_PERM: return PortError.readOnly
        case SQLITE_IOERR, SQLITE_CANTOPEN: return PortError.unreachable("\(code) \(message)")
        case SQLITE_ERROR, SQLITE_MISUSE, SQLITE_RANGE, SQLITE_MISMATCH: return PortError.misuse(message)
        default: return PortError.other(code: Int(code), message: message)
        }
    }

    static func openingFailure(_ error: any Error) -> PortError.OpeningFailure {
        guard let error = error as? GRDB.DatabaseError else { return .other("\(error)") }
        switch error.resultCode.rawValue {
        case SQLITE_NOTADB, SQLITE_CORRUPT: return .notADatabase
        case SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH: return .noPermission
        case SQLITE_FULL: return .diskFull
        default: return .other(error.message ?? "code \(error.extendedResultCode.rawValue)")
        }
    }

    /// "UNIQUE constraint failed: users.organization_id, users.email_key"
    private static func uniqueViolation(_ message: String) -> PortError {
        let list = message.split(separator: ":", maxSplits: 1).last ?? ""
        let names = list.split(separator: ",").map { $0.split(separator: ".").map { $0.filter { $0 != " " } } }
        let table = names.first?.first ?? ""
        return .uniqueViolation(table: table, columns: names.compactMap { $0.count > 1 ? $0[1] : nil })
    }
}
