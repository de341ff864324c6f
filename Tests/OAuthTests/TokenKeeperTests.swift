import CRM
import Mirror
import OAuth
import ScriptedExchange
import Synchronization
import Testing

/// What happened, in order.
final class Journal: Sendable {
    private let entries = Mutex<[String]>([])
    var all: [String] { entries.withLock { $0 } }
    func note(_ entry: String) { entries.withLock { $0.append(entry) } }
}

@Suite struct TokenKeeperTests {
    private struct Broken: Error {}

    private final class Bench: Sendable {
        let journal = Journal()
        let time = Mutex<Int64>(0)
        let keepFails = Mutex(false)
        let answer = Mutex<(@Sendable (Int) throws -> WebResponse)?>(nil)
        let count = Mutex(0)
        let kept = Mutex<Secret<String>?>(nil)

        func keeper(life: Int64 = 3600, refreshToken: String? = "R0") -> TokenKeeper {
            let exchange = ScriptedExchange { [self] request in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                let used = request.text.split(separator: "&").first { $0.hasPrefix("refresh_token=") } ?? ""
                journal.note("refresh \(used.dropFirst(14))")
                // Others come to ask meanwhile.
                for _ in 0..<20 { await Task.yield() }
                if let answer = answer.withLock({ $0 }) { return try answer(number) }
                return .json(
                    #"{"access_token":"A\#(number)","refresh_token":"R\#(number)","expires_in":\#(life)}"#)
            }
            return TokenKeeper(
                tokens: TokenSet(
                    accessToken: Secret("A0"), refreshToken: refreshToken.map { Secret($0) }, issuedAt: 0,
                    expiresAt: life, scopes: ["Mail.Read"]),
                refresh: TokenEndpoint(
                    server: SignInTests.server, client: SignInTests.client, exchange: exchange
                ).refresh,
                keep: { [self] credentials in
                    if keepFails.withLock({ $0 }) { throw Broken() }
                    let tokens = try TokenSet(credentials: credentials)
                    journal.note("keep \(tokens.refreshToken?.expose() ?? "nothing")")
                    kept.withLock { $0 = credentials }
                },
                now: { [self] in time.withLock { $0 } })
        }

        func wait(until moment: Int64) { time.withLock { $0 = moment } }
    }

    @Test func `a token is used for 80 % of its life`() async throws {
        let bench = Bench()
        let keeper = bench.keeper()
        bench.wait(until: 2879)
        #expect(try await keeper.accessToken().expose() == "A0")
        bench.wait(until: 2880)
        #expect(try await keeper.accessToken().expose() == "A1")
    }

    @Test(arguments: [(3600, 2880), (1200, 900), (600, 300), (300, 150), (86_400, 69_120), (0, 0)] as [(Int64, Int64)])
    func `a token is renewed five minutes before its end at the latest, and used for half of a short life`(
        life: Int64, renewed: Int64
    ) {
        let tokens = TokenSet(
            accessToken: Secret("A"), refreshToken: nil, issuedAt: 100, expiresAt: 100 + life, scopes: [])
        #expect(tokens.renewsAt == 100 + renewed)
    }

    @Test func `however many ask at once, one renewal runs`() async throws {
        let bench = Bench()
        let keeper = bench.keeper()
        bench.wait(until: 3500)
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await keeper.accessToken().expose() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["A1"])
        #expect(bench.journal.all == ["refresh R0", "keep R1"])
    }

    @Test func `the next renewal uses the new refresh token, which was kept before the access token was used`()
        async throws
    {
        let bench = Bench()
        let keeper = bench.keeper()
        bench.wait(until: 3500)
        bench.journal.note("use \(try await keeper.accessToken().expose())")
        bench.wait(until: 7000)
        bench.journal.note("use \(try await keeper.accessToken().expose())")
        #expect(bench.journal.all == ["refresh R0", "keep R1", "use A1", "refresh R1", "keep R2", "use A2"])
    }

