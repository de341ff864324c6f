import CRM
import Database
import Store
import Testing

@Suite struct CalendarOutboxTests {
    private struct Interruption: Error {}

    @Test func `each change of an activity that is to appear in a calendar waits for it, once and in order`()
        async throws
    {
        let bench = try await Bench()
        let ann = bench.ann
        let first = try await bench.plan(Bench.valid(owner: ann, inCalendar: true))
        let second = try await bench.plan(Bench.valid(owner: ann, inCalendar: true))
        #expect(try await bench.waiting(for: ann) == ["put \(first)", "put \(second)"])
        // Edited, done, opened again: the last state, behind what waited longer.
        let edited = try Bench.valid(.call, owner: ann, inCalendar: true)
        try await bench.write { _ = try Activities.update($0, $1, first, edited, now: 2) }
        #expect(try await bench.waiting(for: ann) == ["put \(second)", "put \(first)"])
        for isDone in [true, false] {
            try await bench.write { _ = try Activities.setDone($0, $1, second, isDone, now: 3) }
            #expect(try await bench.waiting(for: ann) == ["put \(first)", "put \(second)"])
        }
        let unmarked = try Bench.valid(.call, owner: ann)
        try await bench.write { _ = try Activities.update($0, $1, first, unmarked, now: 4) }
        #expect(try await bench.waiting(for: ann) == ["put \(second)", "remove \(first)"])
        try await bench.write { try Activities.delete($0, $1, second, now: 5) }
        #expect(try await bench.waiting(for: ann) == ["remove \(first)", "remove \(second)"])
        try await bench.write { _ = try Activities.update($0, $1, first, edited, now: 6) }
        #expect(try await bench.waiting(for: ann) == ["remove \(second)", "put \(first)"])
    }

