import Wording

/// The tree of superiors of an organisation, as of one moment.
///
/// A user whose chain of superiors does not end at one placed at the top has no depth and no equals; neither has one
/// whose chain is a circle, which ``allow(_:under:)`` prevents but a damaged database could hold.
public struct Hierarchy: Sendable {
    public struct Member: Hashable, Sendable {
        public let id: UserID
        public let name: String
        public let place: Place
        public let level: VisibilityLevel
        public let isActive: Bool
        /// For a sync-only user, whose further mailbox the seat is for. The seat itself has no place.
        public let person: UserID?

        public init(
            id: UserID, name: String, place: Place, level: VisibilityLevel, isActive: Bool = true,
            person: UserID? = nil
        ) {
            self.id = id
            self.name = name
            self.place = place
            self.level = level
            self.isActive = isActive
            self.person = person
        }

        public init(_ user: User) {
            self.init(
                id: user.id, name: user.name, place: user.place, level: user.level, isActive: user.isActive,
                person: user.person)
        }
    }

    public let members: [UserID: Member]
    public let equalsRule: EqualsRule
    private let reports: [UserID: [UserID]]
    private let depths: [UserID: Int]

    public init(_ members: some Sequence<Member>, equals: EqualsRule = .sameDepth) {
        var byID: [UserID: Member] = [:]
        var reports: [UserID: [UserID]] = [:]
        for member in members {
            byID[member.id] = member
            if member.person != nil { continue }
            if let superior = member.place.superior { reports[superior, default: []].append(member.id) }
        }
        // From the top downwards, so that what hangs on nothing, or on itself, is never reached.
        var depths: [UserID: Int] = [:]
        var level = byID.values.filter { $0.place == .top && $0.person == nil }.map(\.id)
        var depth = 0
        while !level.isEmpty {
            for id in level { depths[id] = depth }
            level = level.flatMap { reports[$0] ?? [] }
            depth += 1
        }
        self.members = byID
        self.equalsRule = equals
        self.reports = reports
        self.depths = depths
    }

    /// Whose mail it is: the person of a sync-only user, everyone else themselves.
    public func person(of user: UserID) -> UserID { members[user]?.person ?? user }

    /// 0 at the top; nil outside the hierarchy.
    public func depth(of user: UserID) -> Int? { depths[user] }

    /// Those whose superior is `user`, in no particular order.
    public func directReports(of user: UserID) -> [UserID] { reports[user] ?? [] }

    /// Everyone below `user`, however deep. Empty for a user who is outside the hierarchy, although others may name
    /// them as superior.
    public func below(_ user: UserID) -> Set<UserID> {
        guard let place = members[user]?.place, place != .outside else { return [] }
        return reaching(downFrom: user)
    }

    private func reaching(downFrom user: UserID) -> Set<UserID> {
        var found: Set<UserID> = []
        var waiting = reports[user] ?? []
        while let next = waiting.popLast() {
            guard next != user, found.insert(next).inserted else { continue }
            waiting += reports[next] ?? []
        }
        return found
    }

    /// The equals of `user`, without `user`.
    public func equals(of user: UserID) -> Set<UserID> {
        guard let depth = depths[user], let place = members[user]?.place else { return [] }
        return Set(
            depths.keys.filter { other in
                guard other != user, depths[other] == depth else { return false }
                switch equalsRule {
                case .sameDepth: return true
                case .sameSuperior: return place.superior != nil && members[other]?.place.superior == place.superior
                }
            })
    }

    /// How many steps up and down the tree lead from `user` to everyone who can be reached so. All users at the top
    /// hang on one common point, so two of them are 2 steps apart.
    public func distances(from user: UserID) -> [UserID: Int] {
        var distances = [user: 0]
        var top: Int?
        var frontier = [user]
        var steps = 0
        while !frontier.isEmpty || top == steps {
            var next: [UserID] = []
            if top == steps { next += members.values.filter { $0.place == .top && $0.person == nil }.map(\.id) }
            for id in frontier {
                next += reports[id] ?? []
                switch members[id]?.place {
                case .below(let superior) where members[superior] != nil: next.append(superior)
                case .top where top == nil: top = steps + 1
                default: break
                }
            }
            steps += 1
            frontier = next.filter { id in
                guard distances[id] == nil else { return false }
                distances[id] = steps
                return true
            }
        }
        return distances
    }

    /// Whether `user` may be placed there: under an existing user, and neither under themselves nor someone below them.
    public func allow(_ user: UserID, under superior: UserID) throws(HierarchyError) {
        guard let member = members[superior], member.person == nil else { throw .noSuchSuperior }
        guard superior != user else { throw .ownSuperior }
        guard !reaching(downFrom: user).contains(superior) else { throw .circle(superior: member.name) }
    }
}

/// Why a user cannot be placed somewhere in the hierarchy.
public enum HierarchyError: Error, Hashable, Sendable {
    case noSuchSuperior
    case ownSuperior
    case circle(superior: String)

    public var sentence: Phrase {
        switch self {
        case .noSuchSuperior: "The chosen superior is not a user of this organisation. Choose another."
        case .ownSuperior: "Nobody can be their own superior. Choose someone else, or place the person at the top."
        case .circle(let name):
            "\(name) stands below this person, so cannot also be their superior. Move \(name) first."
        }
    }
}
