import CRM
import Foundation
import Testing

@Suite struct CalendarDayTests {
    @Test func `days are counted, written and read back`() throws {
        for (text, number, weekday) in [
            ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("2026-11-23", 20_780, 1), ("2026-11-29", 20_786, 7),
            ("9999-12-31", 2_932_896, 5),
        ] {
            let day = try #require(CalendarDay(text))
            #expect(day.rawValue == Int64(number) && day.weekday == weekday && day.description == text)
        }
        #expect(CalendarDay(rawValue: -1).description == "1969-12-31" && CalendarDay(rawValue: -1).weekday == 3)
    }

    @Test(arguments: [
        "", "x", "2026-13-01", "2026-1", "1-1-1", "2026-02-29", "2026-+4-01", "2026-11-00", "2026-11-23-1",
    ])
    func `what is no date is none`(_ text: String) { #expect(CalendarDay(text) == nil) }

    @Test func `every day is one more than the one before, and weeks begin on Monday`() throws {
        var day = try #require(CalendarDay("1999-12-20"))
        for _ in 0..<1_000 {
            let next = day.adding(1)
            #expect(CalendarDay(year: next.year, month: next.month, day: next.day) == next)
            #expect(next.weekday == day.weekday % 7 + 1)
            #expect(next.monday.weekday == 1 && (0..<7).contains(next.rawValue - next.monday.rawValue))
            day = next
        }
    }
}

@Suite struct LocalTimeTests {
    private func local(_ day: String, _ time: String) throws -> LocalTime {
        LocalTime(day: try #require(CalendarDay(day)), minute: try #require(LocalTime.minute(time)))
    }

    @Test(arguments: [
        ("Europe/Paris", "2026-11-23", "14:30", 1_795_440_600 as Int64),
        ("Asia/Kolkata", "2026-11-23", "00:00", 1_795_372_200),
        ("UTC", "2026-11-23", "23:59", 1_795_478_340), ("America/New_York", "2026-07-01", "09:00", 1_782_910_800),
    ])
    func `a time on the wall is a point in time, and back`(
        _ zone: String, _ day: String, _ time: String, _ seconds: Int64
    ) throws {
        let zone = try #require(TimeZone(identifier: zone))
        let local = try local(day, time)
        #expect(local.seconds(in: zone) == seconds)
        #expect(LocalTime(seconds, in: zone) == local && local.time == time)
    }

    @Test func `a time that the change to summer time leaves out is none`() throws {
        let paris = try #require(TimeZone(identifier: "Europe/Paris"))
        #expect(try local("2026-03-29", "02:30").seconds(in: paris) == nil)
        #expect(try local("2026-03-29", "01:59").seconds(in: paris) == 1_774_745_940)
        #expect(try local("2026-03-29", "03:00").seconds(in: paris) == 1_774_746_000)
    }

    @Test func `of a time that comes twice in autumn the first counts`() throws {
        let paris = try #require(TimeZone(identifier: "Europe/Paris"))
        let first = try #require(try local("2026-10-25", "02:30").seconds(in: paris))
        #expect(first == 1_792_888_200)
        #expect(LocalTime(first, in: paris).time == "02:30" && LocalTime(first + 3_600, in: paris).time == "02:30")
    }

    @Test func `a day begins with the new time where midnight is left out`() throws {
        // The clocks in Cairo go from 00:00 to 01:00 on the last Friday of April.
        let cairo = try #require(TimeZone(identifier: "Africa/Cairo"))
        let day = try #require(CalendarDay("2026-04-24"))
        let begin = LocalTime.begin(of: day, in: cairo)
        #expect(LocalTime(begin, in: cairo) == LocalTime(day: day, minute: 60))
        #expect(LocalTime(begin - 60, in: cairo) == LocalTime(day: day.adding(-1), minute: 1_439))
    }

    @Test(arguments: [("9:05", 545), ("00:00", 0), ("23:59", 1_439), ("14:30:00", 870)])
    func `times are read as fields of forms carry them`(_ text: String, _ minute: Int) {
        #expect(LocalTime.minute(text) == minute)
    }

    @Test(arguments: ["", "9", "24:00", "12:60", "+1:30", "12:3x", "1:2:3:4", "123:00", "12:00:61", "-1:00"])
    func `what is no time is none`(_ text: String) { #expect(LocalTime.minute(text) == nil) }
}
