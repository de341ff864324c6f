/// A meeting, a call, a task: something that one person of the organisation does, with contacts or without.
public struct Activity: Hashable, Sendable, Identifiable {
    public let id: ActivityID
    public let kind: ActivityKind
    public let title: String
    public let time: ActivityTime
    /// In the order in which they were chosen.
    public let contacts: [ContactID]
    public let account: AccountID?
    public let notes: String
    /// Whose it is: who does it, and in whose calendar it appears.
    public let owner: UserID
    /// When it was marked as done, in seconds since 1970 UTC; nil while it is open.
    public let doneAt: Int64?
    /// Whether it is to appear in the owner's calendar.
    public let showsInCalendar: Bool
    public let createdAt: Int64
    public let updatedAt: Int64
    /// Who planned it, who need not be the owner; nil where that was not noted.
    public let planner: UserID?

    public init(
        id: ActivityID, kind: ActivityKind, title: String, time: ActivityTime, contacts: [ContactID],
        account: AccountID?, notes: String, owner: UserID, doneAt: Int64?, showsInCalendar: Bool, createdAt: Int64,
        updatedAt: Int64, planner: UserID? = nil
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.time = time
        self.contacts = contacts
        self.account = account
        self.notes = notes
        self.owner = owner
        self.doneAt = doneAt
        self.showsInCalendar = showsInCalendar
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.planner = planner
    }

    public var isDone: Bool { doneAt != nil }
}

extension User {
    /// Everyone in the organisation sees an activity; its owner, whoever planned it, and administrators change it.
    public func mayChangeActivity(of owner: UserID, plannedBy planner: UserID?) -> Bool {
        id == owner || id == planner || isAdministrator
    }

    public func mayChange(_ activity: Activity) -> Bool {
        mayChangeActivity(of: activity.owner, plannedBy: activity.planner)
    }
}
