/// The next thing to do so that a calendar shows an activity as it is, from what is known of its event. Pure: the engine
/// carries it out, stores what came of it, and asks again until it is ``done``.
public enum EventStep: Hashable, Sendable {
    case done
    /// Not before this time (seconds since 1970 UTC): a request whose answer never came may still arrive there.
    case wait(until: Int64)
    /// To begin anew under a new mark.
    case plan
    case forget
    case create(EventRecord)
    case find(EventRecord)
    case update(String)
    case remove(String)

    /// How long a request may arrive after it was given up: longer than any provider works on one.
    public static let lateness: Int64 = 600

    /// What an activity is to be in a calendar.
    public struct Wish: Hashable, Sendable {
        public let calendar: String
        /// It was edited, so that an event that the person has deleted is made anew.
        public let isEdit: Bool

        public init(calendar: String, isEdit: Bool) {
            self.calendar = calendar
            self.isEdit = isEdit
        }
    }

    /// - Parameters:
    ///   - wish: nil where no calendar is to show it.
    ///   - wasLookedFor: the event was searched by its mark since the work began, and not found.
    ///   - isUpToDate: the event was made or written since the work began.
    public static func next(
        _ record: EventRecord?, _ wish: Wish?, wasLookedFor: Bool, isUpToDate: Bool, now: Int64
    ) -> EventStep {
        guard let record else { return wish == nil ? .done : .plan }
        let isWanted = wish?.calendar == record.calendar
        switch record.state {
        case .planned: return isWanted ? .create(record) : .forget
        case .asked(let time):
            if !wasLookedFor { return .find(record) }
            if isWanted { return .create(record) }
            return now - time >= lateness ? .forget : .wait(until: time + lateness)
        case .standing(let id):
            if !isWanted { return .remove(id) }
            return isUpToDate ? .done : .update(id)
        case .leaving(let id): return .remove(id)
        case .deletedByPerson:
            guard let wish else { return .forget }
            return wish.isEdit ? .plan : .done
        }
    }

    /// What is known after the provider said that the event is not there: the person deleted it, unless an earlier request
    /// of ours did.
    public static func afterMissing(_ record: EventRecord, _ wish: Wish?) -> EventRecord? {
        guard case .standing = record.state, let wish, !wish.isEdit else { return nil }
        var record = record
        record.state = .deletedByPerson
        return record
    }
}
