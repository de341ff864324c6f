import Foundation
import Sandbox
import TestServers
import Testing

@Suite
struct `Clients that others wrote` {
    @Test func `msal signs in by code with PKCE, refreshes, and hears of a revocation`() async throws {
        let certificate = try TestCertificate()
        let sandbox = try await MicrosoftSandbox.start(
            tls: SandboxTLS(certificatePath: certificate.certificate.path, keyPath: certificate.key.path))
        let app = sandbox.register(MicrosoftApp(secret: "s3cret", redirectURIs: ["https://crm.example/back"]))
        let anna = sandbox.add(MicrosoftAccount(principalName: "anna@contoso.example", displayName: "Anna Berg"))
        let said = try await PythonClient.run(
            "microsoft_msal",
            given: [
                "ca": .string(certificate.authority.path), "client": .string(app.clientID), "secret": "s3cret",
                "authority": "\(sandbox.url)/\(sandbox.tenantID)", "redirect": "https://crm.example/back",
                "user": .string(anna.principalName), "password": .string(anna.password),
                "sandbox": .string(sandbox.url),
            ], authority: certificate.authority)
        #expect(said["username"] == "anna@contoso.example")
        #expect(said["claims"]?["oid"]?.string == anna.objectID)
        #expect(said["claims"]?["tid"]?.string == sandbox.tenantID)
        #expect(said["refreshed"] == true)
        #expect(said["revoked"]?["error"] == "invalid_grant")
        #expect(said["revoked"]?["codes"] == [50173])
        await sandbox.stop()
    }

    @Test func `msgraph-sdk works on mail, calendar and subscriptions`() async throws {
        let certificate = try TestCertificate()
        let hook = try await Hook.open()
        let clock = SandboxClock(standingAt: Office.morning)
        let sandbox = try await MicrosoftSandbox.start(
            tls: SandboxTLS(certificatePath: certificate.certificate.path, keyPath: certificate.key.path), clock: clock)
        let app = sandbox.register(MicrosoftApp(secret: "s3cret", redirectURIs: ["https://crm.example/back"]))
        let anna = sandbox.add(MicrosoftAccount(principalName: "anna@contoso.example", displayName: "Anna Berg"))
        try sandbox.withMailbox(of: anna) { mailbox, now in
            for number in 1...5 {
                let letter = MailboxLetter(
                    messageID: "<\(number)@customer.example>", subject: "Letter \(number)",
                    from: MailboxAddress("carl@customer.example"), to: [MailboxAddress("anna@contoso.example")],
                    sent: now,
                    html: "<p>Hello <b>Anna</b></p>")
                mailbox.deliver(letter, to: mailbox.folder(.inbox).id, at: now.addingTimeInterval(Double(number)))
            }
        }
        let token = try sandbox.tokens(for: anna, app: app).access
        let said = try await PythonClient.run(
            "microsoft_graph",
            given: [
                "token": .string(token), "graph": "\(sandbox.url)/v1.0", "hook": .string(hook.url),
                "now": .string(Office.morning.formatted(.iso8601)),
            ], authority: certificate.authority)
        #expect(said["mail"] == "anna@contoso.example")
        #expect(said["folders"]?.array?.contains("Inbox") == true)
        #expect(said["delta"] == ["subjects": .array((1...5).map { "Letter \($0)" }), "pages": 3, "link": true])
        #expect(said["body"] == ["type": "text", "content": "Hello Anna"])
        #expect(said["source"] == "Message-ID: <5@customer.example>")
        #expect(sandbox.sentLetters.map(\.letter.subject) == ["Offer"])
        #expect(sandbox.sentLetters.map(\.isSaved) == [false])
        #expect(said["batch"] == ["0": 200, "1": 200, "missing": 400])
        #expect(said["start"] == "2026-12-01T09:00:00.0000000")
        #expect(said["changed"] == "Long visit")
        #expect(said["events"] == 0)
        #expect(said["calendars"] == [["Calendar", true, true]])
        #expect(sandbox.subscriptions.map(\.id) == [said["subscription"]?.string])
        #expect(hook.state.withLock { $0.handshakes } == 1)
        await sandbox.stop()
        await hook.close()
    }
}
