import Foundation
import TestServers
import Testing

/// What a newcomer sees who starts the demo: each thing that the product can show, on real mail.
@Suite(.serialized) struct DemoTests {
    @Test func `it shows a hidden conversation, a sync-only user's mailbox and emails that are excluded`() async throws
    {
        let demo = try Demo()
        let base = try await demo.start()
        let card = try #require(demo.words.firstMatch(of: /\/contacts\/([0-9]+) for Tom only/)).output.1
        let chromium = try await Chromium.start()

        // Tom sees what he hides, and both of his mailboxes.
        let tom = try await signedIn("tom.ashworth", chromium, base)
        try await tom.go(to: base + "/contacts/\(card)")
        try await tom.wait(forElement: ".email .subject", containing: "Between you and me")
        try await tom.go(to: base + "/search?q=Between+you+and+me")
        try await tom.wait(forElement: ".email .subject", containing: "Between you and me")
        try await tom.go(to: base + "/settings/mailbox")
        try await tom.wait(forElement: "#mailbox-state", containing: "Up to date")
        for (rule, count) in [("@harcourt-pell.example", "2"), ("hr@northgate-people.example", "1")] {
            try await tom.wait(forElement: "#mailbox-accounting .detail", containing: rule)
            let line = try await tom.find("#mailbox-accounting .detail", containing: rule)?.text
            #expect(line?.hasSuffix(count) == true, "\(line ?? "")")
        }
        try await tom.find(".settings-menu a", containing: "Technical support")?.click()
        try await tom.wait(forElement: "h1", containing: "Mailbox of Technical support")
        try await tom.wait(forElement: "#mailbox-state", containing: "Up to date")

        // His superiors see the rest of that card, from both mailboxes, and nothing that is hidden or excluded.
        let eleanor = try await signedIn("eleanor.whitfield", chromium, base)
        try await eleanor.go(to: base + "/contacts/\(card)")
        try await eleanor.wait(forElement: ".email .subject")
        #expect(try await eleanor.find(".email .subject", containing: "Between you and me") == nil)
        for words in ["Between you and me", "Supply agreement", "Reference for a candidate"] {
            try await eleanor.go(to: base + "/search?q=" + words.replacing(" ", with: "+"))
            try await eleanor.wait(forElement: "h1")
            #expect(try await eleanor.find(".email .subject", containing: words) == nil, "\(words)")
        }

        // The administrator sees the rules and who did what.
        let daniel = try await signedIn("daniel.okafor", chromium, base)
        try await daniel.go(to: base + "/settings/exclusions")
        try await daniel.wait(forElement: ".rows", containing: "@harcourt-pell.example")
        try await daniel.go(to: base + "/settings/hierarchy")
        try await daniel.wait(forElement: ".tree", containing: "Technical support")
        try await daniel.go(to: base + "/settings/audit")
        try await daniel.wait(forElement: ".rows", containing: "Hid a conversation")

        await chromium.stop()
        await demo.stop()
    }

    private func signedIn(_ name: String, _ chromium: Chromium, _ base: String) async throws -> BrowserSession {
        let browser = try await chromium.newSession()
        try await browser.go(to: base + "/sign-in")
        try await browser.fill("[name=email]", with: name + "@aldermoor.example")
        try await browser.fill("[name=password]", with: "sample-company")
        try await browser.click("button.primary")
        try await browser.wait(forAddress: "/contacts")
        return browser
    }
}
