import Foundation
import Sandbox
import Testing

@Suite
struct `Events of the sandbox` {
    private let crm = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name crm"

    private func visit(_ changes: [String: JSONValue] = [:]) -> JSONValue {
        var event: JSONValue = [
            "subject": "Visit", "start": ["dateTime": "2026-12-01T10:00:00", "timeZone": "Romance Standard Time"],
            "end": ["dateTime": "2026-12-01T11:30:00", "timeZone": "Romance Standard Time"],
        ]
        for (name, value) in changes { event[name] = value }
        return event
    }

    @Test func `times are told in UTC, or in the zone that the client prefers`() async throws {
        try await Office.open { office in
            let made = try await office.caller.post("/me/events", visit())
            #expect(made.status == 201)
            #expect(made.json["start"] == ["dateTime": "2026-12-01T09:00:00.0000000", "timeZone": "UTC"])
            #expect(made.json["originalStartTimeZone"] == "Romance Standard Time")
            let path = "/me/events/\(made.json["id"]?.string ?? "")"
            let tokyo = try await office.caller.get(
                path, prefer: "IdType=\"ImmutableId\", outlook.timezone=\"Tokyo Standard Time\"")
            #expect(
                tokyo.json["start"] == ["dateTime": "2026-12-01T18:00:00.0000000", "timeZone": "Tokyo Standard Time"])
            #expect(tokyo.headers["preference-applied"]?.contains("outlook.timezone=\"Tokyo Standard Time\"") == true)
            let unknown = try await office.caller.post(
                "/me/events", visit(["start": ["dateTime": "2026-12-01T10:00:00", "timeZone": "Mars"]]))
            #expect(unknown.json["error"]?["code"] == "TimeZoneNotSupportedException")
        }
    }

    @Test func `an all-day event begins and ends at midnight and lasts a day`() async throws {
        try await Office.open { office in
            func day(_ start: String, _ end: String) -> JSONValue {
                visit([
                    "isAllDay": true, "start": ["dateTime": .string(start), "timeZone": "Tokyo Standard Time"],
                    "end": ["dateTime": .string(end), "timeZone": "Tokyo Standard Time"],
                ])
            }
            let late = try await office.caller.post("/me/events", day("2026-12-01T10:00:00", "2026-12-02T00:00:00"))
            #expect(late.status == 400)
            #expect(late.json["error"]?["message"]?.string?.contains("set to midnight") == true)
            let short = try await office.caller.post("/me/events", day("2026-12-01T00:00:00", "2026-12-01T00:00:00"))
            #expect(short.json["error"]?["message"]?.string?.contains("at least 24 hours") == true)
            let made = try await office.caller.post("/me/events", day("2026-12-01T00:00:00", "2026-12-02T00:00:00"))
            #expect(made.json["start"]?["dateTime"] == "2026-12-01T00:00:00.0000000")
            #expect(made.json["end"]?["dateTime"] == "2026-12-02T00:00:00.0000000")
        }
    }

    @Test func `a transaction makes one event, whatever becomes of the first answer`() async throws {
        try await Office.open { office in
            let event = visit(["transactionId": "crm-7"])
            office.sandbox.faults.add(Fault(.loseAnswer, method: "POST", path: "/me/events"))
            await #expect(throws: (any Error).self) { try await office.caller.post("/me/events", event) }
            let again = try await office.caller.post("/me/events", event)
            #expect(again.status == 409)
            #expect(again.json["error"]?["code"] == "ErrorDuplicateTransactionId")
            let mailbox = try office.sandbox.mailbox(of: office.anna)
            #expect(mailbox.events(in: mailbox.defaultCalendar.id).map(\.transaction) == ["crm-7"])
            office.sandbox.quirks.repeatedTransaction = .returnsFirst
            #expect(try await office.caller.post("/me/events", event).json["subject"] == "Visit")
        }
    }

    @Test func `an event is found by its extended property`() async throws {
        try await Office.open { office in
            for number in 1...3 {
                let made = try await office.caller.post(
                    "/me/events",
                    visit(["singleValueExtendedProperties": [["id": .string(crm), "value": "\(number)"]]]))
                #expect(made.json["singleValueExtendedProperties"] == nil)
            }
            let found = try await office.caller.get(
                "/me/events?$filter=singleValueExtendedProperties/Any(ep: ep/id eq '\(crm)' and ep/value eq '2')"
                    + "&$expand=singleValueExtendedProperties($filter=id eq '\(crm)')")
            #expect(found.json["value"]?.array?.count == 1)
            #expect(found.json["value"]?[0]?["singleValueExtendedProperties"] == [["id": .string(crm), "value": "2"]])
        }
    }

    @Test func `a calendar that may only be read takes no event`() async throws {
        try await Office.open { office in
            try office.sandbox.withMailbox(of: office.anna) { mailbox, _ in
                _ = mailbox.createCalendar(
                    "Team", canEdit: false, owner: MailboxAddress("boss@contoso.example", name: "Boss"))
            }
            let calendars = try await office.caller.get("/me/calendars").json["value"]?.array ?? []
            #expect(calendars.map { $0["canEdit"]?.bool } == [true, false])
            let team = calendars.last?["id"]?.string ?? ""
            let refused = try await office.caller.post("/me/calendars/\(team)/events", visit())
            #expect(refused.status == 403)
            #expect(refused.json["error"]?["code"] == "ErrorAccessDenied")
        }
    }

    @Test func `changes keep what they do not name, and a change on an old version is refused`() async throws {
        try await Office.open { office in
            let made = try await office.caller.post("/me/events", visit(["showAs": "free"]))
            let path = "/me/events/\(made.json["id"]?.string ?? "")"
            let changed = try await office.caller.call("PATCH", path, json: ["subject": "Long visit"])
            #expect(changed.json["showAs"] == "free")
            #expect(changed.json["subject"] == "Long visit")
            #expect(changed.json["@odata.etag"] != made.json["@odata.etag"])
            #expect(try await office.caller.call("PATCH", path, json: ["transactionId": "x"]).status == 400)
            #expect(try await office.caller.call("DELETE", path).status == 204)
            #expect(try await office.caller.call("DELETE", path).status == 404)
        }
    }

    @Test func `attendees are mailed, and an event without them mails nobody`() async throws {
        try await Office.open { office in
            _ = try await office.caller.post("/me/events", visit())
            #expect(try office.sandbox.mailbox(of: office.anna).invited.isEmpty)
            _ = try await office.caller.post(
                "/me/events", visit(["attendees": [["emailAddress": ["address": "carl@customer.example"]]]]))
            #expect(try office.sandbox.mailbox(of: office.anna).invited.map(\.address) == ["carl@customer.example"])
        }
    }
}
