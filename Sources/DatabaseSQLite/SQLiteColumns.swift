import Database
import GRDBSQLite

/// Values on their way into and out of a compiled statement.
enum SQLiteColumns {
    static func names(_ statement: OpaquePointer) -> [String] {
        (0..<sqlite3_column_count(statement)).map { String(cString: sqlite3_column_name(statement, $0)) }
    }

    static func values(_ statement: OpaquePointer, count: Int) -> [Value] {
        [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                (buffer.baseAddress! + index).initialize(to: value(statement, Int32(index)))
            }
            initialized = count
        }
    }

    private static func value(_ statement: OpaquePointer, _ index: Int32) -> Value {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            guard let bytes = sqlite3_column_text(statement, index) else { return .text("") }
            let count = Int(sqlite3_column_bytes(statement, index))
            return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let bytes = sqlite3_column_blob(statement, index) else { return .blob([]) }
            let count = Int(sqlite3_column_bytes(statement, index))
            return .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
        default: return .null
        }
    }

    /// Binds `binds[n - 1]` to every `$n`. SQLite numbers named parameters by first appearance, hence the look-up.
    static func bind(_ binds: [Value], to statement: OpaquePointer) throws {
        let count = sqlite3_bind_parameter_count(statement)
        var highest = 0
        var index: Int32 = 1
        while index <= count {
            let number = try number(ofParameter: index, statement)
            guard number <= binds.count else {
                throw PortError.misuse("$\(number) has no value: \(binds.count) given")
            }
            highest = max(highest, number)
            let code = bind(binds[number - 1], statement, index)
            guard code == SQLITE_OK else {
                throw SQLiteErrors.translated(code: code, message: String(cString: sqlite3_errstr(code)))
            }
            index += 1
        }
        guard highest == binds.count else {
            throw PortError.misuse("\(binds.count) values given, the statement uses \(highest)")
        }
    }

    private static func number(ofParameter index: Int32, _ statement: OpaquePointer) throws -> Int {
        guard let name = sqlite3_bind_parameter_name(statement, index), name[0] == CChar(UInt8(ascii: "$")) else {
            throw PortError.misuse("binds are written $1, $2, …")
        }
        var number = 0
        var position = 1
        while name[position] != 0 {
            let digit = Int(name[position]) - Int(UInt8(ascii: "0"))
            guard (0...9).contains(digit), position < 6 else { throw PortError.misuse("binds are written $1, $2, …") }
            number = number * 10 + digit
            position += 1
        }
        guard number > 0 else { throw PortError.misuse("binds are written $1, $2, …") }
        return number
    }

    private static func bind(_ value: Value, _ statement: OpaquePointer, _ index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                if bytes.contains(0) {
                    return bindText(withoutNUL(bytes), statement, index)
                }
                return bindText(bytes, statement, index)
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { raw in
                guard let start = raw.baseAddress, raw.count > 0 else {
                    return sqlite3_bind_zeroblob(statement, index, 0)
                }
                return sqlite3_bind_blob64(statement, index, start, UInt64(raw.count), copied)
            }
        }
    }

    private static func withoutNUL(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count + 16)
        for byte in bytes {
            if byte == 0 { clean += "\u{FFFD}".utf8 } else { clean.append(byte) }
        }
        return clean
    }

    private static func bindText(_ clean: [UInt8], _ statement: OpaquePointer, _ index: Int32) -> Int32 {
        clean.withUnsafeBufferPointer { bindText($0, statement, index) }
    }

    private static func bindText(
        _ bytes: UnsafeBufferPointer<UInt8>, _ statement: OpaquePointer, _ index: Int32
    ) -> Int32 {
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return sqlite3_bind_text(statement, index, "", 0, copied)
        }
        return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            sqlite3_bind_text64(statement, index, $0, UInt64(bytes.count), copied, UInt8(SQLITE_UTF8))
        }
    }

    /// Tells SQLite to copy what is bound (SQLITE_TRANSIENT, a macro that Swift does not see).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
