import Foundation
import Sandbox
import TestServers
import Testing

/// The whole way with Microsoft 365, in a real browser, against the program itself and the sandbox: signing in, consent,
/// calendar, mail on the card; and each refusal.
@Suite(.serialized) struct MicrosoftWayTests {
    private static let password = "a long enough password"
    private static let carol = "carol@brightwell.example"

    /// A server whose administrator has set up signing in at the sandbox, and a browser in which they are signed in.
    private struct Stage {
        let sandbox: MicrosoftSandbox
        let app: MicrosoftApp
        let ann: MicrosoftAccount
        let server: Server
        let base: String
        let chromium: Chromium
        let browser: BrowserSession

        func stop() async {
            await chromium.stop()
            server.stop()
            await sandbox.stop()
        }
    }

    private func stage() async throws -> Stage {
        let sandbox = try await MicrosoftSandbox.start()
        // On loopback the port does not matter (RFC 8252, section 7.3).
        let app = sandbox.register(
            MicrosoftApp(name: "Mailcard", secret: "s3cret", redirectURIs: ["http://127.0.0.1/connect/return"]))
        let ann = sandbox.add(
            MicrosoftAccount(
                principalName: "ann@contoso.example", displayName: "Ann Berg", aliases: ["berg@contoso.example"],
                password: Self.password))
        let server = try Server(environment: ["MAILCARD_MICROSOFT_URL": sandbox.url])
        let base = try await server.start()
        let chromium = try await Chromium.start()
        let browser = try await chromium.newSession()
        try await browser.go(to: base)
        try await browser.fill("#organization", with: "Contoso")
        try await browser.fill("#name", with: "Ann Berg")
        try await browser.fill("#email", with: "ann@contoso.example")
        try await browser.fill("#password", with: Self.password)
        try await browser.click("button.primary")
        try await browser.wait(forAddress: "/settings/mailbox")

        // Settings → Providers, with the address to register shown.
        try await press(browser, ".settings-menu a", "Providers")
        try await browser.wait(forElement: "h1", containing: "Providers")
        try await press(browser, ".choices a", "Microsoft 365")
        try await browser.wait(forElement: "h1", containing: "Signing in at Microsoft 365")
        let uri = try await browser.run("return document.getElementById('redirect-uri').value")
        #expect(uri == .string(base + "/connect/return"))
        try await browser.fill("#client-id", with: app.clientID)
        try await browser.fill("#secret", with: "s3cret")
        try await browser.run("document.getElementById('tenant').value = ''")
        try await browser.fill("#tenant", with: sandbox.tenantID)
        try await press(browser, "form button.primary", "Save")
        try await browser.wait(forElement: ".choices", containing: "Set up")
        return Stage(
            sandbox: sandbox, app: app, ann: ann, server: server, base: base, chromium: chromium, browser: browser)
    }

    /// Presses what has these words, once it is there.
    private func press(_ browser: BrowserSession, _ selector: String, _ words: String) async throws {
        try await browser.wait(forElement: selector, containing: words)
        try await #require(try await browser.find(selector, containing: words)).click()
    }

    /// From Mailbox Sync to Microsoft's page.
    private func leave(_ stage: Stage, as address: String) async throws {
        let browser = stage.browser
        try await browser.go(to: stage.base + "/settings/mailbox/connect")
        try await browser.fill("#address", with: address)
        try await browser.click("form.panel button.primary")
        // Nobody knows who keeps the mail of an example's domain.
        try await press(browser, ".choices a", "Microsoft 365")
        try await browser.wait(forElement: "h1", containing: "Log in to Microsoft 365")
        try await press(browser, "form button.primary", "Sign in at Microsoft 365")
    }

    /// On Microsoft's pages: the account, its password.
    private func signIn(_ browser: BrowserSession, _ account: MicrosoftAccount) async throws {
        try await browser.wait(forElement: "small", containing: "A sandbox on this machine")
        if try await !browser.findAll("#i0116").isEmpty {
            try await browser.fill("#i0116", with: account.principalName)
            try await browser.click("#idSIButton9")
        }
        try await browser.wait(forElement: "#i0118")
        try await browser.fill("#i0118", with: account.password)
        try await browser.click("#idSIButton9")
    }

    private func consent(_ browser: BrowserSession) async throws {
        try await browser.wait(forElement: "h1", containing: "Permissions requested")
        try await browser.click("#idSIButton9")
    }

    private func letter(_ id: String, _ subject: String, _ sent: Date = Date()) -> MailboxLetter {
        MailboxLetter(
            messageID: "<\(id)>", subject: subject, from: MailboxAddress(Self.carol, name: "Carol Reed"),
            to: [MailboxAddress("ann@contoso.example")], sent: sent, text: "Text of \(id)")
    }

