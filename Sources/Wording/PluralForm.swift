/// The form that a word takes beside a number (Unicode CLDR, plural rules), of whole numbers.
public enum PluralForm: String, Sendable, Hashable, CaseIterable {
    case one
    case other

    /// English: 1 alone is singular. French: 0 and 1 are.
    public init(_ number: Int, in language: Language) {
        switch language {
        case .english: self = number == 1 ? .one : .other
        case .french: self = number.magnitude < 2 ? .one : .other
        }
    }
}
