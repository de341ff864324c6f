import Wording

/// Whose mail a user sees besides their own; set by an administrator (product, section 4). The numbers are those of the
/// product's table.
public enum VisibilityLevel: Int, Hashable, Sendable, Codable, CaseIterable {
    case own = 0
    case below = 1
    case belowAndEquals = 2
    case belowEqualsAndTheirs = 3
    case everyone = 4

    /// "Sees, besides their own mail: …"
    public var sentence: Phrase {
        switch self {
        case .own: "nothing"
        case .below: "everyone below them"
        case .belowAndEquals: "everyone below them, and their equals"
        case .belowEqualsAndTheirs: "everyone below them, their equals, and everyone below their equals"
        case .everyone: "everyone in the organisation"
        }
    }
}
