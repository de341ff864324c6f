import CRM
import Database
import FakeMailbox
import Foundation
import Generators
import Mirror
import Store
import Synchronization
import Testing

@testable import SyncEngine

@Suite struct CalendarPushTests {
    @Test
    func `what is planned, edited, done, unmarked and deleted is so in the calendar, and nothing else is touched`()
        async throws
    {
        let bench = try await CalendarBench()
        bench.calendar.state.withLock { $0.addOwn("dentist") }
        let offer = try await bench.plan("Offer")
        try await bench.plan("Lunch")
        try await bench.settle()
        #expect(bench.titles() == ["(own)", "Lunch", "Offer"])
        try await bench.edit(offer, "Better offer")
        try await bench.settle()
        #expect(bench.titles() == ["(own)", "Better offer", "Lunch"])
        try await bench.write { _ = try Activities.setDone($0, $1, offer, true, now: 4) }
        try await bench.settle()
        #expect(bench.titles() == ["(own)", "Lunch", "✓ Better offer"])
        try await bench.edit(offer, "Better offer", isShown: false)
        try await bench.settle()
        #expect(bench.titles() == ["(own)", "Lunch"])
        try await bench.edit(offer, "Best offer")
        try await bench.settle()
        #expect(bench.titles() == ["(own)", "Lunch", "✓ Best offer"])
        try await bench.write { try Activities.delete($0, $1, offer, now: 5) }
        try await bench.settle()
        #expect(bench.titles() == ["(own)", "Lunch"])
    }

    @Test func `an activity that is handed to somebody else leaves the calendar`() async throws {
        let bench = try await CalendarBench()
        let offer = try await bench.plan("Offer")
        try await bench.settle()
        try await bench.edit(offer, "Offer", owner: bench.ben)
        try await bench.settle()
        #expect(bench.titles() == [])
    }

    @Test func `those who take part are named in the text`() async throws {
        let bench = try await CalendarBench()
        let carol = try await bench.write { tx, organization in
            var form = ContactForm()
            (form.firstName, form.lastName, form.addresses) = ("Carol", "Reed", ["carol@client.example"])
            return try Contacts.create(tx, organization, try form.validated(), now: 1)
        }
        try await bench.plan("Offer", contacts: [carol])
        try await bench.settle()
        let event = bench.calendar.state.withLock { $0.events.values.first?.content }
        #expect(event?.text == "Carol Reed <carol@client.example>")
        #expect(event?.timeZone == "Europe/Paris" && event?.isBusy == true)
    }

    @Test func `an event that its owner deleted is made again only when its activity is edited`() async throws {
        let bench = try await CalendarBench()
        let carol = try await bench.write { tx, organization in
            var form = ContactForm()
            (form.lastName, form.addresses) = ("Reed", ["carol@client.example"])
            return try Contacts.create(tx, organization, try form.validated(), now: 1)
        }
        let offer = try await bench.plan("Offer", contacts: [carol])
        try await bench.settle()
        bench.deleteByHand("Offer")
        // The contact is called otherwise; the calendar is another.
        try await bench.write { tx, organization in
            var form = ContactForm()
            (form.lastName, form.addresses) = ("Stone", ["carol@client.example"])
            _ = try Contacts.update(tx, organization, carol, try form.validated(), now: 5)
        }
        try await bench.settle()
        #expect(bench.titles() == [])
        bench.calendar.state.withLock { $0.calendars.append(RemoteCalendar(id: "work", name: "Work")) }
        try await bench.choose("work")
        try await bench.settle()
        #expect(bench.titles("main") == [] && bench.titles("work") == [])
        try await bench.edit(offer, "Offer, again")
        try await bench.settle()
        #expect(bench.titles("work") == ["Offer, again"])
    }

    @Test func `another calendar takes what stood in the first, but what its owner deleted there`() async throws {
        let bench = try await CalendarBench()
        try await bench.plan("Offer")
        try await bench.plan("Lunch")
        try await bench.settle()
        bench.deleteByHand("Lunch")
        bench.calendar.state.withLock { $0.calendars.append(RemoteCalendar(id: "work", name: "Work")) }
        try await bench.choose("work")
        try await bench.settle()
        #expect(bench.titles("main") == [] && bench.titles("work") == ["Offer"])
        try await bench.choose(nil)
        try await bench.settle()
        #expect(bench.titles("work") == [])
        try await bench.choose("main")
        try await bench.settle()
        #expect(bench.titles("main") == ["Lunch", "Offer"])
    }

