import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

/// A cookie that somebody kept is worth nothing once its session is over.
@Suite struct EndedSessionTests {
    enum Ending: CaseIterable {
        case signOut, ownPassword, administratorsPassword, deactivation, endedOnPage, invitationUsed, age
    }

    @Test(arguments: Ending.allCases)
    func `a session that was stolen opens nothing after it ended`(ending: Ending) async throws {
        let companies = try await TwoCompanies()
        let bench = companies.bench
        let tom = try await bench.user("tom.ashworth")
        try await bench.browse(as: "tom.ashworth") { thief in
            let cookie = try #require(thief.cookie(Cookies.session))
            try await thief.get("/settings/profile")
            let token = thief.csrf
            try await end(ending, bench, tom, thief)
            thief.setCookie(Cookies.session, cookie)
            for route in Route.all(bench) where !route.isOpen {
                let path = try companies.path(route)
                let body = route.method == .post ? "csrf=\(token)&name=X" : nil
                let answer = try await browser(thief, cookie).send(route.method, path, body: body)
                let isRefused =
                    route.method == .post
                    ? answer.status == .forbidden : answer.headers[.location]?.hasPrefix("/sign-in") == true
                #expect(isRefused, "\(route), \(ending)")
            }
            let stream = try await browser(thief, cookie).send(.get, "/events?topic=lists")
            #expect(stream.status == .noContent && stream.text.isEmpty)
        }
    }

    /// Whatever answers change of the cookies, the stolen one is sent again.
    private func browser(_ thief: TestBrowser, _ cookie: String) -> TestBrowser {
        thief.setCookie(Cookies.session, cookie)
        return thief
    }

    private func end(_ ending: Ending, _ bench: WebBench, _ tom: User, _ own: TestBrowser? = nil) async throws {
        switch ending {
        case .signOut: try await own?.post("/sign-out")
        case .age: bench.time.pass(Sessions.idleLimit + 1)
        case .endedOnPage:
            try await bench.browse(as: "tom.ashworth") { browser in
                let now = bench.time.now
                let sessions = try await bench.read { try Sessions.list($0, $1, tom.id, now: now) }
                try await browser.get("/settings/sessions")
                // The oldest is the thief's; the fixture has one more.
                for session in sessions.sorted(by: { $0.id < $1.id }).dropLast() {
                    _ = try await browser.send(
                        .post, "/settings/sessions/\(session.id)/end", body: browser.encoded([:]))
                }
            }
        case .ownPassword:
            try await bench.browse(as: "tom.ashworth") { browser in
                try await browser.get("/settings/password")
                let answer = try await browser.post(
                    "/settings/password", ["current": SampleCompany.password, "new": "another long one"])
                #expect(answer.status == .ok)
            }
        case .administratorsPassword, .deactivation:
            try await bench.browse(as: "daniel.okafor") { browser in
                try await browser.get("/settings/users/\(tom.id)")
                let fields: KeyValuePairs =
                    ending == .deactivation
                    ? ["name": tom.name, "email": tom.email]
                    : ["name": tom.name, "email": tom.email, "active": "1", "password": "another long one"]
                #expect(try await browser.post("/settings/users/\(tom.id)", fields).status == .ok)
            }
        case .invitationUsed:
            let now = bench.time.now
            let link = try await bench.write {
                try Invitations.make($0, $1, tom.id, random: SystemRandomSource(), now: now).expose()
            }
            try await bench.browse { browser in
                try await browser.get("/invitation?token=\(link)")
                try await browser.post("/invitation", ["token": link, "password": "another long one"])
            }
        }
    }

    @Test(arguments: [true, false])
    func `a sign-in link that was made before is void once there is a new password`(isOwn: Bool) async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth")
        let now = bench.time.now
        let link = try await bench.write {
            try Invitations.make($0, $1, tom.id, random: SystemRandomSource(), now: now).expose()
        }
        try await end(isOwn ? .ownPassword : .administratorsPassword, bench, tom)
        try await bench.browse { (browser) async throws in
            #expect(try await browser.get("/invitation?token=\(link)").status == .notFound)
        }
    }
}
