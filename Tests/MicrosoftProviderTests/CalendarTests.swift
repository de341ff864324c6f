import CRM
import Foundation
import Generators
import Mirror
import Sandbox
import Store
import Testing

@testable import MicrosoftProvider
@testable import SyncEngine

/// Meetings and tasks in a calendar of Microsoft 365: once each, whatever fails.
@Suite struct CalendarTests {
    private static func event(_ title: String, _ time: ActivityTime, isBusy: Bool = true) -> CalendarEvent {
        CalendarEvent(title: title, text: "Carol Reed", time: time, timeZone: "Europe/Paris", isBusy: isBusy)
    }

    private static func day(_ month: Int, _ day: Int) throws -> CalendarDay {
        try #require(CalendarDay(year: 2027, month: month, day: day))
    }

    @Test func `calendars that may be written to can be chosen, one's own first`() async throws {
        try await CalendarBench.open { bench in
            try bench.mailbox { mailbox in
                _ = mailbox.createCalendar("Alpha")
                _ = mailbox.createCalendar("Holidays", canEdit: false)
            }
            #expect(try await bench.calendar.calendars().map(\.name) == ["Calendar", "Alpha"])
        }
    }

    @Test func `an event keeps its time over a change to summer time, and whole days are days`() async throws {
        try await CalendarBench.open { bench in
            // 09:00 in Paris before the change on 28 March 2027, and 09:00 after it.
            let (before, after): (Int64, Int64) = (1_806_048_000 - 3_600, 1_806_652_800 - 7_200)
            for (title, start) in [("before", before), ("after", after)] {
                _ = try await bench.calendar.create(
                    Self.event(title, .timed(start: start, end: start + 3_600)), mark: title, in: bench.main)
            }
            let days = ActivityTime.days(first: try Self.day(3, 27), last: try Self.day(3, 29))
            _ = try await bench.calendar.create(Self.event("days", days, isBusy: false), mark: "days", in: bench.main)
            let events = try bench.events()
            #expect(events.first { $0.title == "before" }?.start == Date(timeIntervalSince1970: Double(before)))
            #expect(events.first { $0.title == "after" }?.start == Date(timeIntervalSince1970: Double(after)))
            let whole = try #require(events.first { $0.title == "days" })
            #expect(whole.isAllDay && whole.startZone == "Europe/Paris" && whole.showAs == "free")
            #expect(whole.start == Date(timeIntervalSince1970: Double(try Self.day(3, 27).rawValue * 86_400)))
            #expect(whole.end == Date(timeIntervalSince1970: Double(try Self.day(3, 30).rawValue * 86_400)))
            #expect(events.allSatisfy { $0.attendees.isEmpty })
        }
    }

    @Test func `a mark makes one event, is found again, and is found in its calendar only`() async throws {
        try await CalendarBench.open { bench in
            let time = ActivityTime.timed(start: 1_806_048_000, end: 1_806_051_600)
            try bench.mailbox { $0.createCalendar("Other") }
            let first = try await bench.calendar.create(Self.event("One", time), mark: "m-1", in: bench.main)
            let second = try await bench.calendar.create(Self.event("One", time), mark: "m-1", in: bench.main)
            #expect(first == second)
            #expect(try await bench.calendar.find(mark: "m-1", in: bench.main) == first)
            #expect(try await bench.calendar.find(mark: "m-2", in: bench.main) == nil)
            let ids = try await bench.calendar.calendars()
            #expect(try await bench.calendar.find(mark: "m-1", in: try #require(ids.last).id) == nil)
            #expect(try await bench.calendar.update(first, to: Self.event("Two", time)))
            #expect(try bench.events().map(\.title) == ["Two"])
            #expect(try await bench.calendar.remove(first))
            #expect(try await bench.calendar.remove(first) == false)
            #expect(try await bench.calendar.update(first, to: Self.event("Three", time)) == false)
        }
    }

