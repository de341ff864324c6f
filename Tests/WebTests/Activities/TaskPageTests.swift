import CRM
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

/// The sample company stands on Monday, 21 September 2026, 15:13 in London.
@Suite struct TaskPageTests {
    private func plan(
        _ bench: WebBench, _ kind: ActivityKind, _ title: String, of mailName: String, _ day: String,
        _ start: String = "", until: String = ""
    ) async throws -> ActivityID {
        let user = try await bench.user(mailName)
        var form = ActivityForm()
        (form.kind, form.title, form.owner) = (kind, title, user.id)
        (form.startDay, form.startTime, form.endTime, form.isAllDay) = (day, start, until, start.isEmpty)
        let valid = try form.validated(in: try #require(TimeZone(identifier: user.timeZone)))
        return try await bench.write { try Activities.create($0, $1, valid, now: 1) }
    }

    @Test func `one's own tasks are grouped by when they are due, and colleagues' are a choice away`() async throws {
        let bench = try await WebBench()
        let camille = try await bench.user("camille.fournier").id
        _ = try await plan(bench, .meeting, "On Sunday", of: "tom.ashworth", "2026-09-27", "10:00")
        _ = try await plan(bench, .meeting, "Next Monday", of: "tom.ashworth", "2026-09-28", "10:00")
        _ = try await plan(bench, .meeting, "Goes on", of: "tom.ashworth", "2026-09-21", "15:00", until: "16:00")
        _ = try await plan(bench, .meeting, "Is over", of: "tom.ashworth", "2026-09-21", "13:00", until: "14:00")
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let page = try await browser.get("/tasks")
            let order = [
                "Overdue 2", "Send Robert the framework prices", "Is over", "Today 2",
                "Goes on", "Ask how the trial went", "This week 2", "Look at the pH line", "On Sunday", "Later 1",
                "Next Monday", "Done", "Yearly review",
            ]
            var rest = page.words[...]
            for text in order {
                let found = try #require(rest.firstRange(of: text), "\(text) in \(page.words)")
                rest = rest[found.upperBound...]
            }
            #expect(!page.words.contains("Étalonnage sur site"))
            let hers = try await browser.get("/tasks?owner=\(camille)")
            #expect(hers.words.contains("Étalonnage sur site") && !hers.words.contains("Yearly review"))
            #expect(hers.text.contains("selected>Camille Fournier"))
            let all = try await browser.get("/tasks?owner=all")
            #expect(all.words.contains("Étalonnage sur site") && all.words.contains("Next Monday"))
            #expect(try await browser.get("/tasks?owner=999").words.contains("Next Monday"))
        }
    }

