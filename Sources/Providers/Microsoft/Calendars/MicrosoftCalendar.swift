import Foundation
import Mirror
import OAuth

/// The calendars of a person at Microsoft 365 (Microsoft Graph, "calendar" and "event" resources). Of events that are there,
/// only those are asked after that carry a mark of ours.
struct MicrosoftCalendar: CalendarTarget {
    let graph: GraphClient
    let isSignedIn: Bool

    // MARK: Calendars

    private struct Calendar: Decodable, Sendable {
        let id: String
        let name: String?
        let canEdit, isDefaultCalendar: Bool?
    }

    /// Pages that are read at most; a page has 100 calendars.
    private static let pageLimit = 20

    func calendars() async throws -> [RemoteCalendar] {
        try await meaning {
            var all: [Calendar] = []
            var next: GraphTarget? = GraphTarget(
                "me/calendars", [("$select", "id,name,canEdit,isDefaultCalendar"), ("$top", "100")])
            for _ in 0..<Self.pageLimit {
                guard let target = next else { break }
                let page: GraphPage<Calendar> = try await graph.get(target)
                all += page.value
                next = page.nextLink.flatMap { target.following($0) }
            }
            let writable = all.filter { $0.canEdit == true }
            let sorted =
                writable.filter { $0.isDefaultCalendar == true } + writable.filter { $0.isDefaultCalendar != true }
            return sorted.map { RemoteCalendar(id: $0.id, name: $0.name ?? $0.id) }
        }
    }

    // MARK: Events

    private struct Made: Decodable {
        let id: String
    }

    /// However often it arrives, Graph makes one event under a `transactionId`. Where it says that there is one, that is
    /// looked up by the mark, which the event carries as well.
    func create(_ event: CalendarEvent, mark: String, in calendar: String) async throws -> String {
        do {
            return try await meaning {
                let response = try await write(
                    .post, "me/calendars/\(GraphTarget.id(calendar))/events", GraphEvent(event, mark: mark))
                return try JSONDecoder().decode(Made.self, from: Data(response.body)).id
            } refused: { fault in
                if fault.isMissing { return CalendarFault.calendarMissing }
                return Self.refusal(fault, event)
            }
        } catch is DecodingError {
            throw SourceError.transient("Microsoft cannot be asked at the moment.")
        } catch EventExists.underThisMark {
            if let id = try await find(mark: mark, in: calendar) { return id }
            throw SourceError.transient("Microsoft cannot be asked at the moment.")
        }
    }

    func find(mark: String, in calendar: String) async throws -> String? {
        try await meaning {
            let page: GraphPage<GraphName> = try await graph.get(
                GraphTarget(
                    "me/calendars/\(GraphTarget.id(calendar))/events",
                    [("$filter", GraphEvent.filter(mark: mark)), ("$select", "id"), ("$top", "2")]))
            return page.value.first?.id
        } refused: {
            $0.isMissing ? CalendarFault.calendarMissing : nil
        }
    }

    func update(_ id: String, to event: CalendarEvent) async throws -> Bool {
        try await unlessMissing {
            _ = try await write(.patch, "me/events/\(GraphTarget.id(id))", GraphEvent(event, mark: nil))
        } refused: {
            Self.refusal($0, event)
        }
    }

    func remove(_ id: String) async throws -> Bool {
        try await unlessMissing {
            _ = try await write(.delete, "me/events/\(GraphTarget.id(id))", nil)
        } refused: { _ in
            nil
        }
    }

    // MARK: -

    private enum EventExists: Error { case underThisMark }

    private func write(_ method: WebRequest.Method, _ path: String, _ event: GraphEvent?) async throws -> WebResponse {
        var headers = [("Accept", "application/json"), ("Prefer", GraphPreferences().header)]
        if event != nil { headers.append(("Content-Type", "application/json")) }
        return try await graph.send(
            WebRequest(
                method, graph.root + "/" + path, headers: headers,
                body: try event.map { Array(try JSONEncoder().encode($0)) } ?? []))
    }

    private func unlessMissing(
        _ work: () async throws -> Void, refused: (GraphFault) -> (any Error)?
    ) async throws -> Bool {
        do {
            return try await meaning {
                try await work()
                return true
            } refused: {
                $0.isMissing ? Missing() : refused($0)
            }
        } catch is Missing {
            return false
        }
    }

    private struct Missing: Error {}

    /// What Graph does not take of an event, whenever it is sent.
    private static func refusal(_ fault: GraphFault, _ event: CalendarEvent) -> (any Error)? {
        if fault.isDuplicate { return EventExists.underThisMark }
        guard [400, 413, 422].contains(fault.status) else { return nil }
        return CalendarFault.eventRefused(
            "Microsoft does not take the event “\(event.title)”. Edit the meeting or task, or take it out of the calendar."
        )
    }

    private func meaning<Result>(
        _ work: () async throws -> Result, refused: (GraphFault) -> (any Error)? = { _ in nil }
    ) async throws -> Result {
        guard isSignedIn else { throw SourceError.signInNeeded(.credentialsUnreadable) }
        do {
            return try await work()
        } catch let fault as GraphFault {
            if let error = refused(fault) { throw error }
            if fault.status == 403 {
                throw SourceError.misconfigured(
                    "Microsoft does not let Mailcard write to the calendar. Sign in again and leave everything ticked.")
            }
            throw SourceError(fault)
        } catch let fault as OAuthFault {
            throw SourceError(fault)
        } catch let failure as WebFailure {
            throw SourceError(failure)
        }
    }
}
