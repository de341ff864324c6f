import CRM
import Database
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct SafetyTests {
    @Test func `every answer forbids inline code, frames and guessing of types`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            for path in ["/contacts", "/nowhere", "/health", "/assets/x/mailcard.css", "/settings/users", "/events"] {
                let headers = try await browser.send(.get, path).headers
                let policy = try #require(headers[.contentSecurityPolicy], "\(path)")
                #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"))
                #expect(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"))
                #expect(headers[.xContentTypeOptions] == "nosniff")
            }
            #expect(try await browser.send(.get, "/contacts").headers[.cacheControl] == "no-store")
        }
    }

    @Test(arguments: [
        "/contacts", "/contacts/1/edit", "/contacts/1/delete", "/accounts", "/sign-out", "/settings/profile",
        "/activities", "/activities/1/edit", "/activities/1/done", "/activities/1/reopen", "/activities/1/delete",
        "/settings/mailbox/pause", "/settings/mailbox/disconnect", "/settings/sessions/1/end",
    ])
    func `a form without the session's token changes nothing`(path: String) async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            for body in ["last-name=X&name=X", "csrf=&name=X", "csrf=0123456789abcdef&name=X"] {
                #expect(try await browser.send(.post, path, body: body).status == .forbidden)
            }
            #expect(try await browser.get("/contacts/1").status == .ok)
        }
    }

    @Test func `a form that comes from another site is refused even with the token`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/contacts/new")
            let body = browser.encoded(["last-name": "X"])
            let refused = try await browser.send(.post, "/contacts", body: body, headers: [.secFetchSite: "cross-site"])
            #expect(refused.status == .forbidden)
            let json = try await browser.send(.post, "/contacts", body: body, headers: [.contentType: "text/plain"])
            #expect(json.status == .forbidden)
            let ours = try await browser.send(.post, "/contacts", body: body, headers: [.secFetchSite: "same-origin"])
            #expect(ours.status == .seeOther)
        }
    }

    @Test func `a form that is too large is refused with a page that says so`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/contacts/new")
            let answer = try await browser.post("/contacts", ["notes": String(repeating: "x", count: Gate.formLimit)])
            #expect(answer.status == .contentTooLarge)
            #expect(answer.words.contains("shorten"))
        }
    }

    @Test func `what people type is shown as text wherever it stands`() async throws {
        let bench = try await WebBench()
        let attack = "<script>alert(1)</script>\"'><img src=x onerror=y>"
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/contacts/new")
            let card = try await browser.post(
                "/contacts", ["first-name": attack, "notes": attack, "title": attack, "phone": attack])
            #expect(card.status == .ok)
            let search = "/contacts?q=" + PathText.escaped(attack)
            for page in [card, try await browser.get(card.path + "/edit"), try await browser.get(search)] {
                #expect(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "\(page.path)")
                #expect(!page.text.contains("\"'><img"), "\(page.path)")
            }
            #expect(card.words.contains(attack.split(separator: " ").joined(separator: " ")))
        }
    }

    @Test func `settings of the organisation are for administrators`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            for path in ["organization", "exclusions", "users", "users/new", "users/1"] {
                #expect(try await browser.send(.get, "/settings/" + path).status == .forbidden)
            }
            try await browser.get("/settings/profile")
            let answer = try await browser.post(
                "/settings/users/\(try await bench.user("tom.ashworth").id)", ["name": "T"])
            #expect(answer.status == .forbidden)
        }
    }

    @Test func `nothing of another organisation can be reached`() async throws {
        let bench = try await WebBench()
        let (contact, account) = try await bench.database.write { tx in
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            var company = AccountForm()
            company.name = "Hidden"
            let account = try Accounts.create(tx, other, try company.validated(), now: 1)
            var form = ContactForm()
            form.lastName = "Hidden"
            return (try Contacts.create(tx, other, try form.validated(), now: 1), account)
        }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            for path in ["", "/edit", "/delete"] {
                #expect(try await browser.get("/contacts/\(contact)\(path)").status == .notFound)
                #expect(try await browser.get("/accounts/\(account)\(path)").status == .notFound)
            }
            #expect(try await browser.post("/contacts/\(contact)/delete").status == .notFound)
            #expect(try await !browser.get("/contacts?q=hidden").text.contains("/contacts/\(contact)\""))
        }
    }

    @Test(arguments: [
        "/contacts/0", "/contacts/-1", "/contacts/x", "/contacts/99999999999999999999", "/messages/7", "/activities/x",
        "/x/y/z",
    ])
    func `an address of nothing leads to a page that says so`(path: String) async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let answer = try await browser.get(path)
            #expect(answer.status == .notFound)
            #expect(answer.words.contains("404") && answer.words.contains("Go to the contacts"))
        }
    }

    @Test func `a full disk is told with what to do, and not as a raw error`() {
        let words = ErrorAnswer.words(for: DatabaseError.full)
        #expect(words.status.code == 507)
        #expect(words.sentence.english.contains("until space is freed"))
        let unknown = ErrorAnswer.words(for: DatabaseError.misuse("SELECT secret"))
        #expect(unknown.status == .internalServerError && !unknown.sentence.english.contains("SELECT"))
    }

    @Test func `assets are kept by browsers only under the address of their version`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (browser) async throws in
            let now = try await browser.get(bench.front.services.assets.addresses.style)
            #expect(now.headers[.cacheControl]?.contains("immutable") == true)
            #expect(try await browser.get("/assets/old/mailcard.css").headers[.cacheControl] == "no-cache")
            #expect(try await browser.get("/assets/old/..%2Fsecret").status == .notFound)
        }
    }
}
