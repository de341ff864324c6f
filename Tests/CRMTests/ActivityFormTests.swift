import CRM
import Foundation
import Testing

@Suite struct ActivityFormTests {
    private let paris = TimeZone(identifier: "Europe/Paris")!
    /// 23 November 2026, 14:00 in Paris.
    private let start: Int64 = 1_795_438_800

    private func form(_ kind: ActivityKind = .meeting) -> ActivityForm {
        var form = ActivityForm()
        form.kind = kind
        form.title = "Offer"
        form.owner = 1
        (form.startDay, form.startTime, form.endTime) = ("2026-11-23", "14:00", "15:30")
        return form
    }

    private func problems(_ form: ActivityForm, in zone: TimeZone? = nil) -> FormProblems? {
        #expect(throws: FormProblems.self) { _ = try form.validated(in: zone ?? paris) }
    }

    @Test func `a meeting is cleaned, and its times are those of the person's zone`() throws {
        var form = form()
        form.title = "  Talk about\nthe offer "
        form.contacts = [3, 2, 3]
        form.notes = " two\nlines \n"
        let valid = try form.validated(in: paris)
        #expect(valid.title == "Talk about the offer" && valid.notes == "two\nlines" && valid.contacts == [3, 2])
        #expect(valid.time == .timed(start: start, end: start + 5_400))
        let tokyo = try form.validated(in: try #require(TimeZone(identifier: "Asia/Tokyo")))
        #expect(tokyo.time == .timed(start: start - 8 * 3_600, end: start - 8 * 3_600 + 5_400))
    }

    @Test(arguments: [(ActivityKind.meeting, 3_600 as Int64), (.visit, 3_600), (.call, 1_800)])
    func `without an end it lasts as long as its kind usually does`(_ kind: ActivityKind, _ length: Int64) throws {
        var form = form(kind)
        form.endTime = ""
        #expect(try form.validated(in: paris).time == .timed(start: start, end: start + length))
    }

    @Test func `a task is due at a time or on a day, and has no end`() throws {
        var form = form(.task)
        form.endDay = "nonsense"
        #expect(try form.validated(in: paris).time == .timed(start: start, end: start))
        form.startTime = " "
        let day = try #require(CalendarDay("2026-11-23"))
        #expect(try form.validated(in: paris).time == .days(first: day, last: day))
    }

    @Test func `whole days need no times, and are the same days in every zone`() throws {
        var form = form()
        (form.isAllDay, form.startTime, form.endTime, form.endDay) = (true, "x", "y", "2026-11-25")
        let first = try #require(CalendarDay("2026-11-23"))
        for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            let time = try form.validated(in: try #require(TimeZone(identifier: zone))).time
            #expect(time == .days(first: first, last: first.adding(2)))
        }
    }

    @Test func `it ends after it begins`() {
        var form = form()
        form.endTime = "14:00"
        #expect(problems(form)?[.endTime]?.english.contains("ends before it begins") == true)
        form.endDay = "2026-11-22"
        #expect(problems(form)?[.endDay]?.english.contains("ends before it begins") == true)
        form.isAllDay = true
        #expect(problems(form)?[.endDay]?.english.contains("ends before it begins") == true)
    }

    @Test func `it lasts a month at most`() throws {
        var form = form()
        (form.isAllDay, form.endDay) = (true, "2026-12-23")
        _ = try form.validated(in: paris)
        form.endDay = "2026-12-24"
        #expect(problems(form)?[.endDay]?.english.contains("longer than 31 days") == true)
        (form.isAllDay, form.endTime) = (false, "14:00")
        _ = try form.validated(in: paris)
        form.endTime = "14:01"
        #expect(problems(form)?[.endDay]?.english.contains("longer than 31 days") == true)
    }

    @Test func `on the day of the change to summer time an hour is missing`() throws {
        var form = form()
        (form.startDay, form.startTime, form.endTime) = ("2026-03-29", "01:30", "03:30")
        #expect(try form.validated(in: paris).time == .timed(start: 1_774_744_200, end: 1_774_747_800))
        form.startTime = "02:15"
        #expect(problems(form)?[.startTime]?.english.contains("no 02:15 on that day") == true)
        (form.startTime, form.endTime) = ("01:00", "02:45")
        #expect(problems(form)?[.endTime]?.english.contains("no 02:45 on that day") == true)
        // There it is an ordinary time.
        _ = try form.validated(in: try #require(TimeZone(identifier: "Asia/Tokyo")))
    }

    @Test func `all problems are told at once, each at its field`() throws {
        var form = ActivityForm()
        form.kind = nil
        form.contacts = (1...60).map { ContactID($0) }
        form.notes = String(repeating: "x", count: 20_001)
        form.startDay = "23.11.2026"
        let problems = try #require(self.problems(form))
        for field in [FormField.title, .kind, .owner, .contacts, .notes, .startDay, .startTime] {
            #expect(problems[field] != nil, "\(field)")
        }
    }

    @Test(arguments: ["0026-11-23", "2100-01-01", "1999-12-31"])
    func `a year that is a slip is refused`(_ day: String) {
        var form = form()
        form.startDay = day
        #expect(problems(form)?[.startDay] != nil)
    }

    @Test func `a form filled from an activity says the same again, in whatever zone`() throws {
        let day = try #require(CalendarDay("2026-11-23"))
        let times: [(ActivityKind, ActivityTime)] = [
            (.meeting, .timed(start: start, end: start + 3_600)), (.visit, .timed(start: start, end: start + 90_000)),
            (.call, .days(first: day, last: day)), (.meeting, .days(first: day, last: day.adding(3))),
            (.task, .timed(start: start, end: start)), (.task, .days(first: day, last: day)),
        ]
        for zone in ["Europe/Paris", "Asia/Kathmandu", "America/St_Johns"] {
            let zone = try #require(TimeZone(identifier: zone))
            for (kind, time) in times {
                let activity = Activity(
                    id: 1, kind: kind, title: "T", time: time, contacts: [4], account: 5, notes: "N", owner: 6,
                    doneAt: nil, showsInCalendar: true, createdAt: 0, updatedAt: 0)
                let valid = try ActivityForm(activity, in: zone).validated(in: zone)
                #expect(valid.time == time && valid.kind == kind && valid.contacts == [4] && valid.owner == 6)
            }
        }
    }

    @Test func `in the hour that comes twice, what is left as it was stays where it was`() throws {
        // The second 02:30 of the night to 25 October, and half an hour later.
        let time = ActivityTime.timed(start: 1_792_891_800, end: 1_792_893_600)
        let activity = Activity(
            id: 1, kind: .call, title: "T", time: time, contacts: [], account: nil, notes: "", owner: 6, doneAt: nil,
            showsInCalendar: false, createdAt: 0, updatedAt: 0)
        var form = ActivityForm(activity, in: paris)
        #expect(form.startTime == "02:30" && form.endTime == "03:00")
        #expect(try form.validated(in: paris).time == time)
        // Entered anew, the first is meant.
        form.present = nil
        #expect(try form.validated(in: paris).time == .timed(start: 1_792_888_200, end: 1_792_893_600))
    }

    @Test func `days end at midnight where one is, and points in time everywhere at once`() throws {
        let day = try #require(CalendarDay("2026-11-23"))
        let tokyo = try #require(TimeZone(identifier: "Asia/Tokyo"))
        // 17:00 in Paris is the next day in Tokyo.
        let now = start + 3 * 3_600
        let whole = ActivityTime.days(first: day, last: day)
        #expect(!whole.isOver(at: now, in: paris) && whole.isOver(at: now, in: tokyo))
        let timed = ActivityTime.timed(start: start, end: now)
        #expect(timed.isOver(at: now, in: paris) && !timed.isOver(at: now - 1, in: tokyo))
        // What ends at midnight does not touch the next day.
        let evening = ActivityTime.timed(start: start + 8 * 3_600, end: start + 10 * 3_600)
        #expect(evening.firstDay(in: paris) == day && evening.lastDay(in: paris) == day)
    }

    @Test func `its owner and administrators change an activity, nobody else`() {
        func user(_ id: UserID, _ isAdministrator: Bool = false) -> User {
            User(id: id, organization: 1, email: "", name: "", isAdministrator: isAdministrator)
        }
        func may(_ user: User, _ planner: UserID?) -> Bool { user.mayChangeActivity(of: 1, plannedBy: planner) }
        #expect(may(user(1), 3) && may(user(2, true), 3) && may(user(3), 3))
        #expect(!may(user(2), 3) && !may(user(2), nil))
    }
}