    @Test func `an asker that gives up does not lose the new refresh token`() async throws {
        let bench = Bench()
        let keeper = bench.keeper()
        bench.wait(until: 4000)
        let asker = Task { try await keeper.accessToken() }
        while bench.journal.all.isEmpty { await Task.yield() }
        asker.cancel()
        _ = try? await asker.value
        #expect(try await keeper.accessToken().expose() == "A1")
        #expect(bench.journal.all == ["refresh R0", "keep R1"])
    }

    @Test func `tokens that could not be kept are not used, and kept before anything else next time`() async throws {
        let bench = Bench()
        let keeper = bench.keeper()
        bench.wait(until: 4000)
        bench.keepFails.withLock { $0 = true }
        await #expect(throws: Broken.self) { try await keeper.accessToken() }
        bench.keepFails.withLock { $0 = false }
        #expect(try await keeper.accessToken().expose() == "A1")
        #expect(bench.journal.all == ["refresh R0", "keep R1"])
    }

    @Test func `a provider that gives no new refresh token leaves the old one in force`() async throws {
        let bench = Bench()
        bench.answer.withLock { $0 = { .json(#"{"access_token":"A\#($0)","expires_in":3600}"#) } }
        let keeper = bench.keeper()
        bench.wait(until: 4000)
        #expect(try await keeper.accessToken().expose() == "A1")
        #expect(bench.journal.all == ["refresh R0", "keep R0"])
    }

    @Test(arguments: [429, 500, 503, 404])
    func `an outage of the token endpoint is nobody's fault, and the old token goes on while it holds`(
        status: Int
    ) async throws {
        let bench = Bench()
        bench.answer.withLock { $0 = { _ in .json("<html>", status: status, headers: [("Retry-After", "17")]) } }
        let keeper = bench.keeper()
        bench.wait(until: 3000)
        #expect(try await keeper.accessToken().expose() == "A0")
        #expect(try await keeper.accessToken().expose() == "A0")
        #expect(bench.journal.all == ["refresh R0"], "it is not asked for again at once")
        bench.wait(until: 3600)
        let error = await #expect(throws: OAuthFault.self) { try await keeper.accessToken() }
        switch error {
        case .throttled(_, let seconds): #expect(status == 429 && seconds == 17)
        case .transient: #expect(status != 429)
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test func `a definite refusal asks for a sign-in at once, although the token still holds`() async throws {
        let bench = Bench()
        bench.answer.withLock { $0 = { _ in .json(#"{"error":"invalid_grant"}"#, status: 400) } }
        let keeper = bench.keeper()
        bench.wait(until: 3000)
        let error = await #expect(throws: OAuthFault.self) { try await keeper.accessToken() }
        guard case .signInNeeded(.provider) = SourceError(try #require(error)) else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a registration that is not accepted is the administrator's matter`() async throws {
        let bench = Bench()
        bench.answer.withLock { $0 = { _ in .json(#"{"error":"invalid_client"}"#, status: 401) } }
        let keeper = bench.keeper()
        bench.wait(until: 3600)
        let error = await #expect(throws: OAuthFault.self) { try await keeper.accessToken() }
        guard case .misconfigured = SourceError(try #require(error)) else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a token that the provider refused before its time is replaced once, whoever says so`() async throws {
        let bench = Bench()
        let keeper = bench.keeper()
        let refused = try await keeper.accessToken()
        #expect(try await keeper.replacement(for: refused).expose() == "A1")
        #expect(try await keeper.replacement(for: refused).expose() == "A1")
        #expect(bench.journal.all == ["refresh R0", "keep R1"])
    }

    @Test func `tokens survive the store, and show nowhere`() throws {
        let tokens = TokenSet(
            accessToken: Secret("AAA"), refreshToken: Secret("RRR"), issuedAt: 5, expiresAt: 10, scopes: ["a", "b"])
        let back = try TokenSet(credentials: try tokens.credentials)
        #expect((back.accessToken.expose(), back.refreshToken?.expose()) == ("AAA", "RRR"))
        #expect((back.issuedAt, back.expiresAt, back.scopes) == (5, 10, ["a", "b"]))
        #expect(!"\(tokens)".contains("AAA") && !String(reflecting: tokens).contains("RRR"))
        #expect(throws: DecodingError.self) { try TokenSet(credentials: Secret("password")) }
    }
}
