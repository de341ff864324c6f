import CRM
import Database
import DatabaseSQLite
import Store
import Testing

@Suite(.timeLimit(.minutes(1))) struct ChangeFeedTests {
    private func append(_ bench: Bench, _ contacts: ContactID..., organization: OrganizationID? = nil) async throws {
        try await bench.write { tx, own in
            for contact in contacts {
                try Changes.append(tx, Change(organization: organization ?? own, contact: contact), now: 1)
            }
        }
    }

    @Test func `a subscriber hears first that anything may have changed, then each change in order`() async throws {
        let bench = try await Bench()
        let feed = ChangeFeed(database: bench.database)
        try await append(bench, 1)
        var changes = await feed.subscribe(organization: bench.organization).makeAsyncIterator()
        #expect(await changes.next()?.isAnything == true)
        try await append(bench, 5, 4)
        await feed.committed()
        try await append(bench, 6)
        await feed.committed()
        var heard: [ContactID?] = []
        for _ in 0..<3 { heard.append(await changes.next()?.contact) }
        #expect(heard == [5, 4, 6])
    }

    @Test func `nothing is lost when many write and wake at once`() async throws {
        let bench = try await Bench()
        let feed = ChangeFeed(database: bench.database)
        let changes = await feed.subscribe(organization: bench.organization)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<5 {
                group.addTask {
                    for number in 0..<8 {
                        try await append(bench, ContactID(Int64(writer * 8 + number + 1)))
                        await feed.committed()
                    }
                }
            }
            try await group.waitForAll()
        }
        await feed.committed()
        await feed.finish()
        var heard: [ContactID] = []
        for await change in changes { if let contact = change.contact { heard.append(contact) } }
        #expect(heard.sorted() == (1...40).map { ContactID($0) })
    }

    @Test func `a subscriber hears of its own organisation only`() async throws {
        let bench = try await Bench()
        let other = try await bench.database.write { tx in
            try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
        }
        let feed = ChangeFeed(database: bench.database)
        let changes = await feed.subscribe(organization: bench.organization)
        try await append(bench, 7, organization: other)
        try await append(bench, 8)
        await feed.committed()
        await feed.finish()
        var heard: [Change] = []
        for await change in changes { heard.append(change) }
        #expect(heard.map(\.organization).allSatisfy { $0 == bench.organization })
        #expect(heard.compactMap(\.contact) == [8])
    }

    @Test func `a subscriber that does not keep up is told so at the end of what it missed`() async throws {
        let bench = try await Bench()
        let feed = ChangeFeed(database: bench.database)
        let changes = await feed.subscribe(organization: bench.organization)
        let count = ChangeFeed.buffer * 3
        await feed.publish((1...count).map { Change(organization: bench.organization, contact: ContactID(Int64($0))) })
        await feed.finish()
        var heard: [Change] = []
        for await change in changes { heard.append(change) }
        #expect(heard.count == ChangeFeed.buffer)
        #expect(heard.last?.isAnything == true)
    }

    @Test
    func `everyone is told that anything may have changed when the table cannot be read, and what was missed later`()
        async throws
    {
        let bench = try await Bench()
        let feed = ChangeFeed(database: bench.database)
        var changes = await feed.subscribe(organization: bench.organization).makeAsyncIterator()
        #expect(await changes.next()?.isAnything == true)
        try await bench.write { tx, _ in try tx.execute("ALTER TABLE changes RENAME TO hidden") }
        await feed.committed()
        #expect(await changes.next()?.isAnything == true)
        try await bench.write { tx, _ in try tx.execute("ALTER TABLE hidden RENAME TO changes") }
        try await append(bench, 9)
        await feed.committed()
        #expect(await changes.next()?.contact == 9)
    }

    @Test func `who subscribes later hears what comes from then on`() async throws {
        let bench = try await Bench()
        let feed = ChangeFeed(database: bench.database)
        _ = await feed.subscribe(organization: bench.organization)
        try await append(bench, 1)
        await feed.committed()
        let changes = await feed.subscribe(organization: bench.organization)
        try await append(bench, 2)
        await feed.committed()
        await feed.finish()
        var heard: [ContactID?] = []
        for await change in changes { heard.append(change.contact) }
        #expect(heard == [2])
    }

    @Test func `a subscription ends with its reader, and all end when the server stops`() async throws {
        let bench = try await Bench()
        let feed = ChangeFeed(database: bench.database)
        let reader = Task {
            for await _ in await feed.subscribe(organization: bench.organization) {}
        }
        let stays = await feed.subscribe(organization: bench.organization)
        while await feed.subscriberCount < 2 { await Task.yield() }
        reader.cancel()
        await reader.value
        while await feed.subscriberCount > 1 { await Task.yield() }
        await feed.finish()
        for await change in stays { #expect(change.isAnything) }
        #expect(await feed.subscriberCount == 0)
    }
}
