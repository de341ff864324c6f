import CRM
import Foundation
import Hummingbird
import ServiceLifecycle
import Store
import Synchronization
import Testing
import TestServers

@testable import Web

/// What only a real browser shows: scripts, live changes, and that the policy forbids nothing of ours.
@Suite(.serialized) struct BrowserTests {
    private let tom = "tom.ashworth@aldermoor.example"
    private let alice = "a.marsh@brightwell.example"

    /// Serves the pages on a free port, with the engine beside them.
    private func serve(
        _ bench: WebBench, _ action: @escaping @Sendable (BrowserSession, String) async throws -> Void
    ) async throws {
        let (ports, started) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingOldest(1))
        let application = bench.front.application(host: "127.0.0.1", port: 0) { started.yield($0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [bench.engine, application], logger: bench.front.services.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var port: Int?
            for await first in ports {
                port = first
                break
            }
            let chromium = try await Chromium.start()
            let session = try await chromium.newSession()
            try await action(session, "http://127.0.0.1:\(try #require(port))")
            await group.triggerGracefulShutdown()
            try await tasks.next()
            await chromium.stop()
        }
    }

    private func signIn(_ browser: BrowserSession, _ base: String, as email: String? = nil) async throws {
        try await browser.go(to: base + "/sign-in")
        try await browser.fill("#email", with: email ?? tom)
        try await browser.fill("#password", with: SampleCompany.password)
        try await browser.click("button.primary")
        try await browser.wait(forAddress: "/contacts")
    }

    private func connect(_ browser: BrowserSession, _ base: String) async throws {
        try await browser.go(to: base + "/settings/mailbox/connect/with/custom?address=" + tom)
        try await browser.fill("#password", with: "right")
        try await browser.click("form.panel button.primary")
        try await browser.wait(forElement: "#mailbox-state h2", containing: "Up to date")
    }

    @Test func `an email that arrives stands on the open card, and one that goes leaves it, without a reload`()
        async throws
    {
        let bench = try await WebBench()
        bench.mailbox.deliver(letter("first", from: alice, to: [tom], subject: "The first"), to: "INBOX")
        let contact = try await bench.contact("Alice Marsh")
        try await serve(bench) { browser, base in
            try await signIn(browser, base)
            try await connect(browser, base)
            try await browser.go(to: base + "/contacts/\(contact)")
            try await browser.wait(forElement: ".email .subject", containing: "The first")
            try await browser.run("window.untouched = true; document.querySelector('.email > a').focus()")
            let uid = bench.mailbox.deliver(
                letter("second", from: alice, to: [tom], subject: "The second", at: 1_789_900_000), to: "INBOX")
            try await browser.wait(forElement: ".email.arrived .subject", containing: "The second")
            #expect(try await browser.run("return window.untouched === true") == true)
            #expect(try await browser.run("return document.activeElement.innerText.includes('The first')") == true)
            bench.mailbox.move(uid, from: "INBOX", to: "Trash")
            try await browser.wait(untilNo: ".email .subject", containing: "The second")
            #expect(try await browser.run("return window.untouched === true") == true)
        }
    }

    /// Makes the page believe that it is looked at, or that another tab is.
    private func look(at page: BrowserSession, _ isVisible: Bool) async throws {
        let state = isVisible ? "visible" : "hidden"
        try await page.run(
            "Object.defineProperty(document, 'visibilityState', { value: '\(state)', configurable: true });"
                + "document.dispatchEvent(new Event('visibilitychange'))")
    }

