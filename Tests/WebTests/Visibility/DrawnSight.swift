import CRM

/// Who sees whom of the ``PlantedCompany``, read by hand off section 4 of the product and off its drawing, level by
/// level; no line of it comes from the code that is tested.
struct DrawnSight: Sendable {
    /// Own mail: level 0.
    let own: Set<String>
    /// "Everyone below them": level 1 adds these.
    let below: Set<String>
    /// "Their equals": level 2 adds these.
    let equals: Set<String>
    /// "Everyone below their equals": level 3 adds these.
    let belowEquals: Set<String>

    private init(_ own: String, below: String = "", equals: String = "", belowEquals: String = "") {
        func set(_ names: String) -> Set<String> { Set(names.split(separator: " ").map(String.init)) }
        (self.own, self.below, self.equals, self.belowEquals) = (set(own), set(below), set(equals), set(belowEquals))
    }

    /// The owners of the mailboxes that a viewer sees.
    static func of(_ viewer: String, _ level: VisibilityLevel, _ rule: EqualsRule) -> Set<String> {
        let sight = rule == .sameDepth ? sameDepth[viewer]! : sameSuperior[viewer]!
        switch level {
        case .own: return sight.own
        case .below: return sight.own.union(sight.below)
        case .belowAndEquals: return sight.own.union(sight.below).union(sight.equals)
        case .belowEqualsAndTheirs:
            return sight.own.union(sight.below).union(sight.equals).union(sight.belowEquals)
        // "Everyone in the organisation."
        case .everyone: return Set(PlantedCompany.owners)
        }
    }

    /// "Equals are the users at the same depth of the hierarchy." Two have no mailbox to see: a2, and nobody sees more
    /// by her. Those who left are still below and equal to others.
    private static let sameDepth = [
        "ada": DrawnSight(
            "ada", below: "a1 a11 a11s a12 a111 a21", equals: "bob cyn cyns", belowEquals: "b1 b11 b111"),
        "bob": DrawnSight(
            "bob", below: "b1 b11 b111", equals: "ada cyn cyns", belowEquals: "a1 a11 a11s a12 a111 a21"),
        "cyn": DrawnSight(
            "cyn cyns", equals: "ada bob", belowEquals: "a1 a11 a11s a12 a111 a21 b1 b11 b111"),
        "a1": DrawnSight("a1", below: "a11 a11s a12 a111", equals: "b1", belowEquals: "a21 b11 b111"),
        "a2": DrawnSight("", below: "a21", equals: "a1 b1", belowEquals: "a11 a11s a12 a111 b11 b111"),
        "a11": DrawnSight("a11 a11s", below: "a111", equals: "a12 a21 b11", belowEquals: "b111"),
        "a21": DrawnSight("a21", equals: "a11 a11s a12 b11", belowEquals: "a111 b111"),
        "b11": DrawnSight("b11", below: "b111", equals: "a11 a11s a12 a21", belowEquals: "a111"),
        "a111": DrawnSight("a111", equals: "b111"),
        "b111": DrawnSight("b111", equals: "a111"),
        // "Outside the hierarchy: own mail only, no one's equal."
        "out": DrawnSight("out outs"), "den": DrawnSight("den"), "d1": DrawnSight("d1"),
    ]

    /// "An organisation may narrow that to the same superior." Nobody at the top has one.
    private static let sameSuperior = [
        "ada": DrawnSight("ada", below: "a1 a11 a11s a12 a111 a21"),
        "bob": DrawnSight("bob", below: "b1 b11 b111"),
        "cyn": DrawnSight("cyn cyns"),
        "a1": DrawnSight("a1", below: "a11 a11s a12 a111", belowEquals: "a21"),
        "a2": DrawnSight("", below: "a21", equals: "a1", belowEquals: "a11 a11s a12 a111"),
        "a11": DrawnSight("a11 a11s", below: "a111", equals: "a12"),
        "a21": DrawnSight("a21"), "b11": DrawnSight("b11", below: "b111"), "a111": DrawnSight("a111"),
        "b111": DrawnSight("b111"), "out": DrawnSight("out outs"), "den": DrawnSight("den"), "d1": DrawnSight("d1"),
    ]
}
