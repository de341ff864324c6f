import CRM
import Database
import Store
import Testing

@Suite struct ActivityTests {
    @Test func `an activity comes back as it was entered`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let (carol, dave) = (try await bench.contact("c@client.example"), try await bench.contact("d@client.example"))
        let id = try await bench.plan(
            Bench.valid(
                .visit, "Look at it", owner: bench.ann, until: "15:30", with: [dave, carol], account: account,
                notes: "One\nTwo", inCalendar: true), at: 7)
        let expected = Activity(
            id: id, kind: .visit, title: "Look at it", time: .timed(start: 1_795_442_400, end: 1_795_447_800),
            contacts: [dave, carol], account: account, notes: "One\nTwo", owner: bench.ann, doneAt: nil,
            showsInCalendar: true, createdAt: 7, updatedAt: 7)
        #expect(try await bench.activity(id) == expected)
        let day = try #require(CalendarDay("2026-11-23"))
        let whole = try await bench.plan(Bench.valid(owner: bench.ann, allDay: true))
        #expect(try await bench.activity(whole)?.time == .days(first: day, last: day))
    }

    @Test func `it is changed, done, opened again and deleted`() async throws {
        let bench = try await Bench()
        let carol = try await bench.contact("c@client.example")
        let id = try await bench.plan(Bench.valid(owner: bench.ann, with: [carol]))
        let changed = try Bench.valid(.call, "Other", owner: bench.bob, day: "2026-11-24")
        #expect(try await bench.write { try Activities.update($0, $1, id, changed, now: 9) })
        let activity = try await bench.activity(id)
        #expect(activity?.title == "Other" && activity?.kind == .call && activity?.owner == bench.bob)
        #expect(activity?.contacts == [] && activity?.updatedAt == 9)
        for time in [11, 12] as [Int64] {
            #expect(try await bench.write { try Activities.setDone($0, $1, id, true, now: time) })
        }
        #expect(try await bench.activity(id)?.doneAt == 11)
        try await bench.write { _ = try Activities.setDone($0, $1, id, false, now: 13) }
        #expect(try await bench.activity(id)?.isDone == false)
        for _ in 0..<2 { try await bench.write { try Activities.delete($0, $1, id, now: 14) } }
        #expect(try await bench.activity(id) == nil)
        #expect(try await bench.database.count("activity_contacts") == 0)
        let isThere = try await bench.write { try Activities.update($0, $1, id, changed, now: 9) }
        #expect(!isThere)
    }

    @Test func `a contact or an account that goes leaves its activities, without it`() async throws {
        let bench = try await Bench()
        let account = try await bench.account("Client")
        let (carol, dave) = (try await bench.contact("c@client.example"), try await bench.contact("d@client.example"))
        let id = try await bench.plan(Bench.valid(owner: bench.ann, with: [carol, dave], account: account))
        try await bench.write { try Contacts.delete($0, $1, carol, now: 1) }
        #expect(try await bench.activity(id)?.contacts == [dave])
        try await bench.write { try Accounts.delete($0, $1, account, now: 1) }
        let activity = try await bench.activity(id)
        #expect(activity?.account == nil && activity?.contacts == [dave] && activity?.title == "Offer")
    }

    @Test func `what it names has to be of the organisation`() async throws {
        let bench = try await Bench()
        let theirs = try await bench.neighbour()
        let before = try await bench.database.contents()
        let wrong: [(ValidActivity, ActivityError)] = [
            (try Bench.valid(owner: bench.ann, with: [theirs.contact]), .noSuchContact),
            (try Bench.valid(owner: bench.ann, account: theirs.account), .noSuchAccount),
            (try Bench.valid(owner: theirs.user), .noSuchOwner),
        ]
        for (activity, error) in wrong {
            await #expect(throws: error) { try await bench.plan(activity) }
        }
        #expect(try await bench.database.contents() == before)
    }

    @Test func `nothing of another organisation is read, changed or deleted`() async throws {
        let bench = try await Bench()
        let theirs = try await bench.neighbour()
        let before = try await bench.database.contents()
        let valid = try Bench.valid(owner: bench.ann)
        try await bench.write { tx, organization in
            #expect(try Activities.find(tx, organization, theirs.activity) == nil)
            #expect(try !Activities.update(tx, organization, theirs.activity, valid, now: 1))
            #expect(try !Activities.setDone(tx, organization, theirs.activity, true, now: 1))
            try Activities.delete(tx, organization, theirs.activity, now: 1)
            let scopes: [ActivityScope] = [
                .everyone, .owner(theirs.user), .contact(theirs.contact), .account(theirs.account),
            ]
            for scope in scopes {
                #expect(try ActivityList.open(tx, organization, scope, limit: 5).activities == [], "\(scope)")
            }
            for entry in try CalendarOutbox.waiting(tx, theirs.organization, owner: theirs.user, limit: 5) {
                #expect(try !CalendarOutbox.finish(tx, organization, entry))
            }
            #expect(try CalendarOutbox.waiting(tx, organization, owner: theirs.user, limit: 5) == [])
        }
        #expect(try await bench.database.contents() == before)
    }

    @Test func `open pages of all cards that it was or is on are told, and what stays the same tells nothing`()
        async throws
    {
        let bench = try await Bench()
        let (client, other) = (try await bench.account("Client"), try await bench.account("Other"))
        let carol = try await bench.contact("c@client.example", account: client)
        let dave = try await bench.contact("d@client.example")
        var last = try await bench.lastChange()
        /// Since the last time.
        func told() async throws -> Set<Change> {
            let changes = try await bench.changes(after: last)
            last = try await bench.lastChange()
            return Set(changes)
        }
        let organization = bench.organization
        let id = try await bench.plan(Bench.valid(owner: bench.ann, with: [carol], account: other))
        let onCarols = Change(organization: organization, contact: carol, account: client, activity: id)
        let onOther = Change(organization: organization, account: other, activity: id)
        #expect(try await told() == [onCarols, onOther])
        let moved = try Bench.valid(owner: bench.ann, with: [dave])
        try await bench.write { _ = try Activities.update($0, $1, id, moved, now: 2) }
        #expect(
            try await told() == [
                onCarols, onOther, Change(organization: organization, contact: dave, activity: id),
            ])
        try await bench.write { _ = try Activities.update($0, $1, id, moved, now: 3) }
        #expect(try await told() == [])
        let alone = try await bench.plan(Bench.valid(owner: bench.ann))
        let change = Change(organization: organization, activity: alone)
        #expect(try await told() == [change] && !change.isAnything)
        let missed = try await bench.read { try Changes.missed($0, $1, since: 0) }
        #expect(missed?.contains(change) == true)
    }
}
