import Foundation

/// An activity as someone fills it in, and the rules for it. Days and times are as the fields of a form carry them
/// ("2026-11-23", "14:05"), in the time zone of the person.
public struct ActivityForm: Hashable, Sendable {
    public var kind: ActivityKind? = .meeting
    public var title = ""
    public var startDay = ""
    /// May be empty for a task, which is due on the day then.
    public var startTime = ""
    /// Empty for the same day.
    public var endDay = ""
    /// Empty for the usual length of its kind.
    public var endTime = ""
    public var isAllDay = false
    public var contacts: [ContactID] = []
    public var account: AccountID?
    public var notes = ""
    public var owner: UserID?
    public var showsInCalendar = false
    /// When the activity is that is being changed: what is left as it was stays the same point in time, also in the
    /// hour that comes twice in autumn.
    public var present: ActivityTime?

    /// A meeting with more people than this is an event, whose guests belong in a list of their own.
    public static let contactLimit = 50
    /// In days. What lasts longer is a project; and what shows a week need not look back further.
    public static let lengthLimit = 31
    /// Years outside are slips of the keyboard.
    public static let years = 2_000...2_099

    public init() {}

    public init(_ activity: Activity, in zone: TimeZone) {
        kind = activity.kind
        title = activity.title
        contacts = activity.contacts
        account = activity.account
        notes = activity.notes
        owner = activity.owner
        showsInCalendar = activity.showsInCalendar
        present = activity.time
        switch activity.time {
        case .days(let first, let last):
            isAllDay = !activity.kind.isDue
            (startDay, endDay) = (first.description, last == first ? "" : last.description)
        case .timed(let start, let end):
            let (start, end) = (LocalTime(start, in: zone), LocalTime(end, in: zone))
            (startDay, startTime) = (start.day.description, start.time)
            if !activity.kind.isDue {
                (endDay, endTime) = (end.day == start.day ? "" : end.day.description, end.time)
            }
        }
    }

    /// The cleaned values.
    ///
    /// - Parameter zone: in which the days and times were entered.
    /// - Throws: every problem at once.
    public func validated(in zone: TimeZone) throws(FormProblems) -> ValidActivity {
        var problems = FormProblems()
        let title = FieldRules.line(title, .title, "The title", into: &problems)
        if title.isEmpty { problems.add(.title, "Enter what it is about.") }
        if kind == nil { problems.add(.kind, "Choose what kind of activity it is.") }
        if owner == nil { problems.add(.owner, "Choose who does it.") }
        var seen: Set<ContactID> = []
        let contacts = contacts.filter { seen.insert($0).inserted }
        if contacts.count > Self.contactLimit {
            problems.add(.contacts, "An activity can have at most \(Self.contactLimit) contacts. Remove some of them.")
        }
        let notes = FieldRules.notes(notes, into: &problems)
        let time = ActivityTimeRules(self, zone).time(into: &problems)
        try problems.throwIfAny()
        guard let kind, let owner, let time else { throw problems }
        return ValidActivity(
            kind: kind, title: title, time: time, contacts: contacts, account: account, notes: notes, owner: owner,
            showsInCalendar: showsInCalendar)
    }
}

/// What an ``ActivityForm`` says, cleaned and complete.
public struct ValidActivity: Hashable, Sendable {
    public let kind: ActivityKind
    public let title: String
    public let time: ActivityTime
    public let contacts: [ContactID]
    public let account: AccountID?
    public let notes: String
    public let owner: UserID
    public let showsInCalendar: Bool
}
