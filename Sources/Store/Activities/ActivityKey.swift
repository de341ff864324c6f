import CRM

/// Where the next page of a list of activities begins: after this one, in the order of time and number.
public struct ActivityKey: Hashable, Sendable {
    /// Seconds since 1970 UTC: when an open activity begins, or when one was done.
    let time: Int64
    let activity: ActivityID

    init(time: Int64, activity: ActivityID) {
        self.time = time
        self.activity = activity
    }
}

extension ActivityKey: LosslessStringConvertible {
    public var description: String { TimeKeyText.write(time, activity) }

    public init?(_ description: String) {
        guard let (time, activity): (Int64, ActivityID) = TimeKeyText.read(description) else { return nil }
        self.init(time: time, activity: activity)
    }
}

/// A page of a list of activities, and where the next one begins: nil at the end.
public struct ActivityPage: Sendable, Hashable {
    public let activities: [ListedActivity]
    public let next: ActivityKey?
}
