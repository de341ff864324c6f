import Foundation
import Sandbox
import TestServers
import Testing

@Suite(.serialized)
struct `The sign-in pages in a browser` {
    @Test func `a person chooses the account, gives the password, leaves one permission out and comes back`()
        async throws
    {
        try await Office.open(scopes: []) { office in
            let chromium = try await Chromium.start()
            let browser = try await chromium.newSession()
            // Where the app would be, there is the sandbox's page for what it does not know: it ends in the address.
            let back = "\(office.sandbox.url)/back"
            var app = office.app
            app.redirectURIs = [back]
            office.sandbox.register(app)
            let query = [
                "client_id=\(app.clientID)", "response_type=code", "redirect_uri=\(back)", "state=st",
                "scope=openid%20User.Read%20Mail.Read%20Calendars.ReadWrite", "prompt=select_account",
            ]
            try await browser.go(
                to: "\(office.sandbox.url)/common/oauth2/v2.0/authorize?\(query.joined(separator: "&"))")
            try await browser.click("button[data-account='anna@contoso.example']")
            try await browser.wait(forElement: "h1", containing: "Enter password")
            try await browser.fill("#i0118", with: "not this")
            try await browser.click("#idSIButton9")
            try await browser.wait(forElement: "[role=alert]", containing: "AADSTS50126")
            try await browser.fill("#i0118", with: office.anna.password)
            try await browser.click("#idSIButton9")
            try await browser.wait(forElement: "h1", containing: "Permissions requested")
            #expect(try await browser.text.contains("Mailcard would like to"))
            try await browser.click("input[value='Calendars.ReadWrite']")
            try await browser.click("#idSIButton9")
            try await browser.wait(for: "the way back") { try await browser.address.hasPrefix("\(back)?code=") }
            #expect(try await browser.address.hasSuffix("&state=st"))
            let consents = try office.sandbox.account(office.anna.objectID).consents[app.clientID]
            #expect(consents == ["openid", "User.Read", "Mail.Read"])
            try await browser.close()
            await chromium.stop()
        }
    }
}
