import CRM
import Mirror
import Store
import Testing

@testable import Web

extension PageTour {
    /// Signing in at a provider, and the calendar there, in all their states.
    static func providers(_ bench: WebBench) async throws {
        let priya = "priya.raman@aldermoor.example"
        let with = "/settings/mailbox/connect/with/microsoft365"
        try await bench.browse(as: "priya.raman") { try await $0.get(with + "?address=\(priya)") }
        try await bench.browse(as: "daniel.okafor") { browser in
            try await browser.get("/settings/providers")
            try await browser.get(with + "?address=daniel.okafor@aldermoor.example")
            try await browser.post(with + "/leave", ["address": "daniel.okafor@aldermoor.example"])
            try await browser.get("/settings/providers/microsoft365")
            try await browser.post("/settings/providers/microsoft365", ["client-id": " ", "tenant": "a b"])
            try await browser.registerApp()
            try await browser.get("/settings/providers")
            try await browser.get("/settings/providers/microsoft365")
        }
        bench.calendar.state.withLock { $0.calendars.append(RemoteCalendar(id: "work", name: "Work")) }
        try await bench.withEngine {
            try await bench.browse(as: "priya.raman") { browser in
                try await browser.get("/connect/return?state=none&code=ok")
                try await browser.post(with + "/leave", ["address": "someone@gmail.com"])
                for code in ["denied", "outage", "as:other@aldermoor.example", "ok"] {
                    try await browser.signInAtProvider(priya, code: code)
                }
                bench.calendar.state.withLock { $0.calendars = [] }
                try await browser.get("/settings/mailbox/calendar")
                try await browser.post("/settings/mailbox/calendar", ["use": "1", "calendar": "work"])
                bench.calendar.state.withLock {
                    $0.calendars = [RemoteCalendar(id: "main", name: "M"), RemoteCalendar(id: "work", name: "W")]
                }
                try await browser.get("/settings/mailbox")
                bench.calendar.state.withLock { $0.refusal = .eventRefused("The calendar refused an event.") }
                let owner = try await bench.user("priya.raman").id
                try await bench.write { tx, organization in
                    var form = ActivityForm()
                    (form.kind, form.title, form.owner) = (.meeting, "In the calendar", owner)
                    (form.startDay, form.startTime, form.showsInCalendar) = ("2026-11-23", "14:00", true)
                    _ = try Activities.create(tx, organization, try form.validated(in: .gmt), now: 1)
                }
                bench.calendar.state.withLock { $0.refusal = nil }
                try await browser.post("/settings/mailbox/calendar", ["use": "1", "calendar": "main"])
                try await bench.wait(for: "the event") { bench.calendar.state.withLock { !$0.events.isEmpty } }
                bench.calendar.state.withLock { $0.refusal = .eventRefused("The calendar refused an event.") }
                try await bench.write { tx, organization in
                    let id = try #require(
                        try tx.first("SELECT id FROM activities WHERE title = 'In the calendar'") {
                            ActivityID(try $0.integer(0))
                        })
                    _ = try Activities.setDone(tx, organization, id, true, now: 2)
                }
                try await bench.wait(for: "the problem") {
                    try await browser.get("/settings/mailbox").text.contains("refused an event")
                }
                try await browser.get("/settings/mailbox/disconnect")
                try await browser.signInAtProvider(priya, code: "denied", again: true)
                bench.calendar.state.withLock { $0.outage = true }
                try await browser.post("/settings/mailbox/calendar", ["use": "1", "calendar": "main"])
                try await browser.post("/settings/mailbox/disconnect", ["events": "1"])
                bench.calendar.state.withLock { $0.calendars = [] }
                try await browser.post("/settings/mailbox/calendar", ["use": "1", "calendar": "gone"])
            }
        }
        try await bench.write { tx, organization in
            let owner = try #require(try Users.list(tx, organization).first { $0.email == priya }).id
            let mailbox = try #require(try Mailboxes.ofUser(tx, organization, owner))
            try Mailboxes.setStatus(tx, organization, mailbox.id, .signInNeeded(reason: "Signed out there."))
        }
        try await bench.browse(as: "priya.raman") { try await $0.get("/settings/mailbox/sign-in") }
    }
}
