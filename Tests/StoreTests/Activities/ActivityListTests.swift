import CRM
import Database
import Foundation
import Store
import Testing

@Suite struct ActivityListTests {
    private func titles(_ bench: Bench, _ scope: ActivityScope) async throws -> [String] {
        try await bench.read { try ActivityList.open($0, $1, scope, limit: 50).activities.map(\.title) }
    }

    @Test func `lists are of a person, of everyone, of a contact, and of an account with its contacts`() async throws {
        let bench = try await Bench()
        let (ann, bob) = (bench.ann, bench.bob)
        let account = try await bench.account("Client")
        let carol = try await bench.contact("c@client.example", account: account)
        try await bench.plan(Bench.valid(.task, "C", owner: ann, day: "2026-11-25", "", with: [carol]))
        try await bench.plan(Bench.valid(.call, "A", owner: ann, day: "2026-11-23", account: account))
        try await bench.plan(
            Bench.valid(.visit, "B", owner: bob, day: "2026-11-24", with: [carol], account: account))
        try await bench.plan(Bench.valid(.visit, "D", owner: bob, day: "2026-11-26"))
        #expect(try await titles(bench, .owner(ann)) == ["A", "C"])
        #expect(try await titles(bench, .everyone) == ["A", "B", "C", "D"])
        #expect(try await titles(bench, .contact(carol)) == ["B", "C"])
        #expect(try await titles(bench, .account(account)) == ["A", "B", "C"])
        let listed = try await bench.read { try ActivityList.open($0, $1, .contact(carol), limit: 1) }
        let first = try #require(listed.activities.first)
        #expect(first.ownerName == "Bob" && first.accountName == "Client" && listed.next != nil)
        #expect(first.contacts.map(\.id) == [carol] && first.contacts.map(\.name) == ["c@client.example"])
    }

    @Test func `paging shows each once, the open ones by time and the done ones the last first`() async throws {
        let bench = try await Bench()
        var expected: [ActivityID] = []
        for index in 0..<11 {
            // Several at the same time.
            expected.append(try await bench.plan(Bench.valid(owner: bench.ann, day: "2026-11-1\(index / 4)")))
        }
        func pages(
            _ page: @escaping @Sendable (any Transaction, OrganizationID, ActivityKey?) throws -> ActivityPage
        ) async throws -> [ActivityID] {
            var (seen, key): ([ActivityID], ActivityKey?) = ([], nil)
            repeat {
                let after = key.flatMap { ActivityKey($0.description) }
                let next = try await bench.read { try page($0, $1, after) }
                seen += next.activities.map(\.id)
                key = next.next
            } while key != nil
            return seen
        }
        let ann = bench.ann
        #expect(try await pages { try ActivityList.open($0, $1, .owner(ann), after: $2, limit: 3) } == expected)
        for (index, id) in expected.enumerated() {
            try await bench.write { _ = try Activities.setDone($0, $1, id, true, now: Int64(100 + index / 4)) }
        }
        let done = try await pages { try ActivityList.done($0, $1, .everyone, after: $2, limit: 4) }
        #expect(done == expected.reversed())
        #expect(try await titles(bench, .everyone) == [])
    }

    @Test(arguments: ["", "x", "1", "1-", "-1", "1-0", "1-x"])
    func `what is no key of a page is none`(_ text: String) { #expect(ActivityKey(text) == nil) }

    @Test func `a week shows what touches its days in the viewer's zone`() async throws {
        let bench = try await Bench()
        let ann = bench.ann
        // UTC; the viewer is in Paris, an hour ahead.
        for (title, day, time, until) in [
            ("sunday before", "2026-11-22", "22:00", "22:59"), ("monday there", "2026-11-22", "23:00", "23:30"),
            ("last", "2026-11-29", "22:59", "23:30"), ("next monday there", "2026-11-29", "23:00", "23:30"),
        ] {
            try await bench.plan(Bench.valid(.meeting, title, owner: ann, day: day, time, until: until))
        }
        try await bench.plan(Bench.valid(.task, "due at midnight", owner: ann, day: "2026-11-22", "23:00"))
        for day in ["2026-11-22", "2026-11-23", "2026-11-29", "2026-11-30"] {
            try await bench.plan(Bench.valid(.task, "whole \(day)", owner: ann, day: day, ""))
        }
        var long = ActivityForm()
        (long.title, long.owner, long.isAllDay) = ("long", ann, true)
        (long.startDay, long.endDay) = ("2026-11-25", "2026-12-25")
        let valid = try long.validated(in: .gmt)
        let id = try await bench.plan(valid)
        try await bench.write { _ = try Activities.setDone($0, $1, id, true, now: 1) }

        let paris = try #require(TimeZone(identifier: "Europe/Paris"))
        func week(_ monday: String) async throws -> Set<String> {
            let monday = try #require(CalendarDay(monday))
            return try await bench.read { tx, organization in
                Set(
                    try ActivityList.during(
                        tx, organization, .owner(ann), from: LocalTime.begin(of: monday, in: paris),
                        until: LocalTime.begin(of: monday.adding(7), in: paris), days: monday...monday.adding(6),
                        limit: 50
                    ).map(\.title))
            }
        }
        #expect(
            try await week("2026-11-23") == [
                "monday there", "last", "due at midnight", "whole 2026-11-23", "whole 2026-11-29", "long",
            ])
        #expect(try await week("2026-12-21") == ["long"])
        #expect(try await week("2026-12-28") == [])
    }
}
