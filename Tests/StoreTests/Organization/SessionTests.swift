import CRM
import Database
import Store
import Testing

@Suite struct SessionTests {
    private let start: Int64 = 1_700_000_000

    private func begin(_ bench: Bench, _ user: UserID, seed: UInt64 = 1, now: Int64? = nil) async throws
        -> Sessions.Begun
    {
        try await bench.write { [start] tx, organization in
            try Sessions.begin(
                tx, organization, user, userAgent: "Browser", random: SeededRandomSource(seed: seed), now: now ?? start)
        }
    }

    private func user(_ bench: Bench, _ token: String, now: Int64? = nil) async throws -> UserID? {
        try await bench.read { [start] tx, _ in try Sessions.find(tx, token: token, now: now ?? start)?.user.id }
    }

    @Test func `a token leads to its session and user, another to none`() async throws {
        let bench = try await Bench()
        let begun = try await begin(bench, bench.ann)
        let token = begun.token.expose()
        #expect(
            token.count == 43
                && token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        #expect(try await user(bench, token) == bench.ann)
        let session = try await bench.read { [start] tx, _ in try Sessions.find(tx, token: token, now: start)?.session }
        #expect(session == begun.session)
        for wrong in ["", String(token.dropLast()), token + "A", token.lowercased()] {
            #expect(try await user(bench, wrong) == nil)
        }
    }

    @Test func `the token itself is nowhere in the database, and no two are alike`() async throws {
        let bench = try await Bench()
        let random = SeededRandomSource(seed: 5)
        let tokens = try await bench.write { [ann = bench.ann] tx, organization in
            try (0..<20).map { _ in
                let begun = try Sessions.begin(tx, organization, ann, userAgent: "", random: random, now: 1)
                #expect(begun.session.csrfToken != begun.token.expose())
                return begun.token.expose()
            }
        }
        #expect(Set(tokens).count == 20)
        for token in tokens { #expect(try await bench.database.tables(holding: token) == []) }
        let hashes = try await bench.database.read { tx in
            try tx.rows("SELECT token_hash FROM sessions") { try $0.blob(0) }
        }
        #expect(hashes.allSatisfy { $0.count == 32 })
    }

    @Test func `a session ends when it is not used, and lasts while it is, but not for ever`() async throws {
        let bench = try await Bench()
        let begun = try await begin(bench, bench.ann)
        let token = begun.token.expose()
        #expect(try await user(bench, token, now: start + Sessions.idleLimit - 1) == bench.ann)
        #expect(try await user(bench, token, now: start + Sessions.idleLimit) == nil)
        var now = start
        while now + Sessions.idleLimit / 2 < start + Sessions.absoluteLimit {
            now += Sessions.idleLimit / 2
            let used = now
            #expect(try await user(bench, token, now: now) == bench.ann)
            try await bench.write { try Sessions.touch($0, $1, begun.session.id, now: used) }
        }
        #expect(try await user(bench, token, now: start + Sessions.absoluteLimit - 1) == bench.ann)
        #expect(try await user(bench, token, now: start + Sessions.absoluteLimit) == nil)
    }

    @Test func `use is written down every few minutes only`() async throws {
        let bench = try await Bench()
        let session = try await begin(bench, bench.ann).session
        #expect(!session.needsTouch(now: start + Sessions.touchInterval - 1))
        #expect(session.needsTouch(now: start + Sessions.touchInterval))
    }

    @Test func `sessions are listed and ended, one or all others, and only one's own`() async throws {
        let bench = try await Bench()
        let first = try await begin(bench, bench.ann, seed: 1)
        let second = try await begin(bench, bench.ann, seed: 2, now: start + 1)
        let third = try await begin(bench, bench.ann, seed: 3, now: start + 2)
        let bobs = try await begin(bench, bench.bob, seed: 4)
        func listed() async throws -> [SessionID] {
            try await bench.read { [ann = bench.ann, start] in try Sessions.list($0, $1, ann, now: start + 5).map(\.id)
            }
        }
        #expect(try await listed() == [third, second, first].map(\.session.id))
        try await bench.write { [ann = bench.ann] in try Sessions.end($0, $1, ann, second.session.id) }
        try await bench.write { [ann = bench.ann] in try Sessions.end($0, $1, ann, bobs.session.id) }
        #expect(try await listed() == [third, first].map(\.session.id))
        #expect(try await user(bench, bobs.token.expose()) == bench.bob)
        try await bench.write { [ann = bench.ann] in try Sessions.endAll($0, $1, ann, except: first.session.id) }
        #expect(try await user(bench, third.token.expose()) == nil)
        #expect(try await user(bench, first.token.expose()) == bench.ann)
    }

    @Test func `someone who leaves is signed out everywhere, and old sessions do not come back with them`() async throws
    {
        let bench = try await Bench()
        let token = try await begin(bench, bench.ann).token.expose()
        try await bench.write { [ann = bench.ann] in try Users.setActive($0, $1, ann, false, now: 1) }
        #expect(try await user(bench, token) == nil)
        try await bench.write { [ann = bench.ann] in try Users.setActive($0, $1, ann, true, now: 1) }
        #expect(try await user(bench, token) == nil)
    }

    @Test func `what expired is removed`() async throws {
        let bench = try await Bench()
        _ = try await begin(bench, bench.ann, seed: 1)
        _ = try await begin(bench, bench.ann, seed: 2, now: start + 10)
        let removed = try await bench.write { [start] tx, _ in try Sessions.prune(tx, now: start + Sessions.idleLimit) }
        #expect(removed == 1)
        #expect(try await bench.database.count("sessions") == 1)
    }
}
