import CRM
import Mirror
import Store
import Testing

@testable import Web

/// Connecting a mailbox by signing in on the pages of its provider.
@Suite struct ProviderSignInTests {
    private let priya = "priya.raman@aldermoor.example"
    private let calendarPath = "/settings/mailbox/calendar"

    /// A bench whose administrator has set the provider up.
    private func bench() async throws -> WebBench {
        let bench = try await WebBench()
        try await bench.browse(as: "daniel.okafor") { try await $0.registerApp() }
        return bench
    }

    private func mailbox(_ bench: WebBench) async throws -> MailboxRow? {
        let user = try await bench.user("priya.raman").id
        return try await bench.read { try Mailboxes.ofUser($0, $1, user) }
    }

    @Test func `a person signs in, chooses a calendar, and sees the mailbox`() async throws {
        let (bench, address) = (try await bench(), priya)
        try await bench.withEngine {
            try await bench.browse(as: "priya.raman") { browser in
                let page = try await browser.get("/settings/mailbox/connect/with/microsoft365?address=\(address)")
                #expect(page.words.contains("Mailcard never sees the password"))
                let calendar = try await browser.signInAtProvider(address, code: "ok")
                #expect(calendar.words.contains("Use this email address to synchronize my calendar"))
                let saved = try await browser.post(calendarPath, ["use": "1", "calendar": "main"])
                #expect(saved.words.contains("appear in Personal"))
                try await bench.wait(for: "the first sync") {
                    try await browser.get("/settings/mailbox").text.contains("class=\"state good\"")
                }
            }
        }
        #expect(try await mailbox(bench)?.provider == "microsoft365")
    }

    @Test func `the way to the provider carries what was registered, and leads back here`() async throws {
        let (bench, address) = (try await bench(), priya)
        try await bench.browse(as: "priya.raman") { browser in
            try await browser.get("/settings/mailbox/connect/with/microsoft365?address=\(address)")
            let leave = try await browser.post(
                "/settings/mailbox/connect/with/microsoft365/leave", ["address": address])
            let refresh = try #require(leave.headers[.refresh])
            #expect(refresh.hasPrefix("0; url=" + FakeSignInProvider.page))
            #expect(refresh.contains("client_id=client-1") && refresh.contains("tenant=acme.example"))
            #expect(refresh.hasSuffix("/connect/return"))
        }
    }

    @Test(arguments: [
        ("denied", "leave everything ticked"), ("outage", "does not answer"),
        ("as:other@aldermoor.example", "You signed in as other@aldermoor.example"),
        ("alias-of:priya@aldermoor.example", "alias of priya@aldermoor.example"),
    ])
    func `who is refused is told why, and nothing is connected`(code: String, words: String) async throws {
        let (bench, address) = (try await bench(), priya)
        try await bench.browse(as: "priya.raman") { browser in
            let answer = try await browser.signInAtProvider(address, code: code)
            #expect(answer.status == .unprocessableContent && answer.words.contains(words), "\(answer.words)")
            #expect(answer.words.contains("Sign in at Microsoft 365"))
        }
        #expect(try await mailbox(bench) == nil)
    }

    @Test func `a state is another's, made up, old, or used before: nothing happens`() async throws {
        let (bench, address) = (try await bench(), priya)
        @Sendable func leave(_ browser: TestBrowser) async throws -> String {
            try await browser.get("/settings/mailbox/connect/with/microsoft365?address=\(address)")
            let page = try await browser.post(
                "/settings/mailbox/connect/with/microsoft365/leave", ["address": address])
            return try #require(page.text.firstMatch(of: /state=([A-Za-z0-9-]+)/)).output.1.description
        }
        try await bench.browse(as: "priya.raman") { browser in
            let state = try await leave(browser)
            // Somebody sends a link to a colleague, whose browser would be signed in to another's account.
            try await bench.browse(as: "tom.ashworth") { other in
                let answer = try await other.get("/connect/return?state=\(state)&code=ok")
                #expect(answer.status == .badRequest)
            }
            #expect(try await browser.get("/connect/return?state=invented&code=ok").status == .badRequest)
            #expect(try await browser.get("/connect/return").status == .badRequest)
            #expect(try await mailbox(bench) == nil)
            #expect(try await browser.get("/connect/return?state=\(state)&code=denied").status == .unprocessableContent)
            #expect(try await browser.get("/connect/return?state=\(state)&code=ok").status == .badRequest)
            let late = try await leave(browser)
            bench.time.pass(PendingSignIns.lifetime)
            #expect(try await browser.get("/connect/return?state=\(late)&code=ok").status == .badRequest)
        }
        #expect(try await mailbox(bench) == nil)
    }