    @Test func `from signing in to mail on the card and a meeting in the calendar`() async throws {
        let stage = try await stage()
        let (browser, base) = (stage.browser, stage.base)
        try stage.sandbox.withMailbox(of: stage.ann) { mailbox, now in
            for number in 1...60 {
                let time = now.addingTimeInterval(Double(number - 100))
                mailbox.deliver(
                    letter("m\(number)@x", "Letter \(number)", time), to: mailbox.folder(.inbox).id, at: time)
            }
            mailbox.createCalendar("Team")
        }
        try await browser.go(to: base + "/contacts/new")
        try await browser.fill("[name=first-name]", with: "Carol")
        try await browser.fill("[name=last-name]", with: "Reed")
        try await browser.fill("[name=address]", with: Self.carol)
        try await browser.click("form.panel button.primary")
        try await browser.wait(forElement: "h1", containing: "Carol Reed")
        let card = try await browser.address

        try await leave(stage, as: "ann@contoso.example")
        try await signIn(browser, stage.ann)
        try await consent(browser)
        try await browser.wait(forElement: "h1", containing: "Calendar")
        try await browser.wait(forElement: "#calendar", containing: "Team")
        try await press(browser, "form button.primary", "Save")
        try await browser.wait(forElement: "#mailbox-state", containing: "Up to date")
        try await browser.wait(forElement: "#mailbox-accounting tfoot", containing: "60")
        try await browser.wait(forElement: "#mailbox-calendar", containing: "Calendar")

        try await browser.go(to: card)
        try await browser.wait(forElement: ".email .subject", containing: "Letter 60")
        // Live, by the poll.
        try stage.sandbox.withMailbox(of: stage.ann) { mailbox, now in
            mailbox.deliver(letter("live@x", "Arrived just now"), to: mailbox.folder(.inbox).id, at: now)
        }
        try await browser.wait(forElement: ".email .subject", containing: "Arrived just now", limit: .seconds(40))
        try stage.sandbox.withMailbox(of: stage.ann) { mailbox, now in
            try mailbox.delete(try mailbox.message(withMessageID: "<live@x>").id, at: now)
        }
        try await browser.wait(untilNo: ".email .subject", containing: "Arrived just now", limit: .seconds(40))

        // A meeting that is marked stands in the calendar.
        try await browser.go(to: base + "/activities/new")
        try await browser.fill("#title", with: "Review of the offer")
        try await browser.run("document.querySelector('[name=in-calendar]').checked = true")
        try await browser.click("form.panel button.primary")
        try await browser.wait(for: "the event in the calendar") {
            try stage.sandbox.withMailbox(of: stage.ann) { mailbox, _ in
                mailbox.events(in: mailbox.defaultCalendar.id).map(\.content.title) == ["Review of the offer"]
            }
        }

        // Revoked at Microsoft: asked to sign in again, and resumed where it was.
        try stage.sandbox.revokeSessions(of: stage.ann)
        stage.sandbox.faults.add(Fault(.rejectToken, path: "/me", times: 1))
        try await browser.go(to: base + "/settings/mailbox")
        try await browser.wait(
            forElement: "#mailbox-state .state.bad", containing: "Sign in again", limit: .seconds(40))
        try await press(browser, "#mailbox-state a", "Sign in again")
        try await browser.wait(forElement: "h1", containing: "Sign in again")
        try await press(browser, "form button.primary", "Sign in at Microsoft 365")
        try await signIn(browser, stage.ann)
        try await browser.wait(forElement: "#mailbox-state", containing: "Up to date")
        try await browser.go(to: card)
        try await browser.wait(forElement: ".email .subject", containing: "Letter 60")

        #expect(!stage.server.log.contains(" error mailcard"), "\(stage.server.log)")
        #expect(!stage.server.log.contains("s3cret"))
        await stage.stop()
    }

    @Test func `each refusal says what to do, and nothing is connected`() async throws {
        let stage = try await stage()
        let browser = stage.browser
        let eve = stage.sandbox.add(
            MicrosoftAccount(principalName: "eve@contoso.example", displayName: "Eve", password: Self.password))

        // The consent is denied.
        try await leave(stage, as: "ann@contoso.example")
        try await signIn(browser, stage.ann)
        try await browser.wait(forElement: "h1", containing: "Permissions requested")
        try await browser.click("#idBtn_Back")
        try await browser.wait(forElement: "[role=alert]", containing: "Sign in again")

        // Something that is needed is not ticked.
        try await leave(stage, as: "ann@contoso.example")
        try await signIn(browser, stage.ann)
        try await browser.wait(forElement: "h1", containing: "Permissions requested")
        try await browser.run(
            "for (const box of document.querySelectorAll('[name=scope]')) if (box.value.endsWith('Mail.Read')) box.checked = false"
        )
        try await browser.click("#idSIButton9")
        try await browser.wait(forElement: "[role=alert]", containing: "Mail.Read")

        // The address is an alias of the account.
        try await leave(stage, as: "berg@contoso.example")
        try await signIn(browser, stage.ann)
        try await consent(browser)
        try await browser.wait(forElement: "[role=alert]", containing: "alias of ann@contoso.example")

        // Somebody else signs in.
        try await leave(stage, as: "ann@contoso.example")
        try await browser.wait(forElement: "small", containing: "A sandbox on this machine")
        if try await browser.findAll("#i0116").isEmpty { try await browser.click("#idBtn_Back") }
        try await browser.wait(forElement: "#i0116")
        try await signIn(browser, eve)
        try await consent(browser)
        try await browser.wait(forElement: "[role=alert]", containing: "You signed in as eve@contoso.example")

        // The app's secret has expired.
        var app = stage.app
        app.secrets = [MicrosoftApp.ClientSecret("s3cret", expires: Date(timeIntervalSinceNow: -60))]
        stage.sandbox.register(app)
        try await leave(stage, as: "ann@contoso.example")
        try await signIn(browser, stage.ann)
        try await browser.wait(forElement: "[role=alert]", containing: "secret of this installation has expired")

        try await browser.go(to: stage.base + "/settings/mailbox")
        try await browser.wait(forElement: "a.primary", containing: "Synchronize now")
        await stage.stop()
    }
}
