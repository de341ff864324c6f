import CRM
import Store
import Testing

@testable import Web

@Suite struct FirstStartTests {
    @Test func `before the first start every page leads to it, and health still answers`() async throws {
        let bench = try await WebBench(withSampleCompany: false)
        try await bench.browse { (browser) async throws in
            for path in ["/", "/contacts", "/sign-in", "/settings/users", "/messages/1", "/nowhere"] {
                let answer = try await browser.send(.get, path)
                #expect(answer.status == .seeOther && answer.headers[.location] == "/setup", "\(path)")
            }
            #expect(try await browser.get("/health").status == .ok)
            #expect(try await browser.get("/").words.contains("Create your organisation"))
        }
    }

    @Test func `the organisation is created, its administrator is signed in, and the door closes`() async throws {
        let bench = try await WebBench(withSampleCompany: false)
        try await bench.browse { (browser) async throws in
            try await browser.get("/setup")
            let refused = try await browser.post(
                "/setup", ["organization": "Acme & Sons", "name": "", "email": "ann@acme.example", "password": "short"])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("Enter the person's name."))
            #expect(refused.words.contains("at least 10 characters"))
            #expect(refused.text.contains("value=\"Acme &amp; Sons\""))
            #expect(!refused.text.contains("short"))

            let answer = try await browser.post(
                "/setup",
                [
                    "organization": "Acme & Sons", "name": "Ann", "email": "ann@acme.example",
                    "password": "several good words", "time-zone": "Asia/Tokyo",
                ])
            #expect(answer.path == "/settings/mailbox")
            #expect(answer.words.contains("Acme & Sons"))
            #expect(try await browser.get("/settings/users").words.contains("Administrator"))
            #expect(try await browser.get("/settings/profile").text.contains("value=\"Asia/Tokyo\" selected"))

            let second = try await browser.post(
                "/setup", ["organization": "B", "name": "B", "email": "b@b.example", "password": "several good words"])
            #expect(second.status == .conflict)
            #expect(try await browser.post("/setup/sample").status == .conflict)
        }
    }

    @Test func `the sample company can be loaded, and its people sign in`() async throws {
        let bench = try await WebBench(withSampleCompany: false)
        try await bench.browse { (browser) async throws in
            try await browser.get("/setup")
            let answer = try await browser.post("/setup/sample")
            #expect(answer.words.contains(SampleCompany.directorEmail))
            try await browser.signIn(SampleCompany.directorEmail, SampleCompany.password)
            #expect(try await browser.get("/contacts").words.contains("40 contacts"))
        }
    }
}
