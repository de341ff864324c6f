/// What kind of activity it is. The texts are those in the store.
public enum ActivityKind: String, Hashable, Sendable, CaseIterable {
    case meeting
    case call
    /// A meeting at the contact's place.
    case visit
    /// Something to do by a time, which takes none in the calendar.
    case task

    /// Whether its time is when it is due rather than when it takes place.
    public var isDue: Bool { self == .task }

    /// How long one lasts whose end was left open, in minutes.
    public var usualLength: Int { self == .call ? 30 : 60 }
}
