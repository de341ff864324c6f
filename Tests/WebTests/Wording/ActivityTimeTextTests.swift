import CRM
import Foundation
import Testing

@testable import Web

@Suite struct ActivityTimeTextTests {
    /// Monday, 23 November 2026, 14:00 in Paris.
    private let now: Int64 = 1_795_438_800
    private let text = ActivityTimeText(zone: TimeZone(identifier: "Europe/Paris")!, now: 1_795_438_800)

    private func timed(_ start: Int64, _ end: Int64) -> ActivityTime { .timed(start: now + start, end: now + end) }

    @Test func `times are short in lists`() {
        let hour: Int64 = 3_600
        let day = 24 * hour
        #expect(text.short(timed(0, hour), .meeting).english == "Today, 14:00–15:00")
        #expect(text.short(timed(day, day + hour), .call).english == "Tomorrow, 14:00–15:00")
        #expect(text.short(timed(-day, -day), .task).english == "Due yesterday, 14:00")
        #expect(text.short(timed(3 * day, 3 * day + hour), .visit).english == "Thu 26 Nov, 14:00–15:00")
        #expect(text.short(timed(10 * hour, 34 * hour), .visit).english == "Tomorrow, 00:00 – Wed 25 Nov, 00:00")
        #expect(text.short(.days(first: text.today, last: text.today), .task).english == "Due today")
        let newYear = CalendarDay("2027-01-01")!
        #expect(
            text.short(.days(first: newYear.adding(-1), last: newYear), .visit).english == "Thu 31 Dec – Fri 1 Jan 2027"
        )
        #expect(text.long(timed(0, hour)).english == "Monday 23 November 2026, 14:00 to 15:00")
    }

    @Test func `on a day of a week only what happens on it is told`() {
        let (monday, hour) = (text.today, 3_600 as Int64)
        let night = timed(8 * hour, 35 * hour)
        #expect(text.within(monday, timed(0, hour), .call).english == "14:00–15:00")
        #expect(text.within(monday, night, .visit).english == "from 22:00")
        #expect(text.within(monday.adding(1), night, .visit).english == "All day")
        #expect(text.within(monday.adding(2), night, .visit).english == "until 01:00")
        #expect(text.within(monday, timed(hour, hour), .task).english == "Due 15:00")
        #expect(text.within(monday, .days(first: monday, last: monday), .task).english == "Due")
    }

    @Test(arguments: [
        ("2026-11-23", "23–29 November 2026"), ("2026-11-30", "30 November – 6 December 2026"),
        ("2026-12-28", "28 December 2026 – 3 January 2027"),
    ])
    func `a week is named by its days`(_ monday: String, _ name: String) throws {
        #expect(ActivityTimeText.week(from: try #require(CalendarDay(monday))).english == name)
    }
}