    @Test func `a calendar that is gone, and a scope that is missing, are said as such`() async throws {
        let time = ActivityTime.timed(start: 1_806_048_000, end: 1_806_051_600)
        try await CalendarBench.open { bench in
            let gone = try bench.mailbox { $0.createCalendar("Gone") }
            let id = try #require(try await bench.calendar.calendars().last).id
            try bench.mailbox { $0.deleteCalendar(gone) }
            await #expect(throws: CalendarFault.calendarMissing) {
                _ = try await bench.calendar.create(Self.event("One", time), mark: "m", in: id)
            }
        }
        try await CalendarBench.open(scopes: ["User.Read", "Mail.Read", "Calendars.Read"]) { bench in
            let failure = await #expect(throws: SourceError.self) {
                _ = try await bench.calendar.create(Self.event("One", time), mark: "m", in: bench.main)
            }
            #expect(failure?.sentence.english.contains("leave everything ticked") == true)
        }
    }

    @Test func `nothing of the calendar reaches the CRM, whatever is done to our events there`() async throws {
        try await CalendarBench.open { bench in
            let offer = try await bench.plan("Offer")
            try await bench.settle()
            let before = try await bench.everything()
            try bench.mailbox { mailbox in
                let now = Date(timeIntervalSince1970: 1_806_000_000)
                var own = MailboxEvent.Content(start: now, end: now.addingTimeInterval(60))
                own.title = "Dentist"
                mailbox.createEvent(own, in: mailbox.calendars[0].id, at: now)
                for event in mailbox.events(in: mailbox.calendars[0].id) where event.content.title == "Offer" {
                    var changed = event.content
                    (changed.title, changed.start, changed.text) = ("Another title", now, "Another text")
                    try mailbox.changeEvent(event.id, to: changed, at: now)
                }
            }
            try await bench.settle()
            #expect(try await bench.everything() == before)
            try await bench.edit(offer, "Offer, again")
            try await bench.settle()
            #expect(try bench.events().map(\.title) == ["Dentist", "Offer, again"])
        }
    }

    /// Written, but the answer was lost; throttled; failed; cut off; in any order.
    @Test(arguments: 1...6) func `whatever fails, each activity has one event`(seed: UInt64) async throws {
        try await CalendarBench.open { bench in
            try bench.mailbox { mailbox in
                let now = Date(timeIntervalSince1970: 1_806_000_000)
                _ = mailbox.createEvent(
                    MailboxEvent.Content(start: now, end: now.addingTimeInterval(60)), in: mailbox.calendars[0].id,
                    at: now)
            }
            var random = SeededRandom(seed: seed)
            var activities: [ActivityID] = []
            let effects: [Fault.Effect] = [
                .loseAnswer, .refuse, .fail(status: 503, code: "ServiceUnavailable"), .throttle(retryAfter: 1),
                .fail(status: 500, code: "ErrorInternalServerError"), .truncate(after: 10), .rejectToken,
            ]
            for round in 0..<25 {
                for _ in 0..<Int.random(in: 0..<4, using: &random) {
                    bench.sandbox.faults.add(
                        Fault(
                            effects[Int.random(in: effects.indices, using: &random)], path: "/me/",
                            skipping: Int.random(in: 0..<3, using: &random)))
                }
                switch Int.random(in: 0..<5, using: &random) {
                case 0, 1: activities.append(try await bench.plan("Plan \(round)"))
                case 2 where !activities.isEmpty:
                    try await bench.edit(
                        activities[Int.random(in: activities.indices, using: &random)], "Edit \(round)")
                case 3 where !activities.isEmpty:
                    let gone = activities.remove(at: Int.random(in: activities.indices, using: &random))
                    try await bench.delete(gone)
                default: break
                }
                _ = try? await bench.push.pass()
            }
            bench.sandbox.faults.clear()
            try await bench.settle()
            let expected = try await bench.titles(of: activities)
            #expect(try bench.events().map(\.title).filter { !$0.isEmpty } == expected)
            // The person's own.
            #expect(try bench.events().count == expected.count + 1)
        }
    }
}
