import CRM
import Database
import Foundation
import Store
import Testing

@testable import Web

extension PageTour {
    static func activities(_ bench: WebBench) async throws {
        let alice = try await bench.contact("Alice Marsh")
        let (tom, ingrid) = (try await bench.user("tom.ashworth").id, try await bench.user("ingrid.solheim").id)
        let account = try await bench.read { try Contacts.find($0, $1, alice)?.account }
        let (full, theirs, done) = try await bench.write { tx, organization in
            var form = ActivityForm()
            (form.title, form.owner, form.contacts, form.account) = ("Full", tom, [alice], account)
            (form.startDay, form.startTime, form.notes, form.showsInCalendar) = ("2026-09-01", "10:00", "Notes", true)
            let full = try Activities.create(tx, organization, try form.validated(in: .gmt), now: 1)
            (form.owner, form.startDay, form.notes) = (ingrid, "2026-09-21", "")
            let theirs = try Activities.create(tx, organization, try form.validated(in: .gmt), by: tom, now: 1)
            let done = try Activities.create(tx, organization, try form.validated(in: .gmt), now: 1)
            try Activities.setDone(tx, organization, done, true, now: 1)
            form.startDay = "2026-09-23"
            for index in 0..<120 {
                form.title = "Number \(index)"
                form.owner = index < 12 ? tom : ingrid
                let id = try Activities.create(tx, organization, try form.validated(in: .gmt), now: 1)
                if index % 2 == 0 { try Activities.setDone(tx, organization, id, true, now: 1) }
            }
            // More than a week shows.
            form.startDay = "2026-09-15"
            for _ in 0..<TaskWeekPage.limit {
                _ = try Activities.create(tx, organization, try form.validated(in: .gmt), now: 1)
            }
            return (full, theirs, done)
        }
        try await bench.browse(as: "tom.ashworth") { browser in
            for path in [
                "/tasks", "/tasks?owner=all", "/tasks?owner=\(ingrid)", "/tasks?owner=all&show=done", "/tasks/week",
                "/tasks/week?owner=all&week=2026-09-15", "/tasks/week?week=2030-01-01", "/contacts/\(alice)",
                "/tasks?contact=\(alice)", "/activities/\(full)", "/activities/\(theirs)", "/activities/\(done)",
                "/activities/\(full)/edit",
                "/activities/\(full)/delete", "/activities/new?contact=\(alice)", "/activities/new?day=2026-09-22",
                "/activities/\(theirs)/edit",
            ] + (account.map { ["/accounts/\($0)", "/tasks?account=\($0)"] } ?? []) { try await browser.get(path) }
            try await browser.post("/activities/\(full)/done", ["back": "/activities/\(full)"])
            try await browser.get("/activities/\(full)/edit")
            let long = String(repeating: "x", count: 30_000)
            try await browser.post(
                "/activities",
                [
                    "kind": "x", "owner": "", "start-day": "x", "end-day": "y", "start-time": "z", "notes": long,
                    "all-day": "1", "in-calendar": "1",
                ])
            try await browser.post("/activities", ["start-day": "2026-09-01", "start-time": "z"])
            try await browser.post(
                "/activities", ["start-day": "2026-09-01", "start-time": "10:00", "end-time": "z"])
            try await browser.post("/activities", ["contact-name": "brightwell"])
            try await browser.post("/activities", ["contact-name": "zzz"])
            let title: KeyValuePairs = [
                "title": "T", "kind": "task", "start-day": "2026-09-01", "owner": "\(tom)", "account": "999",
            ]
            try await browser.post("/activities", title)
            let contacts = (1...60).map { "contact=\($0)" }.joined(separator: "&")
            _ = try await browser.send(.post, "/activities", body: browser.encoded(title) + "&" + contacts)
        }
    }
}
