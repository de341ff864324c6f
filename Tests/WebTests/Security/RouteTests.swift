import CRM
import Database
import HTTPTypes
import Store
import Testing

@testable import Web

/// What holds for every address of the product, taken from the router itself.
@Suite struct RouteTests {
    private static let nothingSent = "x=1"

    @Test func `without signing in every address but those of signing in leads there, and every form is refused`()
        async throws
    {
        let companies = try await TwoCompanies()
        let routes = Route.all(companies.bench)
        #expect(routes.count > 90)
        #expect(Set(routes.filter(\.isOpen).map(\.pattern)).count == 7)
        try await companies.bench.browse { browser in
            for route in routes where !route.isOpen {
                let path = try companies.path(route)
                if route.method == .get {
                    let answer = try await browser.send(.get, path)
                    #expect(answer.status == .seeOther && answer.text.isEmpty, "\(route)")
                    #expect(answer.headers[.location]?.hasPrefix("/sign-in") == true, "\(route)")
                    continue
                }
                #expect(try await browser.send(.post, path, body: Self.nothingSent).status == .forbidden, "\(route)")
                try await browser.get("/sign-in")
                let answer = try await browser.send(.post, path, body: browser.encoded([:]))
                #expect(answer.status == .seeOther && answer.text.isEmpty, "\(route)")
                #expect(answer.headers[.location]?.hasPrefix("/sign-in") == true, "\(route)")
            }
        }
    }

    @Test func `what belongs to another organisation is answered like what does not exist, and stays as it is`()
        async throws
    {
        let companies = try await TwoCompanies()
        let before = try await companies.theirState()
        #expect(before.allSatisfy { !$0.hasSuffix(": ") }, "\(before)")
        for person in ["daniel.okafor", "tom.ashworth"] {
            try await companies.bench.browse(as: person) { browser in
                let page = try await browser.get("/settings/profile")
                #expect(page.status == .ok)
                for route in Route.all(companies.bench) where route.namesSomething {
                    let (theirs, nobodys) = (try companies.path(route, .theirs), try companies.path(route, .nobodys))
                    let body = route.method == .post ? browser.encoded(["name": "X", "with": "1"]) : nil
                    let answer = try await browser.send(route.method, theirs, body: body)
                    let other = try await browser.send(route.method, nobodys, body: body)
                    #expect(answer.status == other.status, "\(route)")
                    #expect(Self.plain(answer, theirs) == Self.plain(other, nobodys), "\(route)")
                    #expect(answer.status != .ok && !answer.text.contains("Theirs"), "\(route)")
                }
            }
        }
        #expect(try await companies.theirState() == before)
    }

    /// Without the number that was asked for.
    private static func plain(_ answer: TestBrowser.Answer, _ path: String) -> String {
        var place = answer.headers[.location] ?? ""
        for number in path.split(separator: "/") where Int(number) != nil {
            place = place.replacing("/\(number)", with: "/N")
        }
        return place + " " + answer.words
    }

    @Test func `pages of administrators are closed to everyone else, and so are their forms`() async throws {
        let companies = try await TwoCompanies()
        try await companies.bench.browse(as: "tom.ashworth") { browser in
            try await browser.get("/settings/profile")
            let token = browser.csrf
            for route in Route.all(companies.bench) where route.isForAdministrators {
                let path = try companies.path(route)
                let body = route.method == .post ? "csrf=\(token)&name=X" : nil
                #expect(try await browser.send(route.method, path, body: body).status == .forbidden, "\(route)")
            }
        }
        try await companies.bench.browse(as: "daniel.okafor") { (browser) async throws in
            for route in Route.all(companies.bench) where route.isForAdministrators && route.method == .get {
                #expect(try await browser.send(.get, try companies.path(route)).status == .ok, "\(route)")
            }
        }
    }

