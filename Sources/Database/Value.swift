/// What a column holds or a numbered bind carries.
///
/// Times are integers (seconds since 1970, UTC), Booleans 0 and 1, JSON is text. Text never holds U+0000, which
/// PostgreSQL cannot store: drivers write U+FFFD in its place, so that mail with stray NUL bytes is kept rather than
/// refused.
public enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension Value {
    @inlinable
    public static func integer(_ number: Int) -> Value { .integer(Int64(number)) }

    @inlinable
    public static func bool(_ flag: Bool) -> Value { .integer(flag ? 1 : 0) }

    /// NULL for nil.
    @inlinable
    public static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .null }

    /// NULL for nil.
    @inlinable
    public static func optional(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }

    /// NULL for nil.
    @inlinable
    public static func optional(_ number: Int?) -> Value { number.map { .integer(Int64($0)) } ?? .null }

    /// NULL for nil.
    @inlinable
    public static func optional(_ bytes: [UInt8]?) -> Value { bytes.map(Value.blob) ?? .null }

    /// Several integers in one bind, as a JSON array; in the SQL stands ``Dialect/inIntegers(_:)``.
    public static func list(_ numbers: some Sequence<Int64>) -> Value {
        .text("[" + numbers.map(String.init).joined(separator: ",") + "]")
    }

    /// Several texts in one bind, as a JSON array; in the SQL stands ``Dialect/inTexts(_:)``.
    public static func list(_ texts: some Sequence<String>) -> Value {
        .text("[" + texts.map(quotedJSON).joined(separator: ",") + "]")
    }

    private static func quotedJSON(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// The name of the type, for messages to developers.
    var typeName: String {
        switch self {
        case .null: "NULL"
        case .integer: "integer"
        case .real: "real"
        case .text: "text"
        case .blob: "blob"
        }
    }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    public init(nilLiteral: ()) { self = .null }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
}