    @Test func `a page that is not looked at holds no connection, and catches up when it is looked at again`()
        async throws
    {
        let bench = try await WebBench()
        bench.mailbox.deliver(letter("first", from: alice, to: [tom], subject: "The first"), to: "INBOX")
        let contact = try await bench.contact("Alice Marsh")
        try await serve(bench) { browser, base in
            try await signIn(browser, base)
            try await connect(browser, base)
            try await browser.go(to: base + "/contacts/\(contact)")
            try await browser.wait(forElement: ".email .subject", containing: "The first")
            try await browser.run("window.untouched = true")
            try await browser.wait(for: "the page to listen") { await bench.feed.subscriberCount == 1 }
            try await look(at: browser, false)
            try await browser.wait(for: "the page to stop listening") { await bench.feed.subscriberCount == 0 }
            bench.mailbox.deliver(
                letter("second", from: alice, to: [tom], subject: "The second", at: 1_789_900_000), to: "INBOX")
            try await browser.wait(for: "the second email") {
                try await bench.read { tx, _ in try tx.integer("SELECT count(*) FROM message_texts") } == 2
            }
            #expect(try await browser.find(".email .subject", containing: "The second") == nil)
            try await look(at: browser, true)
            try await browser.wait(forElement: ".email.arrived .subject", containing: "The second")
            #expect(try await browser.run("return window.untouched === true") == true)
            try await browser.wait(for: "the page to listen again") { await bench.feed.subscriberCount == 1 }
        }
    }

    @Test func `a page's opened parts and what is being typed survive a change`() async throws {
        let bench = try await WebBench()
        bench.mailbox.deliver(letter("first", from: alice, to: [tom], subject: "The first"), to: "INBOX")
        try await serve(bench) { browser, base in
            try await signIn(browser, base)
            try await connect(browser, base)
            try await browser.click("#mailbox-folders summary")
            try await browser.fill("#subject", with: "Typing")
            bench.mailbox.deliver(letter("second", from: "x@y.example", to: [tom], subject: "No contact"), to: "INBOX")
            try await browser.wait(forElement: ".sums tfoot td", containing: "2")
            #expect(try await browser.run("return document.getElementById('mailbox-folders').open") == true)
            #expect(try await browser.find("#subject").property("value") == .string("Typing"))
        }
    }

    @Test func `searching shows what is found while typing, and a page signed out elsewhere leaves`() async throws {
        let bench = try await WebBench()
        try await serve(bench) { browser, base in
            try await signIn(browser, base)
            try await browser.fill("form.toolbar input", with: "marsh")
            try await browser.wait(untilNo: ".list .name", containing: "Samuel")
            #expect(try await browser.findAll(".list tbody tr").count == 1)
            #expect(try await browser.findAll(".arrived").isEmpty)
            try await browser.wait(forAddress: "/contacts?q=marsh")
            let user = try await bench.user("tom.ashworth").id
            try await bench.write { try Sessions.endAll($0, $1, user) }
            await bench.feed.publish(.anything(in: bench.organization))
            try await browser.wait(forElement: "h1", containing: "Sign in")
        }
    }

    @Test func `everything can be done without scripts`() async throws {
        let bench = try await WebBench()
        bench.mailbox.deliver(letter("first", from: alice, to: [tom], subject: "The first"), to: "INBOX")
        let contact = try await bench.contact("Alice Marsh")
        try await serve(bench) { browser, base in
            try await browser.setScripts(allowed: false)
            try await signIn(browser, base)
            try await browser.go(to: base + "/settings/mailbox/connect/with/custom?address=" + tom)
            try await browser.fill("#password", with: "right")
            try await browser.click("form.panel button.primary")
            // The form is on its way: leaving the page now would cut it off.
            try await browser.wait(forElement: ".mailbox-line", containing: tom)
            try await browser.wait(for: "the email") {
                try await browser.go(to: base + "/contacts/\(contact)")
                return try await browser.find(".email", containing: "The first") != nil
            }
            try await browser.click(".email > a")
            try await browser.wait(forElement: ".message-text", containing: "Hello.")
            try await browser.click(".user-menu summary")
            try await browser.click(".user-menu button")
            try await browser.wait(forElement: ".notice", containing: "You are signed out.")
        }
    }

    @Test func `no page is wider than a phone`() async throws {
        let bench = try await WebBench()
        bench.mailbox.deliver(
            letter("first", from: alice, to: [tom], subject: String(repeating: "wide", count: 60)), to: "INBOX")
        let contact = try await bench.contact("Alice Marsh")
        try await serve(bench) { browser, base in
            try await signIn(browser, base)
            try await connect(browser, base)
            try await browser.setViewport(width: 360, height: 740, isPhone: true)
            let card = "/contacts/\(contact)"
            for path in [
                "/contacts", card, card + "/edit", card + "/delete", "/accounts/2", "/accounts/2/contacts",
                "/accounts/new",
                "/messages/1", "/search?q=a", "/settings/mailbox", "/settings/mailbox/sign-in", "/settings/mailbox/why",
                "/settings/mailbox/disconnect", "/settings/profile", "/settings/password", "/settings/sessions",
                "/nowhere",
            ] {
                try await browser.go(to: base + path)
                let width = try await browser.run("return document.documentElement.scrollWidth").number ?? 0
                #expect(width <= 360, "\(path)")
            }
        }
    }

