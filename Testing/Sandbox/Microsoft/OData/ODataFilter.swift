import Foundation

/// A `$filter` (OData URL Conventions 4.01, section 5.1.1), as far as Outlook's part of Graph takes it: comparisons,
/// `and`, `or`, `not`, `startswith`, `endswith`, `contains`, and `any` over a collection.
struct ODataFilter: Hashable, Sendable {
    indirect enum Expression: Hashable, Sendable {
        case and(Expression, Expression)
        case or(Expression, Expression)
        case not(Expression)
        case comparison(Operand, String, Operand)
        case function(String, Operand, Operand)
        case any(path: [String], variable: String, Expression)
    }

    enum Operand: Hashable, Sendable {
        case path([String])
        case literal(JSONValue)
    }

    let expression: Expression

    init(_ text: String) throws(GraphError) {
        var parser = ODataFilterParser(tokens: try ODataToken.all(text), text: text)
        expression = try parser.whole()
    }

    /// - Parameter property: the item's property of a name; null for one that it does not have.
    func matches(_ property: (String) -> JSONValue) throws(GraphError) -> Bool {
        matches(expression) { path in
            path.dropFirst().reduce(property(path.first ?? "")) { value, name in value[name] ?? .null }
        }
    }

    private func matches(_ expression: Expression, _ look: ([String]) -> JSONValue) -> Bool {
        switch expression {
        case .and(let one, let other): return matches(one, look) && matches(other, look)
        case .or(let one, let other): return matches(one, look) || matches(other, look)
        case .not(let one): return !matches(one, look)
        case .comparison(let one, let word, let other):
            return Self.holds(word, Self.compare(value(one, look), value(other, look)))
        case .function(let name, let one, let other):
            guard let text = value(one, look).string?.lowercased(), let part = value(other, look).string?.lowercased()
            else {
                return false
            }
            switch name {
            case "startswith": return text.hasPrefix(part)
            case "endswith": return text.hasSuffix(part)
            default: return text.contains(part)
            }
        case .any(let path, let variable, let condition):
            return (look(path).array ?? []).contains { element in
                matches(condition) { inner in
                    guard inner.first == variable else { return look(inner) }
                    return inner.dropFirst().reduce(element) { value, name in value[name] ?? .null }
                }
            }
        }
    }

    private func value(_ operand: Operand, _ look: ([String]) -> JSONValue) -> JSONValue {
        switch operand {
        case .path(let path): look(path)
        case .literal(let value): value
        }
    }

    private static func holds(_ word: String, _ order: ComparisonResult?) -> Bool {
        guard let order else { return word == "ne" }
        return switch word {
        case "eq": order == .orderedSame
        case "ne": order != .orderedSame
        case "gt": order == .orderedDescending
        case "ge": order != .orderedAscending
        case "lt": order == .orderedAscending
        default: order != .orderedDescending
        }
    }

    /// The order of two values; nil where they cannot be compared. Times compare as times, text without regard to case.
    static func compare(_ one: JSONValue, _ other: JSONValue) -> ComparisonResult? {
        switch (one, other) {
        case (.string(let one), .string(let other)):
            if let first = GraphTime.date(one), let second = GraphTime.date(other) { return first.compare(second) }
            return one.caseInsensitiveCompare(other)
        case (.bool(let one), .bool(let other)):
            return one == other ? .orderedSame : (other ? .orderedAscending : .orderedDescending)
        case (.null, .null): return .orderedSame
        default:
            guard let one = one.double, let other = other.double else { return nil }
            return one < other ? .orderedAscending : one > other ? .orderedDescending : .orderedSame
        }
    }
}
