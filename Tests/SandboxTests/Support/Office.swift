import Foundation
import Sandbox

/// A sandbox with one app and one person, Anna, and a caller with her token.
struct Office {
    let sandbox: MicrosoftSandbox
    let app: MicrosoftApp
    let anna: MicrosoftAccount
    let caller: Caller
    let refreshToken: String

    /// 28 November 2026, 09:00 UTC.
    static let morning = Date(timeIntervalSince1970: 1_795_856_400)

    static func open(scopes: [String]? = nil, _ work: (Office) async throws -> Void) async throws {
        let sandbox = try await MicrosoftSandbox.start(clock: SandboxClock(standingAt: morning))
        let app = sandbox.register(
            MicrosoftApp(secret: "s3cret", redirectURIs: ["http://127.0.0.1/back", "https://crm.example/back"]))
        let anna = sandbox.add(
            MicrosoftAccount(
                principalName: "anna@contoso.example", displayName: "Anna Berg", mail: "anna.berg@contoso.example",
                aliases: ["berg@contoso.example"]))
        do {
            let tokens = try sandbox.tokens(
                for: anna, app: app,
                scopes: scopes ?? [
                    "User.Read", "Mail.ReadWrite", "Mail.Send", "Calendars.ReadWrite", "MailboxSettings.Read",
                ])
            let caller = Caller(
                "\(sandbox.url)/v1.0", token: tokens.access, prefer: "IdType=\"ImmutableId\"")
            try await work(
                Office(sandbox: sandbox, app: app, anna: anna, caller: caller, refreshToken: tokens.refresh))
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }

    func letter(
        _ number: Int, from: String = "carl@customer.example", to: String = "anna.berg@contoso.example",
        subject: String? = nil, text: String? = "Hello.", html: String? = nil
    ) -> MailboxLetter {
        MailboxLetter(
            messageID: "<\(number)@customer.example>", subject: subject ?? "Letter \(number)",
            from: MailboxAddress(from, name: "Carl"), to: [MailboxAddress(to)], sent: Self.morning, text: text,
            html: html)
    }

    /// Letters that Anna received, the last the newest.
    @discardableResult
    func receive(_ numbers: ClosedRange<Int>) throws -> [MailboxMessage.ID] {
        try sandbox.withMailbox(of: anna) { mailbox, now in
            numbers.map { number in
                mailbox.deliver(
                    letter(number), to: mailbox.folder(.inbox).id, at: now.addingTimeInterval(Double(number)))
            }
        }
    }

    /// All pages of a delta, from a link or path to its deltaLink.
    func walk(_ start: String, prefer: String? = nil) async throws -> (items: [JSONValue], link: String, pages: Int) {
        var (items, next, pages) = ([JSONValue](), start, 0)
        while true {
            let answer = try await caller.get(next, prefer: prefer)
            guard answer.status == 200 else { throw Unexpected(answer: answer.text) }
            pages += 1
            items += answer.json["value"]?.array ?? []
            if let link = answer.json["@odata.deltaLink"]?.string { return (items, link, pages) }
            guard let link = answer.json["@odata.nextLink"]?.string else { throw Unexpected(answer: answer.text) }
            next = link
        }
    }
}

struct Unexpected: Error {
    var answer: String
}
