/// What is known of the event of one activity in its owner's calendar. It is stored before anything is asked of the
/// provider, so that whatever is killed or answered late can be found again by its mark.
public struct EventRecord: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        /// Nothing was asked of the provider yet.
        case planned
        /// It was asked to make the event, in seconds since 1970 UTC, and the answer is not known.
        case asked(at: Int64)
        /// The event was made, under the provider's id.
        case standing(String)
        /// The provider was asked to remove the event.
        case leaving(String)
        /// The person deleted the event in the calendar. It is not made again before the activity is edited.
        case deletedByPerson
    }

    /// Never used for another event.
    public let mark: String
    public let calendar: String
    public var state: State

    public init(mark: String, calendar: String, state: State = .planned) {
        self.mark = mark
        self.calendar = calendar
        self.state = state
    }
}
