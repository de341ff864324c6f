import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct SetAsideTests {
    private let carol = "carol@client.example"

    private func list(_ bench: Bench) async throws -> [SetAsides.Shown] {
        try await bench.read { [anns = bench.anns] in try SetAsides.list($0, $1, anns, limit: 10) }
    }

    private func due(_ bench: Bench, _ now: Int64) async throws -> [FolderID: [RemoteMessageID]] {
        try await bench.read { [anns = bench.anns] in try SetAsides.due($0, $1, anns, now: now) }
    }

    @Test func `a message that cannot be read is kept with its reason and holds up no other`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], unreadable: [2], in: bench.inbox, now: 1_000)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
        let shown = try #require(try await list(bench).first)
        #expect((shown.folder, shown.folderName, shown.remoteID.rawValue) == (bench.inbox, "INBOX", "2"))
        #expect((shown.reason, shown.attempts, shown.firstAt, shown.retryAt) == ("BAD", 1, 1_000, 1_060))
    }

    @Test func `it is tried again, less and less often`() async throws {
        let bench = try await Bench()
        try await bench.apply([], unreadable: [2], in: bench.inbox, now: 1_000)
        #expect(try await due(bench, 1_059) == [:])
        #expect(try await due(bench, 1_060) == [bench.inbox: [RemoteMessageID(uid: 2)]])
        var (now, pause): (Int64, Int64) = (1_000, 60)
        for attempt in 2...6 {
            now += pause
            try await bench.apply([], unreadable: [2], in: bench.inbox, .search, now: now)
            let shown = try #require(try await list(bench).first)
            #expect(shown.attempts == attempt && shown.firstAt == 1_000)
            #expect(shown.retryAt - now > pause)
            pause = shown.retryAt - now
        }
    }

    @Test func `once it can be read it is mirrored, and set aside no more`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply([], unreadable: [2, 3], in: bench.inbox)
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 2, setAside: 2))
        try await bench.apply([mail(2, "a", to: [carol]), mail(3, "b")], in: bench.inbox, .search)
        #expect(try await list(bench) == [])
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 2, noContact: 1, waiting: 1))
    }

    @Test func `under a new UIDVALIDITY its old id means nothing`() async throws {
        let bench = try await Bench()
        try await bench.apply([], unreadable: [2], in: bench.inbox)
        try await bench.write { [inbox = bench.inbox] in try Folders.restart($0, $1, inbox, epoch: FolderEpoch("2")) }
        #expect(try await list(bench) == [])
        #expect(try await due(bench, .max) == [:])
    }

    @Test func `why a message was set aside can be asked by its place`() async throws {
        let bench = try await Bench()
        try await bench.contact(carol)
        try await bench.apply([mail(1, "a", to: [carol])], unreadable: [2], in: bench.inbox)
        try await bench.read { [anns = bench.anns] tx, organization in
            let folder = Bench.remote("INBOX")
            func reason(_ uid: UInt32) throws -> String? {
                try MirroredMessages.setAside(tx, organization, anns, folder, RemoteMessageID(uid: uid))?.english
            }
            #expect(try reason(2) == "BAD")
            #expect(try reason(1) == nil)
            let found = try MirroredMessages.find(tx, organization, anns, folder, RemoteMessageID(uid: 1))
            #expect(found?.text == .waiting && found?.contacts.count == 1)
            #expect(try MirroredMessages.find(tx, organization, anns, folder, RemoteMessageID(uid: 2)) == nil)
            let other = Bench.remote("INBOX", epoch: "2")
            #expect(try MirroredMessages.find(tx, organization, anns, other, RemoteMessageID(uid: 1)) == nil)
        }
    }
}