    @Test func `times and days are those of the viewer's zone`() async throws {
        let bench = try await WebBench()
        _ = try await plan(bench, .meeting, "Late call", of: "tom.ashworth", "2026-09-22", "23:30", until: "23:50")
        let tom = try await bench.user("tom.ashworth").id
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            #expect(try await browser.get("/tasks").words.contains("Tomorrow, 23:30–23:50"))
            let week = try await browser.get("/tasks/week").text
            let day = try #require(week.firstRange(of: "id=\"day-2026-09-22\""))
            let next = try #require(week.firstRange(of: "id=\"day-2026-09-23\""))
            #expect(week[day.upperBound..<next.lowerBound].contains("Late call"))
        }
        try await bench.browse(as: "ingrid.solheim") { (browser) async throws in
            #expect(try await browser.get("/tasks?owner=\(tom)").words.contains("Wed 23 Sep, 00:30–00:50"))
            let week = try await browser.get("/tasks/week?owner=\(tom)").text
            let day = try #require(week.firstRange(of: "id=\"day-2026-09-23\""))
            #expect(week[day.upperBound...].contains("Late call") && !week[..<day.lowerBound].contains("Late call"))
        }
    }

    @Test func `a week has seven days, also that in which summer time begins or ends`() async throws {
        let bench = try await WebBench()
        _ = try await plan(bench, .meeting, "Short night", of: "tom.ashworth", "2027-03-28", "00:30", until: "03:30")
        _ = try await plan(bench, .meeting, "Last minute", of: "tom.ashworth", "2027-03-28", "23:30", until: "23:59")
        _ = try await plan(bench, .meeting, "Week after", of: "tom.ashworth", "2027-03-29", "00:00", until: "00:30")
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let page = try await browser.get("/tasks/week?week=2027-03-24")
            #expect(page.words.contains("22–28 March 2027") && page.text.matches(of: /<li id="day-/).count == 7)
            #expect(page.words.contains("00:30–03:30") && page.words.contains("23:30–23:59"))
            #expect(!page.words.contains("Week after"))
            #expect(page.links.contains("/tasks/week?week=2027-03-15") && page.links.contains("/tasks/week"))
            let next = try await browser.get("/tasks/week?week=2027-03-29")
            #expect(next.words.contains("29 March – 4 April 2027") && next.words.contains("Week after"))
            #expect(!next.words.contains("Last minute"))
            let autumn = try await browser.get("/tasks/week?week=2026-10-25")
            #expect(autumn.words.contains("19–25 October 2026") && autumn.text.matches(of: /<li id="day-/).count == 7)
            for nonsense in ["x", "0001-01-01", "9999-12-31", ""] {
                #expect(try await browser.get("/tasks/week?week=\(nonsense)").words.contains("21–27 September 2026"))
            }
        }
    }

    @Test func `an hour that the clocks leave out is refused in the form`() async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth").id
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/activities/new")
            let answer = try await browser.post(
                "/activities",
                [
                    "kind": "call", "title": "Early", "owner": "\(tom)", "start-day": "2027-03-28",
                    "start-time": "01:30",
                ])
            #expect(answer.status == .unprocessableContent && answer.words.contains("There is no 01:30 on that day"))
        }
    }

    @Test func `all that was done is read page by page`() async throws {
        let bench = try await WebBench()
        var ids: [ActivityID] = []
        for index in 0..<130 {
            ids.append(try await plan(bench, .task, "Number \(index).", of: "tom.ashworth", "2026-09-01"))
        }
        let first = ids.prefix(125)
        try await bench.write { tx, organization in
            for (index, id) in first.enumerated() {
                try Activities.setDone(tx, organization, id, true, now: Int64(index))
            }
        }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            var next = try await browser.get("/tasks").links.first { $0.contains("show=done") }
            var seen: [String] = []
            while let path = next {
                let page = try await browser.get(path)
                seen += page.text.matches(of: /id="activity-(\d+)"/).map { String($0.output.1) }
                next = page.links.first { $0.contains("after=") && $0.contains("show=done") && !$0.hasPrefix("/act") }
                #expect(page.links.contains("/tasks"))
            }
            #expect(seen.count == 126 && Set(seen).count == 126)
        }
    }

    @Test func `an open card and the list of tasks hear of an activity, lists of contacts do not`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        let id = try #require(
            try await bench.read { try ActivityList.open($0, $1, .contact(alice), limit: 1).activities.first?.id })
        for topic in [LiveTopic.contact(alice), .tasks] {
            try await bench.listen(as: "priya.raman", topic) { (events) async throws in
                try await events.begin()
                let isDone = try await bench.read { try Activities.find($0, $1, id)?.isDone == true }
                try await bench.write { _ = try Activities.setDone($0, $1, id, !isDone, now: 5) }
                #expect(try await events.next().contains("event: changed"))
            }
        }
        let change = Change(organization: 1, contact: 2, account: 3, activity: 4)
        #expect(LiveTopic.account(3).concerns(change) && LiveTopic.tasks.concerns(change))
        #expect(!LiveTopic.lists.concerns(change) && !LiveTopic.mailbox(4).concerns(change))
        #expect(!LiveTopic.tasks.concerns(Change(organization: 1, contact: 2, mailbox: 3)))
    }
}
