/// Whose mail one viewer may read: the one rule behind every list, card, search, count and live update (product,
/// section 4).
public struct Visibility: Hashable, Sendable {
    /// One viewer sees at most so many mailboxes.
    public static let limit = 25

    /// One mailbox's owner, and why the viewer sees their mail.
    public struct Grant: Hashable, Sendable {
        public let owner: UserID
        public let reason: Reason

        public init(owner: UserID, reason: Reason) {
            self.owner = owner
            self.reason = reason
        }
    }

    public enum Reason: Hashable, Sendable {
        case own
        case below
        case equal
        case belowAnEqual
        case everyone
    }

    /// Own first, then nearest in the hierarchy, then by name; at most ``limit``.
    public let grants: [Grant]
    /// How many more the viewer's level would give.
    public let leftOut: Int

    public init(grants: [Grant], leftOut: Int) {
        self.grants = grants
        self.leftOut = leftOut
    }

    public var owners: [UserID] { grants.map(\.owner) }

    public static let none = Visibility(grants: [], leftOut: 0)

    /// Applies the rule.
    ///
    /// Someone who left (is inactive) sees nothing; their own mail stays visible to others as before. Being an
    /// administrator plays no part.
    ///
    /// - Parameter mailboxOwners: the users who have a connected mailbox.
    public static func visibleMailboxOwners(
        viewer: UserID, in hierarchy: Hierarchy, mailboxOwners: some Sequence<UserID>
    ) -> Visibility {
        guard let member = hierarchy.members[viewer], member.isActive else { return .none }
        let below = hierarchy.below(viewer)
        let equals =
            member.level.rawValue >= VisibilityLevel.belowAndEquals.rawValue ? hierarchy.equals(of: viewer) : []
        var belowEquals: Set<UserID> = []
        if member.level == .belowEqualsAndTheirs {
            for equal in equals { belowEquals.formUnion(hierarchy.below(equal)) }
        }

        func reason(_ owner: UserID) -> Reason? {
            if owner == viewer { return .own }
            guard hierarchy.members[owner] != nil else { return nil }
            switch member.level {
            case .own: return nil
            case .everyone: return .everyone
            case .below: return below.contains(owner) ? .below : nil
            case .belowAndEquals, .belowEqualsAndTheirs:
                if below.contains(owner) { return .below }
                if equals.contains(owner) { return .equal }
                return belowEquals.contains(owner) ? .belowAnEqual : nil
            }
        }

        let granted = mailboxOwners.compactMap { owner in reason(owner).map { Grant(owner: owner, reason: $0) } }
        let ordered = nearestFirst(granted, from: viewer, hierarchy)
        return Visibility(grants: Array(ordered.prefix(limit)), leftOut: max(0, ordered.count - limit))
    }

    private static func nearestFirst(_ grants: [Grant], from viewer: UserID, _ hierarchy: Hierarchy) -> [Grant] {
        // Who cannot be reached through the hierarchy comes last.
        let distances = hierarchy.distances(from: viewer)
        let keyed = grants.map { grant in
            (
                grant: grant, distance: distances[grant.owner] ?? .max,
                name: hierarchy.members[grant.owner]?.name.lowercased() ?? ""
            )
        }
        return keyed.sorted { one, other in
            if one.distance != other.distance { return one.distance < other.distance }
            if one.name != other.name { return one.name < other.name }
            return one.grant.owner < other.grant.owner
        }.map(\.grant)
    }
}
