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
        /// A further mailbox of the viewer's own, by a sync-only user.
        case ownSeat
        case below
        case equal
        case belowAnEqual
        case everyone
    }

    /// Own first, then nearest in the hierarchy, then by name; at most ``limit``.
    public let grants: [Grant]
    /// What the viewer's level would give besides, in the same order.
    public let omitted: [Grant]

    public init(grants: [Grant], omitted: [Grant]) {
        self.grants = grants
        self.omitted = omitted
    }

    /// How many more the viewer's level would give.
    public var leftOut: Int { omitted.count }

    public var owners: [UserID] { grants.map(\.owner) }

    public static let none = Visibility(grants: [], omitted: [])

    /// Applies the rule.
    ///
    /// Someone who left (is inactive) sees nothing; their own mail stays visible to others as before. Being an
    /// administrator plays no part.
    ///
    /// - Parameters:
    ///   - mailboxOwners: the users who have a connected mailbox.
    ///   - chosen: whom an administrator prefers where the level gives more than ``limit``. Places that are left are
    ///   taken by the nearest.
    public static func visibleMailboxOwners(
        viewer: UserID, in hierarchy: Hierarchy, mailboxOwners: some Sequence<UserID>, chosen: Set<UserID> = []
    ) -> Visibility {
        guard let member = hierarchy.members[viewer], member.isActive, member.person == nil else { return .none }
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
            let person = hierarchy.person(of: owner)
            if person == viewer { return .ownSeat }
            switch member.level {
            case .own: return nil
            case .everyone: return .everyone
            case .below: return below.contains(person) ? .below : nil
            case .belowAndEquals, .belowEqualsAndTheirs:
                if below.contains(person) { return .below }
                if equals.contains(person) { return .equal }
                return belowEquals.contains(person) ? .belowAnEqual : nil
            }
        }

        let granted = mailboxOwners.compactMap { owner in reason(owner).map { Grant(owner: owner, reason: $0) } }
        let ordered = nearestFirst(granted, from: viewer, hierarchy)
        guard ordered.count > limit else { return Visibility(grants: ordered, omitted: []) }
        let preferred =
            ordered.filter { $0.reason.isOwn } + ordered.filter { !$0.reason.isOwn && chosen.contains($0.owner) }
        let others = ordered.filter { !$0.reason.isOwn && !chosen.contains($0.owner) }
        let taken = Set((preferred + others).prefix(limit).map(\.owner))
        return Visibility(
            grants: ordered.filter { taken.contains($0.owner) }, omitted: ordered.filter { !taken.contains($0.owner) })
    }

    private static func nearestFirst(_ grants: [Grant], from viewer: UserID, _ hierarchy: Hierarchy) -> [Grant] {
        // Who cannot be reached through the hierarchy comes last.
        let distances = hierarchy.distances(from: viewer)
        let keyed = grants.map { grant in
            (
                grant: grant,
                distance: grant.reason == .own ? -1 : distances[hierarchy.person(of: grant.owner)] ?? .max,
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

extension Visibility.Reason {
    /// Whether it is the viewer's own mail.
    public var isOwn: Bool { self == .own || self == .ownSeat }
}