    @Test func `a contact or an account that is called otherwise is written to the calendars of its activities`()
        async throws
    {
        let bench = try await Bench()
        let (ann, carol, firm) = (
            bench.ann, try await bench.contact("c@client.example"), try await bench.account("Firm")
        )
        let shown = try await bench.plan(Bench.valid(owner: ann, with: [carol], account: firm, inCalendar: true))
        try await bench.plan(Bench.valid(owner: ann, with: [carol]))
        func afterwards(_ change: @escaping @Sendable (any Transaction, OrganizationID) throws -> Void) async throws
            -> [String]
        {
            try await bench.finishAll(of: ann)
            try await bench.write { try change($0, $1) }
            return try await bench.waiting(for: ann)
        }
        let name = Bench.contactForm(["c@client.example"], lastName: "Reed")
        #expect(
            try await afterwards { try Contacts.update($0, $1, carol, try name.validated(), now: 2) } == [
                "refresh \(shown)"
            ])
        #expect(try await afterwards { try Contacts.update($0, $1, carol, try name.validated(), now: 3) } == [])
        let moved = Bench.contactForm(["new@client.example"], lastName: "Reed")
        #expect(
            try await afterwards { try Contacts.update($0, $1, carol, try moved.validated(), now: 4) } == [
                "refresh \(shown)"
            ])
        var company = AccountForm()
        company.name = "Firm"
        company.city = "York"
        let city = company
        #expect(try await afterwards { try Accounts.update($0, $1, firm, try city.validated(), now: 5) } == [])
        company.name = "Firm & Sons"
        let renamed = company
        #expect(
            try await afterwards { try Accounts.update($0, $1, firm, try renamed.validated(), now: 6) } == [
                "refresh \(shown)"
            ])
        // By an import too.
        let imported = try await afterwards { tx, organization in
            let choices = ImportChoices(columns: [], hasHeader: true, existing: .update, owner: nil)
            let id = try ContactImports.create(tx, organization, by: ann, fileName: "", kind: "csv", size: 1, now: 7)
            _ = try ContactImports.enqueue(tx, organization, of: ann, id, choices)
            _ = try ContactImports.begin(tx, now: 7)
            let form = Bench.contactForm(["new@client.example"], lastName: "Imported")
            let line = ImportLine(line: 2, cells: [], contact: try form.validated(), account: nil)
            _ = try ImportStaging.stage(
                tx, organization, id, attempt: 1, [line], [], choices, progress: 1, now: 7)
            #expect(try ImportSwitch.finish(tx, organization, id, attempt: 1, by: ann, now: 7))
        }
        #expect(imported == ["refresh \(shown)"])
    }

    @Test func `what is not to appear in a calendar, or did not change, does not wait`() async throws {
        let bench = try await Bench()
        let (ann, carol) = (bench.ann, try await bench.contact("c@client.example"))
        let id = try await bench.plan(Bench.valid(owner: ann, with: [carol]))
        try await bench.write { tx, organization in
            try Activities.update(tx, organization, id, try Bench.valid(.call, owner: ann, with: [carol]), now: 2)
            try Activities.setDone(tx, organization, id, true, now: 2)
            try Contacts.delete(tx, organization, carol, now: 2)
            try Activities.delete(tx, organization, id, now: 2)
        }
        #expect(try await bench.database.count("calendar_outbox") == 0)
        let marked = try Bench.valid(owner: ann, inCalendar: true)
        let other = try await bench.plan(marked)
        try await bench.finishAll(of: ann)
        try await bench.write { tx, organization in
            try Activities.update(tx, organization, other, marked, now: 3)
            try Activities.setDone(tx, organization, other, false, now: 3)
        }
        #expect(try await bench.waiting(for: ann) == [])
    }

    @Test func `an activity that gets another owner leaves the first one's calendar`() async throws {
        let bench = try await Bench()
        let id = try await bench.plan(Bench.valid(owner: bench.ann, inCalendar: true))
        try await bench.finishAll(of: bench.ann)
        let handedOver = try Bench.valid(owner: bench.bob, inCalendar: true)
        try await bench.write { _ = try Activities.update($0, $1, id, handedOver, now: 2) }
        #expect(try await bench.waiting(for: bench.ann) == ["remove \(id)"])
        #expect(try await bench.waiting(for: bench.bob) == ["put \(id)"])
        let back = try Bench.valid(owner: bench.ann, inCalendar: true)
        try await bench.write { _ = try Activities.update($0, $1, id, back, now: 3) }
        #expect(try await bench.waiting(for: bench.ann) == ["put \(id)"])
        #expect(try await bench.waiting(for: bench.bob) == ["remove \(id)"])
    }

    @Test func `contacts and accounts that go are taken off the event too`() async throws {
        let bench = try await Bench()
        let (carol, account) = (try await bench.contact("c@client.example"), try await bench.account("Client"))
        let id = try await bench.plan(
            Bench.valid(owner: bench.ann, with: [carol], account: account, inCalendar: true))
        try await bench.finishAll(of: bench.ann)
        try await bench.write { try Contacts.delete($0, $1, carol, now: 2) }
        #expect(try await bench.waiting(for: bench.ann) == ["put \(id)"])
        try await bench.finishAll(of: bench.ann)
        try await bench.write { try Accounts.delete($0, $1, account, now: 2) }
        #expect(try await bench.waiting(for: bench.ann) == ["put \(id)"])
    }

    @Test func `what changes while it is being written waits again`() async throws {
        let bench = try await Bench()
        let ann = bench.ann
        let id = try await bench.plan(Bench.valid(owner: ann, inCalendar: true))
        let read = try await bench.read { try CalendarOutbox.waiting($0, $1, owner: ann, limit: 5) }
        let entry = try #require(read.first)
        let edited = try Bench.valid(.call, owner: ann, inCalendar: true)
        try await bench.write { _ = try Activities.update($0, $1, id, edited, now: 2) }
        var finished = try await bench.write { try CalendarOutbox.finish($0, $1, entry) }
        #expect(!finished)
        let newer = try #require(
            try await bench.read { try CalendarOutbox.waiting($0, $1, owner: ann, limit: 5) }.first)
        #expect(newer.generation > entry.generation && newer.activity == id)
        finished = try await bench.write { try CalendarOutbox.finish($0, $1, newer) }
        #expect(finished)
        finished = try await bench.write { try CalendarOutbox.finish($0, $1, newer) }
        #expect(!finished)
        #expect(try await bench.waiting(for: ann) == [])
        // Numbers of entries that are gone are not used again.
        try await bench.plan(Bench.valid(owner: ann, inCalendar: true))
        let later = try await bench.read { try CalendarOutbox.waiting($0, $1, owner: ann, limit: 5) }
        #expect(later.first.map { $0.generation > newer.generation } == true)
    }

    @Test func `a change that is rolled back waits for no calendar`() async throws {
        let bench = try await Bench()
        let valid = try Bench.valid(owner: bench.ann, inCalendar: true)
        await #expect(throws: Interruption.self) {
            try await bench.write { tx, organization in
                _ = try Activities.create(tx, organization, valid, now: 1)
                throw Interruption()
            }
        }
        #expect(try await bench.waiting(for: bench.ann) == [])
        #expect(try await bench.database.count("activities") == 0)
    }
}

extension Bench {
    fileprivate func finishAll(of owner: UserID) async throws {
        try await write { tx, organization in
            for entry in try CalendarOutbox.waiting(tx, organization, owner: owner, limit: 100) {
                try CalendarOutbox.finish(tx, organization, entry)
            }
        }
    }
}
