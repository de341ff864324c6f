/// Where a page of a list sorted by name begins: after this row. Rows that come or go between two pages neither repeat
/// nor hide others.
public struct NameKey: Hashable, Sendable {
    let sortKey: String
    let id: Int64

    init(sortKey: String, id: Int64) {
        self.sortKey = sortKey
        self.id = id
    }
}

/// As it stands in the address of a page: the id, then the name.
extension NameKey: LosslessStringConvertible {
    public var description: String { "\(id).\(sortKey)" }

    public init?(_ description: String) {
        let parts = description.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Int64(parts[0]) else { return nil }
        self.init(sortKey: String(parts[1]), id: id)
    }
}

/// A page of a list, and where the next one begins: nil at the end.
public struct NamePage<Element: Sendable>: Sendable {
    public let elements: [Element]
    public let next: NameKey?
}

extension NamePage: Equatable where Element: Equatable {}
