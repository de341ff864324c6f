import Foundation
import TestServers
import Testing

/// A newcomer's whole way in a real browser, against the program itself and a real mail server.
@Suite(.serialized) struct WholeWayTests {
    private static let eleanor = MailUser("eleanor@aldermoor.example", password: "mailbox secret")
    private static let carol = "carol@brightwell.example"

    @Test func `from the first start to mail that arrives and leaves on the open card`() async throws {
        let mail = try await DovecotServer.start(users: [Self.eleanor])
        for number in 1...120 {
            let sender = number % 3 == 0 ? Self.carol : "news\(number)@elsewhere.example"
            try await mail.deliver(
                letter("m\(number)@x", from: sender, to: Self.eleanor.address, subject: "Letter \(number)"),
                to: Self.eleanor.address)
        }
        // Enough for the first reading to be seen while it goes on.
        try mail.seed(
            Self.eleanor.address, folder: "Archive",
            messages: (0..<20_000).map { number in
                SeedMessage(
                    letter("old\(number)@x", from: "news@elsewhere.example", to: Self.eleanor.address, subject: "Old"),
                    internalDate: Date(timeIntervalSince1970: 1_700_000_000 + Double(number)))
            })
        let server = try Server()
        let base = try await server.start()
        let chromium = try await Chromium.start()
        let browser = try await chromium.newSession()

        // First start.
        try await browser.go(to: base)
        try await browser.wait(forElement: "h1", containing: "Welcome")
        try await browser.fill("#organization", with: "Aldermoor")
        try await browser.fill("#name", with: "Eleanor Vance")
        try await browser.fill("#email", with: Self.eleanor.address)
        try await browser.fill("#password", with: "a long enough password")
        try await browser.click("button.primary")
        try await browser.wait(forAddress: "/settings/mailbox")

        // A contact.
        try await browser.go(to: base + "/contacts/new")
        try await browser.fill("[name=first-name]", with: "Carol")
        try await browser.fill("[name=last-name]", with: "Reed")
        try await browser.fill("[name=address]", with: Self.carol)
        try await browser.click("form.panel button.primary")
        try await browser.wait(forElement: "h1", containing: "Carol Reed")
        let card = try await browser.address

        // Connecting: a wrong password first, then the right one.
        try await connect(browser, base, mail, password: "wrong")
        try await browser.wait(forElement: "form.panel", containing: "refused")
        try await browser.fill("#password", with: Self.eleanor.password)
        try await browser.click("form.panel button.primary")
        try await browser.wait(forElement: "#mailbox-state .progress", containing: "emails read")
        try await browser.wait(forElement: "#mailbox-state", containing: "Up to date", limit: .seconds(60))
        try await browser.wait(forElement: "#mailbox-accounting tfoot", containing: "20,120")

        // The card.
        try await browser.go(to: card)
        try await browser.wait(forElement: ".email .subject", containing: "Letter 120")
        #expect(try await browser.find(".email .subject", containing: "Letter 119") == nil)

        // Live.
        try await browser.run("window.untouched = true")
        try await mail.deliver(
            letter("live@x", from: Self.carol, to: Self.eleanor.address, subject: "Arrived just now"),
            to: Self.eleanor.address)
        try await browser.wait(forElement: ".email .subject", containing: "Arrived just now")
        let client = try await mail.connect(as: Self.eleanor)
        let arrived = try #require(
            try await client.messages(in: "INBOX", withBodies: false).first { $0.messageID == "<live@x>" })
        try await client.move([arrived.uid], from: "INBOX", to: "Trash")
        try await browser.wait(untilNo: ".email .subject", containing: "Arrived just now")
        #expect(try await browser.run("return window.untouched === true") == true)

        // Opening one.
        try await browser.click(".email > a")
        try await browser.wait(forElement: ".message-text", containing: "Text of m")

        #expect(!server.log.contains(" error mailcard"), "\(server.log)")
        #expect(!server.log.contains(Self.eleanor.password))
        await chromium.stop()
        server.stop()
        await mail.stop()
    }

    private func connect(_ browser: BrowserSession, _ base: String, _ mail: DovecotServer, password: String)
        async throws
    {
        try await browser.go(to: base + "/settings/mailbox")
        try await browser.click("a[href=\"/settings/mailbox/connect\"]")
        try await browser.wait(forElement: "h1", containing: "Connect your mailbox")
        try await browser.fill("#address", with: Self.eleanor.address)
        try await browser.click("form.panel button.primary")
        try await browser.wait(forElement: "a", containing: "Custom IMAP settings")
        try await browser.find("a", containing: "Custom IMAP settings")?.click()
        try await browser.wait(forElement: "h1", containing: "Custom IMAP settings")
        for (id, port) in [("imap", mail.ports.imap), ("smtp", mail.ports.submission)] {
            try await browser.fill("#\(id)-host", with: "127.0.0.1")
            try await browser.fill("#\(id)-port", with: "\(port)")
            try await browser.run("document.getElementById('\(id)-security').value = 'cleartext'")
        }
        try await browser.fill("#password", with: password)
        try await browser.click("form.panel button.primary")
    }
}
