import Mirror
import Synchronization

/// The calendars of a person in memory, with the faults that a provider has: it refuses, it does what it is asked and the
/// answer is lost, it does so long after the asker gave up.
public final class FakeCalendar: CalendarTarget {
    public struct Event: Hashable, Sendable {
        public let mark: String?
        public let calendar: String
        public var content: CalendarEvent?
    }

    public struct State: Sendable {
        public var calendars = [RemoteCalendar(id: "main", name: "Personal")]
        public var events: [String: Event] = [:]
        /// Makings whose asker gave up, and that happen later.
        var late: [(event: CalendarEvent, mark: String, calendar: String)] = []
        /// Each mark that an event was made under, also where it is gone.
        var ids: [String: String] = [:]
        var count = 0
        public var calls: [String: Int] = [:]
        public var refusal: CalendarFault?
        /// Nothing answers.
        public var outage = false
        /// In 0..<100, how many of the calls go wrong.
        public var faults = 0
        public var random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()

        /// What a person has in a calendar themselves.
        public mutating func addOwn(_ id: String) { events[id] = Event(mark: nil, calendar: "main", content: nil) }

        public mutating func letLateOnesHappen() {
            for one in late { _ = make(one.event, one.mark, one.calendar) }
            late = []
        }

        mutating func make(_ event: CalendarEvent, _ mark: String, _ calendar: String) -> String {
            if let known = ids[mark] { return known }
            count += 1
            let id = "event-\(count)"
            ids[mark] = id
            events[id] = Event(mark: mark, calendar: calendar, content: event)
            return id
        }
    }

    public let state = Mutex(State())

    public init() {}

    private enum Luck { case good, refused, lost, late }

    private func luck(_ call: String) throws -> Luck {
        try state.withLock { state in
            state.calls[call, default: 0] += 1
            if state.outage { throw Self.fault }
            if let refusal = state.refusal { throw refusal }
            guard Int.random(in: 0..<100, using: &state.random) < state.faults else { return .good }
            return [.refused, .lost, .late].randomElement(using: &state.random) ?? .refused
        }
    }

    private static let fault = SourceError.transient("The calendar did not answer.")

    /// Does what it is asked, and says so, or not.
    private func perform<Result: Sendable>(
        _ call: String, late: (@Sendable (inout State) -> Void)? = nil,
        _ work: @Sendable (inout State) throws -> Result
    ) async throws -> Result {
        let luck = try luck(call)
        await Task.yield()
        switch luck {
        case .good: return try state.withLock { try work(&$0) }
        case .refused: throw Self.fault
        case .lost: _ = try state.withLock { try work(&$0) }
        case .late: state.withLock { late?(&$0) }
        }
        throw Self.fault
    }

    public func calendars() async throws -> [RemoteCalendar] {
        try await perform("calendars") { $0.calendars }
    }

    public func create(_ event: CalendarEvent, mark: String, in calendar: String) async throws -> String {
        try await perform("create", late: { $0.late.append((event, mark, calendar)) }) { state in
            guard state.calendars.contains(where: { $0.id == calendar }) else { throw CalendarFault.calendarMissing }
            return state.make(event, mark, calendar)
        }
    }

    public func find(mark: String, in calendar: String) async throws -> String? {
        try await perform("find") { state in
            state.events.first { $0.value.mark == mark && $0.value.calendar == calendar }?.key
        }
    }

    public func update(_ id: String, to event: CalendarEvent) async throws -> Bool {
        try await perform("update") { state in
            guard state.events[id] != nil else { return false }
            state.events[id]?.content = event
            return true
        }
    }

    public func remove(_ id: String) async throws -> Bool {
        try await perform("remove") { $0.events.removeValue(forKey: id) != nil }
    }
}
