import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct SignInTests {
    private let tom = "tom.ashworth@" + SampleCompany.domain

    @Test func `signing in leads to the page that was asked for`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (browser) async throws in
            let page = try await browser.get("/accounts/2?q=x")
            #expect(page.path == "/sign-in?next=%2Faccounts%2F2%3Fq%3Dx")
            let answer = try await browser.post(
                "/sign-in", ["email": tom, "password": SampleCompany.password, "next": "/accounts/2?q=x"])
            #expect(answer.path == "/accounts/2?q=x" && answer.status == .ok)
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil", "/%0d\n/x",
    ])
    func `signing in never leads to another site`(next: String) async throws {
        let bench = try await WebBench()
        try await bench.browse { (browser) async throws in
            try await browser.get("/sign-in")
            let fields: KeyValuePairs = ["email": tom, "password": SampleCompany.password, "next": next]
            let answer = try await browser.send(.post, "/sign-in", body: browser.encoded(fields))
            #expect(answer.headers[.location] == "/contacts")
        }
    }

    @Test func `a wrong password is refused in the same words as an unknown address`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (browser) async throws in
            try await browser.get("/sign-in")
            let wrong = try await browser.post("/sign-in", ["email": tom, "password": "wrong"])
            let unknown = try await browser.post("/sign-in", ["email": "x@aldermoor.example", "password": "wrong"])
            #expect(wrong.status == .unprocessableContent && unknown.status == .unprocessableContent)
            let sentence = "Address and password do not fit together."
            #expect(wrong.words.contains(sentence) && unknown.words.contains(sentence))
            #expect(wrong.text.contains("value=\"\(tom)\""))
            #expect(browser.cookie(Cookies.session) == nil)
        }
    }

    @Test func `whoever guesses passwords has to wait, and the right password works again later`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (browser) async throws in
            try await browser.get("/sign-in")
            for _ in 0..<10 { try await browser.post("/sign-in", ["email": tom, "password": "wrong"]) }
            let blocked = try await browser.post("/sign-in", ["email": tom, "password": SampleCompany.password])
            #expect(blocked.status == .tooManyRequests)
            bench.time.pass(60)
            let answer = try await browser.post("/sign-in", ["email": tom, "password": SampleCompany.password])
            #expect(answer.path == "/contacts")
        }
    }

    @Test func `the cookie of a session cannot be read by scripts or sent by other sites`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (browser) async throws in
            try await browser.get("/sign-in")
            let body = browser.encoded(["email": tom, "password": SampleCompany.password])
            let plain = try await browser.send(.post, "/sign-in", body: body)
            let cookie = try #require(plain.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
            #expect(!cookie.contains("Secure"))
        }
        try await bench.browse { (browser) async throws in
            try await browser.get("/sign-in")
            let body = browser.encoded(["email": tom, "password": SampleCompany.password])
            let headers: HTTPFields = [.forwardedProtocol: "https"]
            let behindTLS = try await browser.send(.post, "/sign-in", body: body, headers: headers)
            #expect(try #require(behindTLS.headers[.setCookie]).contains("Secure"))
        }
    }

    @Test func `signing out ends the session for good`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let token = browser.cookie(Cookies.session)
            #expect(try await browser.post("/sign-out").path == "/sign-in?notice=signed-out")
            browser.setCookie(Cookies.session, token)
            #expect(try await browser.get("/contacts").path.hasPrefix("/sign-in"))
        }
    }

    @Test func `a new password ends all other sessions`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (other) async throws in
            try await other.signIn(tom, SampleCompany.password)
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                try await browser.get("/settings/password")
                let new: KeyValuePairs = ["current": SampleCompany.password, "new": "another good password"]
                #expect(try await browser.post("/settings/password", new).words.contains("Your password was changed"))
                #expect(try await browser.get("/contacts").status == .ok)
            }
            #expect(try await other.get("/contacts").path.hasPrefix("/sign-in"))
        }
    }

    @Test func `a session can be ended from another one, and only by its user`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (laptop) async throws in
            try await laptop.signIn(tom, SampleCompany.password)
            try await bench.browse(as: "priya.raman") { try await $0.post("/settings/sessions/1/end") }
            #expect(try await laptop.get("/contacts").path == "/contacts")
            try await bench.browse(as: "tom.ashworth") { (phone) async throws in
                #expect(try await phone.get("/settings/sessions").words.contains("This one"))
                try await phone.post("/settings/sessions/1/end")
            }
            #expect(try await laptop.get("/contacts").path.hasPrefix("/sign-in"))
        }
    }
}
