import CRM

/// An activity in a list, with the names that stand beside it.
public struct ListedActivity: Sendable, Hashable, Identifiable {
    /// A contact by their name.
    public struct Named: Sendable, Hashable {
        public let id: ContactID
        public let name: String
    }

    public let id: ActivityID
    public let kind: ActivityKind
    public let title: String
    public let time: ActivityTime
    public let account: AccountID?
    public let accountName: String?
    public let owner: UserID
    public let ownerName: String
    public let doneAt: Int64?
    public let showsInCalendar: Bool
    /// Who planned it; nil where that was not noted.
    public let planner: UserID?
    /// In the order in which they were chosen.
    public internal(set) var contacts: [Named] = []

    public var isDone: Bool { doneAt != nil }
}

/// Whose activities, or of which card.
public enum ActivityScope: Hashable, Sendable {
    case everyone
    case owner(UserID)
    case contact(ContactID)
    /// Those of the account, and those of its contacts.
    case account(AccountID)
}
