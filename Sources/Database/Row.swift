/// One row of a result, with its values copied out of the driver.
///
/// Getters take the position (fast) or the name of the column. They throw ``DatabaseError/misuse(_:)`` when there is no
/// such column or it holds another type: that is a mistake in the query, never a state of the data.
public struct Row: Sendable {
    public let columns: [String]
    public let values: [Value]

    /// - Precondition: as many values as columns.
    @inlinable
    public init(columns: [String], values: [Value]) {
        self.columns = columns
        self.values = values
    }

    // MARK: By position

    public func value(_ index: Int) throws -> Value {
        guard values.indices.contains(index) else {
            throw DatabaseError.misuse("column \(index) was read from a row of \(values.count)")
        }
        return values[index]
    }

    public func optionalInteger(_ index: Int) throws -> Int64? {
        switch try value(index) {
        case .null: nil
        case .integer(let number): number
        case let other: throw mismatch(index, "an integer", other)
        }
    }

    public func integer(_ index: Int) throws -> Int64 { try require(optionalInteger(index), index) }

    public func optionalText(_ index: Int) throws -> String? {
        switch try value(index) {
        case .null: nil
        case .text(let text): text
        case let other: throw mismatch(index, "text", other)
        }
    }

    public func text(_ index: Int) throws -> String { try require(optionalText(index), index) }

    public func optionalBlob(_ index: Int) throws -> [UInt8]? {
        switch try value(index) {
        case .null: nil
        case .blob(let bytes): bytes
        case let other: throw mismatch(index, "a blob", other)
        }
    }

    public func blob(_ index: Int) throws -> [UInt8] { try require(optionalBlob(index), index) }

    public func optionalReal(_ index: Int) throws -> Double? {
        switch try value(index) {
        case .null: nil
        case .real(let number): number
        case .integer(let number): Double(number)
        case let other: throw mismatch(index, "a number", other)
        }
    }

    public func real(_ index: Int) throws -> Double { try require(optionalReal(index), index) }

    public func bool(_ index: Int) throws -> Bool { try integer(index) != 0 }

    // MARK: By name

    public func value(_ column: String) throws -> Value { try value(position(column)) }
    public func optionalInteger(_ column: String) throws -> Int64? { try optionalInteger(position(column)) }
    public func integer(_ column: String) throws -> Int64 { try integer(position(column)) }
    public func optionalText(_ column: String) throws -> String? { try optionalText(position(column)) }
    public func text(_ column: String) throws -> String { try text(position(column)) }
    public func optionalBlob(_ column: String) throws -> [UInt8]? { try optionalBlob(position(column)) }
    public func blob(_ column: String) throws -> [UInt8] { try blob(position(column)) }
    public func optionalReal(_ column: String) throws -> Double? { try optionalReal(position(column)) }
    public func real(_ column: String) throws -> Double { try real(position(column)) }
    public func bool(_ column: String) throws -> Bool { try bool(position(column)) }

    private func position(_ column: String) throws -> Int {
        guard let position = columns.firstIndex(of: column) else {
            throw DatabaseError.misuse("no column \(column) among \(columns.joined(separator: ", "))")
        }
        return position
    }

    private func require<T>(_ value: T?, _ index: Int) throws -> T {
        guard let value else { throw DatabaseError.misuse("column \(columns[index]) is NULL") }
        return value
    }

    private func mismatch(_ index: Int, _ expected: String, _ found: Value) -> DatabaseError {
        .misuse("column \(columns[index]) was read as \(expected) but holds \(found.typeName)")
    }
}