    @Test func `administrators' pages fit a phone in French, and the hierarchy says why there too`() async throws {
        let bench = try await WebBench(language: .french)
        _ = try await bench.addMailbox(of: "tom.ashworth")
        let priya = try await bench.user("priya.raman").id
        try await serve(bench) { browser, base in
            try await signIn(browser, base, as: SampleCompany.administratorEmail)
            try await browser.setViewport(width: 360, height: 740, isPhone: true)
            for path in [
                "/settings/users", "/settings/users/new", "/settings/users/\(priya)", "/settings/seats/new",
                "/settings/organization", "/settings/exclusions", "/settings/audit", "/contacts/import",
                "/contacts/export", "/contacts/1/merge", "/tasks", "/tasks/week", "/activities/new",
                "/settings/hierarchy?user=\(priya)",
            ] {
                try await browser.go(to: base + path)
                let width = try await browser.run("return document.documentElement.scrollWidth").number ?? 0
                #expect(width <= 360, "\(path)")
            }
            let why = "document.querySelector('.why')"
            #expect(
                try await browser.run("return \(why).checkVisibility() && \(why).innerText === 'Au-dessous'") == true)
        }
    }

    @Test func `what may no longer be read leaves an open email's conversation and an open search without a reload`()
        async throws
    {
        let (own, theirs) = ("Fork " + PlantedCompany.word(.forked, "a1"), PlantedCompany.word(.forked, "a11"))
        for isMessage in [true, false] {
            let company = try await PlantedCompany()
            try await company.setLevels(.below)
            let message = try await company.bench.read { tx, _ in
                try tx.integer("SELECT id FROM messages WHERE subject = $1", [.text(own)])
            }
            let a1 = try #require(company.users["a1"])
            let (path, part) =
                isMessage ? ("/messages/\(message)", "#conversation-part") : ("/search?q=fork", "#found")
            try await serve(company.bench) { browser, base in
                try await signIn(browser, base, as: "a1@" + PlantedCompany.domain)
                try await browser.go(to: base + path)
                let shown = "return document.querySelector('\(part)').innerHTML.includes('/messages/')"
                try await browser.wait(for: "the colleague's email") { try await browser.run(shown) == true }
                try await browser.run("window.untouched = true")
                try await browser.wait(for: "the page to listen") { await company.bench.feed.subscriberCount == 1 }
                let count = "return document.querySelectorAll('\(part) li').length"
                let before = try await browser.run(count).number ?? 0
                try await company.bench.write { try Users.setLevel($0, $1, a1, .own, now: 1) }
                try await browser.wait(for: "them to go") { (try await browser.run(count).number ?? 0) < before }
                let text = try await browser.run(
                    "return document.querySelector('main').innerHTML.includes('\(theirs)')")
                #expect(text == false)
                #expect(try await browser.run("return window.untouched === true") == true)
            }
        }
    }

    @Test func `a task that a colleague finishes is done on the open card without a reload`() async throws {
        let bench = try await WebBench()
        let contact = try await bench.contact("Alice Marsh")
        let open = try await bench.read { try ActivityList.open($0, $1, .contact(contact), limit: 1).activities }
        let id = try #require(open.first?.id)
        try await serve(bench) { browser, base in
            try await signIn(browser, base)
            try await browser.go(to: base + "/contacts/\(contact)")
            try await browser.wait(forElement: "#activity-\(id) .name", containing: "pH line")
            try await bench.write { _ = try Activities.setDone($0, $1, id, true, now: 5) }
            try await browser.wait(forElement: "#activity-\(id).done .name", containing: "pH line")
        }
    }
}
