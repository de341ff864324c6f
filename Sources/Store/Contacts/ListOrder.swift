/// What a list of contacts or accounts is sorted by.
public struct ListOrder: Hashable, Sendable {
    public enum Column: String, Hashable, Sendable, CaseIterable {
        case name
        /// Contacts only, by the name of their account; those without one come last, whatever the direction.
        case account
        case created
        case changed
    }

    public let column: Column
    public let isDescending: Bool

    public init(_ column: Column, isDescending: Bool = false) {
        self.column = column
        self.isDescending = isDescending
    }

    public static let byName = ListOrder(.name)
}
