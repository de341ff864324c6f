/// A rule of axe-core that a page breaks, and where.
public struct AccessibilityViolation: Sendable, CustomStringConvertible {
    /// How much it hinders people, by https://github.com/dequelabs/axe-core/blob/develop/doc/issue_impact.md.
    public enum Impact: String, Sendable {
        case minor, moderate, serious, critical
    }

    /// The rule's name, such as "color-contrast".
    public let rule: String
    /// Nil where axe-core gives none.
    public let impact: Impact?
    /// What ought to hold.
    public let help: String
    /// Each element as a CSS selector, with what is wrong with it.
    public let places: [String]

    init(_ json: JSON) {
        rule = json["rule"]?.string ?? ""
        impact = json["impact"]?.string.flatMap(Impact.init(rawValue:))
        help = json["help"]?.string ?? ""
        places = (json["places"]?.array ?? []).compactMap(\.string)
    }

    public var description: String {
        "\(rule) (\(impact?.rawValue ?? "no impact")): \(help)\n" + places.map { "  " + $0 }.joined(separator: "\n")
    }
}
