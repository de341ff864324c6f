import Database

/// Where a page of a sorted list begins: after the row with these values, in the order of the list. Rows that come or go
/// between two pages neither repeat nor hide others.
public struct ListKey: Hashable, Sendable {
    /// One value for each of the columns that the list is sorted by.
    let parts: [Part]

    enum Part: Hashable, Sendable, Codable {
        case integer(Int64)
        case text(String)

        var value: Value {
            switch self {
            case .integer(let integer): .integer(integer)
            case .text(let text): .text(text)
            }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let integer = try? container.decode(Int64.self) {
                self = .integer(integer)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .integer(let integer): try container.encode(integer)
            case .text(let text): try container.encode(text)
            }
        }
    }
}

/// As it stands in the address of a page: JSON.
extension ListKey: LosslessStringConvertible {
    public var description: String { (try? JSONText.encode(parts)) ?? "" }

    public init?(_ description: String) {
        guard let parts = try? JSONText.decode([Part].self, description) else { return nil }
        self.parts = parts
    }
}

/// A page of a list, and where the next one begins: nil at the end.
public struct ListPage<Element: Sendable>: Sendable {
    public let elements: [Element]
    public let next: ListKey?
}

extension ListPage: Equatable where Element: Equatable {}