    @Test func `a calendar that is gone is said, and another one takes everything`() async throws {
        let bench = try await CalendarBench()
        try await bench.plan("Offer")
        try await bench.settle()
        bench.calendar.state.withLock { state in
            state.calendars = [RemoteCalendar(id: "work", name: "Work")]
            state.events = [:]
        }
        try await bench.plan("Lunch")
        _ = try await bench.push.pass()
        #expect(try await bench.problem()?.contains("Choose another one") == true)
        try await bench.choose("work")
        #expect(try await bench.problem() == nil)
        try await bench.settle()
        #expect(bench.titles("work") == ["Lunch", "Offer"])
    }

    @Test func `an event that the calendar refuses holds up no other, and is told`() async throws {
        let bench = try await CalendarBench()
        try await bench.plan("Offer")
        bench.calendar.state.withLock { $0.refusal = .eventRefused("Offer: too long.") }
        #expect(try await bench.push.pass().next != nil)
        #expect(try await bench.problem() == "Offer: too long.")
        bench.calendar.state.withLock { $0.refusal = nil }
        try await bench.settle()
        #expect(try await bench.problem() == nil)
        #expect(bench.titles() == ["Offer"])
    }

    /// Written, but the answer was lost; refused; done long after it was given up; ended in between.
    @Test(arguments: 1...40) func `whatever fails, each activity has one event`(seed: UInt64) async throws {
        let bench = try await CalendarBench()
        bench.calendar.state.withLock { state in
            state.random = SeededRandom(seed: seed)
            state.faults = 30
            state.addOwn("dentist")
            state.calendars.append(RemoteCalendar(id: "work", name: "Work"))
        }
        var random = SeededRandom(seed: seed &* 77)
        var activities: [ActivityID] = []
        var current = "main"
        for round in 0..<60 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1: activities.append(try await bench.plan("Plan \(round)"))
            case 2, 3:
                guard let one = activities.randomElement(using: &random) else { continue }
                try await bench.edit(one, "Edit \(round)", isShown: Bool.random(using: &random))
            case 4:
                guard let index = activities.indices.randomElement(using: &random) else { continue }
                let one = activities.remove(at: index)
                try await bench.write { try Activities.delete($0, $1, one, now: 4) }
            case 5 where round % 3 == 0:
                current = current == "main" ? "work" : "main"
                try await bench.choose(current)
            case 6: bench.calendar.state.withLock { $0.letLateOnesHappen() }
            case 7:
                // Killed between any two steps: what it had asked stands, what it would have stored does not.
                let database = DyingDatabase(bench.database, after: Int.random(in: 0..<24, using: &random))
                _ = try? await bench.push(on: database).pass()
            default: _ = try? await bench.push.pass()
            }
        }
        bench.calendar.state.withLock { state in
            state.letLateOnesHappen()
            state.faults = 0
        }
        try await bench.settle()
        let planned = activities
        let expected = try await bench.read { tx, organization in
            try planned.compactMap { try Activities.find(tx, organization, $0) }.filter(\.showsInCalendar)
                .map(\.title)
        }
        #expect(bench.titles(current).filter { $0 != "(own)" } == expected.sorted())
        #expect(bench.titles(current == "main" ? "work" : "main").filter { $0 != "(own)" } == [])
        #expect(bench.calendar.state.withLock { $0.events["dentist"] } != nil)
        // And once it is so, nothing is asked any more.
        let calls = bench.calendar.state.withLock { $0.calls }
        #expect(try await bench.push.pass() == CalendarPush.Rest())
        #expect(bench.calendar.state.withLock { $0.calls } == calls)
    }
}

/// A database of a program that is killed: from some transaction on, nothing is written any more.
private final class DyingDatabase: Database {
    private let database: any Database
    private let left: Mutex<Int>

    init(_ database: any Database, after transactions: Int) {
        self.database = database
        left = Mutex(transactions)
    }

    var dialect: Dialect { database.dialect }

    private func live() throws {
        try left.withLock { left in
            guard left > 0 else { throw CancellationError() }
            left -= 1
        }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try live()
        return try await database.read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try live()
        return try await database.write(body)
    }

    func close() throws {}
}
