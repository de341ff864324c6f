import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

/// The headers of every answer.
@Suite struct AnswerHeaderTests {
    private func check(_ answer: TestBrowser.Answer, _ what: String) {
        let headers = answer.headers
        let policy = headers[.contentSecurityPolicy] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "\(what)")
        #expect(policy.contains("base-uri 'none'") && policy.contains("form-action 'self'"), "\(what)")
        #expect(!policy.contains("unsafe") && !policy.contains("http:") && !policy.contains("*"), "\(what)")
        #expect(headers[.xContentTypeOptions] == "nosniff", "\(what)")
        #expect(headers[HTTPField.Name("Referrer-Policy")!] == "same-origin", "\(what)")
        #expect(headers[HTTPField.Name("X-Frame-Options")!] == "DENY", "\(what)")
        #expect(headers[.server] == nil, "\(what)")
        let isAsset = what.contains("/assets/") && answer.status == .ok
        #expect(isAsset || headers[.cacheControl] == "no-store", "\(what): \(headers[.cacheControl] ?? "none")")
        for cookie in headers[values: .setCookie] {
            #expect(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "\(what)")
            #expect(!cookie.contains("Domain="), "\(what)")
        }
    }

    @Test func `every answer of every address forbids what a page must not do, and is kept by nobody`() async throws {
        let companies = try await TwoCompanies()
        let bench = companies.bench
        let visit: @Sendable (TestBrowser) async throws -> Void = { browser in
            for route in Route.all(bench) {
                let paths = try [companies.path(route), companies.path(route, .nobodys)]
                for path in paths {
                    let body = route.method == .post ? "x=1" : nil
                    // The stream of someone signed in does not end; it has a test of its own.
                    if route.pattern == "/events", browser.cookie(Cookies.session) != nil { continue }
                    check(try await browser.send(route.method, path, body: body), "\(route.method) \(path)")
                }
            }
            for path in ["/nowhere", "/assets/x/none.css", "/events", "/%00", "//evil.example", "/setup"] {
                check(try await browser.send(.get, path), path)
                check(try await browser.send(.head, path), "HEAD \(path)")
            }
            for method in [HTTPRequest.Method.put, .delete, .patch, .options, .trace] {
                check(try await browser.send(method, "/contacts/1"), "\(method)")
            }
        }
        try await bench.browse(visit)
        try await bench.browse(as: "daniel.okafor", visit)
        try await bench.browse(as: "daniel.okafor") { browser in
            try await browser.get("/contacts/export")
            for format in ["csv", "vcard"] {
                check(try await browser.post("/contacts/export", ["format": format]), format)
            }
        }
    }

    @Test func `behind TLS the cookies are marked Secure`() async throws {
        let bench = try await WebBench()
        try await bench.browse { browser in
            let secure: HTTPFields = [HTTPField.Name("X-Forwarded-Proto")!: "https"]
            let page = try await browser.send(.get, "/sign-in", headers: secure)
            #expect(page.headers[values: .setCookie].allSatisfy { $0.contains("Secure") })
            let body = browser.encoded([
                "email": "tom.ashworth@" + SampleCompany.domain, "password": SampleCompany.password,
            ])
            let inside = try await browser.send(.post, "/sign-in", body: body, headers: secure)
            #expect(inside.headers[.setCookie]?.contains("Secure") == true)
        }
    }

    @Test func `a stream of events has them too, and ends when the session is over`() async throws {
        let bench = try await WebBench(heartbeat: .milliseconds(20))
        try await bench.browse(as: "tom.ashworth") { browser in
            let tom = try await bench.user("tom.ashworth").id
            async let answer = browser.send(
                .get, "/events?topic=lists", headers: [HTTPField.Name("Last-Event-ID")!: "x"])
            try await bench.wait(for: "the stream") { await bench.feed.subscriberCount > 0 }
            try await bench.write { try Sessions.endAll($0, $1, tom) }
            let stream = try await answer
            #expect(stream.headers[.contentType] == "text/event-stream")
            #expect(stream.text.hasSuffix("event: ended\ndata: \n\n"), "\(stream.text)")
            check(stream, "stream")
        }
    }

    @Test(arguments: [
        "//evil.example", "/\\evil.example", "https://evil.example", "\\\\evil.example", "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b", "/\t/evil.example", " //evil.example", "/%0d%0aX: y\n", "evil.example",
        "///evil.example",
    ])
    func `nothing that is sent along leads to another site or adds a header`(place: String) async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        let activity = try await bench.read {
            try #require(try ActivityList.open($0, $1, .contact(alice), limit: 1).activities.first)
        }
        @Sendable func expectOurs(_ answer: TestBrowser.Answer, _ what: String) throws {
            #expect(answer.status == .seeOther, "\(what)")
            let target = try #require(answer.headers[.location], "\(what)")
            #expect(target.hasPrefix("/") && !target.hasPrefix("//") && !target.hasPrefix("/\\"), "\(what): \(target)")
            #expect(target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(what): \(target)")
            #expect(answer.headers[HTTPField.Name("X")!] == nil)
        }
        try await bench.browse { browser in
            let page = try await browser.get("/sign-in?next=" + PathText.escaped(place))
            #expect(!page.text.contains("evil.example"))
            let body = browser.encoded([
                "email": "daniel.okafor@" + SampleCompany.domain, "password": SampleCompany.password, "next": place,
            ])
            try expectOurs(
                try await browser.send(.post, "/sign-in", body: body, headers: [.referer: "https://evil.example/"]),
                "sign-in")
            try await browser.get("/settings/profile")
            for action in ["done", "reopen", "edit"] {
                var fields: KeyValuePairs = ["back": place]
                if action == "edit" {
                    fields = [
                        "back": place, "kind": "meeting", "title": "T", "start-day": "2026-11-24",
                        "start-time": "10:00",
                        "owner": "\(activity.owner)",
                    ]
                }
                let answer = try await browser.send(
                    .post, "/activities/\(activity.id)/\(action)", body: browser.encoded(fields))
                if action != "edit" || answer.status == .seeOther { try expectOurs(answer, action) }
            }
            let own = try await browser.get("/activities/new?back=" + PathText.escaped(place))
            #expect(!own.links.contains { $0.contains("evil.example") && !$0.hasPrefix("/") })
        }
    }
}

extension HTTPField.Name {
    fileprivate static let referer = HTTPField.Name("Referer")!
    fileprivate static let server = HTTPField.Name("Server")!
}