    @Test func `a form without a token, with that of another session, or from another site is refused everywhere`()
        async throws
    {
        let companies = try await TwoCompanies()
        let bench = companies.bench
        try await bench.browse(as: "priya.raman") { other in
            try await other.get("/settings/profile")
            let foreign = other.csrf
            for isSignedIn in [true, false] {
                let visit: @Sendable (TestBrowser) async throws -> Void = { browser in
                    try await browser.get(isSignedIn ? "/settings/profile" : "/sign-in")
                    let own = browser.csrf
                    try #require(!own.isEmpty && own != foreign)
                    for route in Route.all(bench) where route.method == .post {
                        let path = try companies.path(route)
                        for body in [Self.nothingSent, "csrf=", "csrf=\(foreign)", "csrf=\(own.dropLast())"] {
                            let answer = try await browser.send(.post, path, body: body)
                            #expect(answer.status == .forbidden, "\(route), \(body)")
                        }
                        let senders: [HTTPFields] = [
                            [.origin: "https://evil.example"], [.origin: "null"],
                            [.origin: "http://localhost.evil.example"],
                            [.secFetchSite: "cross-site"], [.secFetchSite: "same-site"],
                            [.contentType: "text/plain"], [.contentType: "application/json"],
                        ]
                        for headers in senders {
                            let answer = try await browser.send(.post, path, body: "csrf=\(own)", headers: headers)
                            #expect(answer.status == .forbidden, "\(route), \(headers)")
                        }
                    }
                }
                if isSignedIn {
                    try await bench.browse(as: "tom.ashworth", visit)
                } else {
                    try await bench.browse(visit)
                }
            }
        }
    }

    @Test func `a form that a browser marks as of this site is taken`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { browser in
            try await browser.get("/contacts/new")
            let body = browser.encoded(["last-name": "Fine"])
            // A proxy that changes Host does no harm where the browser itself says where the form is from.
            let marked: HTTPFields = [.secFetchSite: "same-origin", .origin: "https://crm.aldermoor.example"]
            #expect(try await browser.send(.post, "/contacts", body: body, headers: marked).status == .seeOther)
        }
    }

    @Test func `a form that is too large is refused everywhere`() async throws {
        let companies = try await TwoCompanies()
        try await companies.bench.browse(as: "daniel.okafor") { browser in
            try await browser.get("/settings/profile")
            let body = "csrf=\(browser.csrf)&name=" + String(repeating: "x", count: Gate.formLimit)
            for route in Route.all(companies.bench) where route.method == .post {
                let answer = try await browser.send(.post, try companies.path(route), body: body)
                #expect(answer.status == .contentTooLarge, "\(route)")
            }
        }
    }

    @Test func `parameters that are broken, endless or of another kind are refused or passed over, and nothing fails`()
        async throws
    {
        let companies = try await TwoCompanies()
        let numbers = [
            "0", "-1", "x", "9223372036854775807", "9223372036854775808", "1%00", "%FF%FE", "..%2F..%2Fetc", "1e3",
            "%2B1",
            String(repeating: "9", count: 4_000),
        ]
        let names = [
            "q", "before", "after", "from", "until", "user", "week", "day", "owner", "colleague", "direction", "with",
            "contact", "account", "sort", "address", "subject", "message-id", "next", "back", "notice", "topic",
            "since",
            "token", "kind", "page", "again", "all",
        ]
        let values = [
            "%00", "%FF", "%", String(repeating: "a%22", count: 300), "-9223372036854775808", "%E2%80%AE", "*%22)",
        ]
        try await companies.bench.browse(as: "daniel.okafor") { browser in
            for route in Route.all(companies.bench) where route.pattern != "/events" {
                let token = "csrf=\(browser.csrf)"
                if route.namesSomething {
                    for number in numbers {
                        let path = try companies.path(route, .nobodys).replacing(TwoCompanies.nothing, with: number)
                        let answer = try await browser.send(
                            route.method, path, body: route.method == .post ? token : nil)
                        #expect(
                            [400, 403, 404, 303].contains(answer.status.code), "\(path.prefix(80)): \(answer.status)")
                    }
                }
                guard route.method == .get else { continue }
                for value in values {
                    let query = names.map { "\($0)=\(value)" }.joined(separator: "&")
                    let answer = try await browser.send(.get, "\(try companies.path(route))?\(query)")
                    #expect(answer.status.code < 500, "\(route), \(value.prefix(20)): \(answer.words.prefix(300))")
                }
            }
        }
    }
}