    @Test func `signing in again goes on with the same account only`() async throws {
        let (bench, address) = (try await bench(), priya)
        try await bench.withEngine {
            try await bench.browse(as: "priya.raman") { browser in
                try await browser.signInAtProvider(address, code: "ok")
                let before = try await mailbox(bench)
                let other = try await browser.signInAtProvider(
                    address, code: "as:other@aldermoor.example", again: true)
                #expect(other.words.contains("You signed in as other@aldermoor.example"))
                let again = try await browser.signInAtProvider(address, code: "ok", again: true)
                #expect(again.status == .ok && again.path.hasPrefix("/settings/mailbox?"))
                #expect(try await mailbox(bench)?.id == before?.id)
            }
        }
    }

    @Test func `without an app nobody is sent away, and an administrator is led to where it is set up`() async throws {
        let (bench, address) = (try await WebBench(), priya)
        try await bench.browse(as: "priya.raman") { browser in
            let page = try await browser.get("/settings/mailbox/connect/with/microsoft365?address=\(address)")
            #expect(page.words.contains("Ask an administrator"))
            let answer = try await browser.post(
                "/settings/mailbox/connect/with/microsoft365/leave", ["address": address])
            #expect(answer.status == .unprocessableContent && answer.headers[.refresh] == nil)
        }
        try await bench.browse(as: "daniel.okafor") { browser in
            let page = try await browser.get(
                "/settings/mailbox/connect/with/microsoft365?address=daniel.okafor@aldermoor.example")
            #expect(page.links.contains("/settings/providers"))
        }
    }

    @Test func `the secret is never shown, is kept when the field is empty, and goes with the app`() async throws {
        let bench = try await bench()
        try await bench.browse(as: "daniel.okafor") { browser in
            let path = "/settings/providers/microsoft365"
            #expect(!(try await browser.get(path)).text.contains("s3cr3t"))
            try await browser.post(path, ["client-id": "client-2", "tenant": ""])
            let app = try await bench.read { try ProviderApps.find($0, $1, provider: "microsoft365") }
            #expect(app?.clientID == "client-2" && app?.tenant == "organizations")
            #expect(app.map { String(decoding: $0.sealedSecret, as: UTF8.self).contains("s3cr3t") } == false)
            let removed = try await browser.post(path + "/remove")
            #expect(removed.words.contains("Not set up yet"))
            let refused = try await browser.post(path, ["client-id": "client-2", "tenant": ""])
            #expect(refused.status == .unprocessableContent)
        }
    }

    @Test func `meetings go into the calendar, and are removed when the mailbox is disconnected with that wish`()
        async throws
    {
        let (bench, address) = (try await bench(), priya)
        let owner = try await bench.user("priya.raman").id
        try await bench.withEngine {
            try await bench.browse(as: "priya.raman") { browser in
                try await browser.signInAtProvider(address, code: "ok")
                try await browser.post(calendarPath, ["use": "1", "calendar": "main"])
                try await browser.get("/activities/new")
                try await browser.post(
                    "/activities",
                    [
                        "kind": "meeting", "title": "Quarterly review", "owner": "\(owner)", "start-day": "2026-11-23",
                        "start-time": "14:00", "in-calendar": "1",
                    ])
                try await bench.wait(for: "the event") {
                    bench.calendar.state.withLock {
                        $0.events.values.contains { $0.content?.title == "Quarterly review" }
                    }
                }
                let page = try await browser.get("/settings/mailbox/disconnect")
                #expect(
                    page.words.contains("event that Mailcard made in your calendar")
                        || page.words.contains("events that Mailcard made in your calendar"))
                try await browser.post("/settings/mailbox/disconnect", ["events": "1"])
                #expect(bench.calendar.state.withLock { $0.events.isEmpty })
            }
        }
        #expect(try await mailbox(bench) == nil)
    }
}
