import CRM
import Foundation
import Generators
import Mirror
import OAuth
import Sandbox
import Testing

/// The same with Microsoft 365, as the sandbox plays it: hundreds of things that a person does, and everything that goes
/// wrong between, while the product is killed at random moments.
@Suite(.serialized) struct KilledMicrosoftTests {
    private static let people = (0..<4).map { "person\($0)@client.example" }

    @Test(arguments: [UInt64(21), 22])
    func `killed at random moments, the mirror of Microsoft 365 ends equal to the mailbox`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let sandbox = try await MicrosoftSandbox.start()
        var quirks = sandbox.quirks
        quirks.callsInTenMinutes = .max
        sandbox.quirks = quirks
        let app = sandbox.register(
            MicrosoftApp(secret: "s3cret", redirectURIs: ["http://127.0.0.1/connect/return"]))
        let ann = sandbox.add(MicrosoftAccount(principalName: "ann@contoso.example", displayName: "Ann Berg"))
        let projects = try sandbox.withMailbox(of: ann) { mailbox, _ in mailbox.createFolder("Projects") }
        let program = try await program(sandbox, app, ann)
        try program.start()
        var number = 0
        var kills = 0
        for round in 0..<4 {
            for _ in 0..<50 {
                number += 1
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    try act(sandbox, ann, projects, number, &random)
                    number += 1
                }
                if Int.random(in: 0..<3, using: &random) == 0 { sandbox.faults.add(Self.fault(&random)) }
                if Int.random(in: 0..<40, using: &random) == 0 { sandbox.expireDeltaTokens() }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...60, using: &random)))
                guard Int.random(in: 0..<8, using: &random) == 0 else { continue }
                program.kill()
                kills += 1
                try program.start()
            }
            sandbox.faults.clear()
            // Counts that agree by chance are believed for minutes, but by no program that has just started.
            program.kill()
            try program.start()
            let (expected, listed) = try truth(sandbox, ann)
            try await program.expect(expected, listed: listed, "seed \(seed), round \(round)")
        }
        #expect(kills >= 10)
        program.kill()
        try await program.expectSoundDatabase()
        await sandbox.stop()
    }

    /// The access token has run out, so the first thing that the program does is to renew it.
    private func program(
        _ sandbox: MicrosoftSandbox, _ app: MicrosoftApp, _ ann: MicrosoftAccount
    ) async throws -> MirrorProgram {
        let scopes = ["User.Read", "Mail.Read", "Calendars.ReadWrite"]
        let tokens = try sandbox.tokens(for: ann, app: app, scopes: scopes)
        let credentials = try TokenSet(
            accessToken: Secret(tokens.access), refreshToken: Secret(tokens.refresh), issuedAt: 0, expiresAt: 1,
            scopes: scopes
        ).credentials
        return try await MirrorProgram(
            MailboxSettings(address: "ann@contoso.example"), provider: "microsoft365",
            credentials: credentials.expose(), contacts: Array(Self.people.prefix(2)),
            environment: [
                "MAILCARD_MICROSOFT_URL": sandbox.url, "MAILCARD_MICROSOFT_CLIENT_ID": app.clientID,
                "MAILCARD_MICROSOFT_CLIENT_SECRET": "s3cret", "MAILCARD_MICROSOFT_TENANT": sandbox.tenantID,
            ])
    }

    private static func fault(_ random: inout SeededRandom) -> Fault {
        let effects: [Fault.Effect] = [
            .throttle(retryAfter: 1), .fail(status: 500, code: "InternalServerError"),
            .fail(status: 503, code: "ServiceUnavailable"), .delay(milliseconds: 50), .truncate(after: 60), .loseAnswer,
            .refuse, .expireDeltaTokens, .rejectToken,
        ]
        return Fault(
            effects[Int.random(in: effects.indices, using: &random)], path: "/v1.0/",
            skipping: Int.random(in: 0...4, using: &random))
    }

    private func act(
        _ sandbox: MicrosoftSandbox, _ ann: MicrosoftAccount, _ projects: MailboxFolder.ID, _ number: Int,
        _ random: inout SeededRandom
    ) throws {
        var dice = random
        defer { random = dice }
        try sandbox.withMailbox(of: ann) { mailbox, now in
            let folders = [
                mailbox.folder(.inbox).id, mailbox.folder(.sent).id, projects, mailbox.folder(.deleted).id,
                mailbox.folder(.junk).id,
            ]
            let folder = folders[Int.random(in: folders.indices, using: &dice)]
            let other = folders[Int.random(in: folders.indices, using: &dice)]
            let messages = mailbox.messages(in: folder).map(\.id)
            let message = messages.isEmpty ? nil : messages[Int.random(in: messages.indices, using: &dice)]
            switch (Int.random(in: 0..<100, using: &dice), message) {
            case (0..<45, _), (_, nil):
                let person = Self.people[Int.random(in: Self.people.indices, using: &dice)]
                let isSent = Int.random(in: 0..<2, using: &dice) == 0
                mailbox.deliver(
                    MailboxLetter(
                        messageID: "<m\(number)@x>", subject: "About \(number)",
                        from: MailboxAddress(isSent ? "ann@contoso.example" : person),
                        to: [MailboxAddress(isSent ? person : "ann@contoso.example")], sent: now,
                        text: "Text of m\(number)@x"), to: folder, at: now)
            case (45..<65, let message?): try mailbox.move(message, to: other, at: now)
            case (65..<75, let message?):
                // There and back again between two looks.
                try mailbox.move(message, to: other, at: now)
                try mailbox.move(message, to: folder, at: now)
            case (75..<85, let message?): try mailbox.delete(message, at: now)
            case (85..<92, let message?): try mailbox.permanentlyDelete(message, at: now)
            case (92..<96, let message?):
                try mailbox.permanentlyDelete(message, at: now)
                try mailbox.restore(message, at: now)
            case (_, let message?): try mailbox.setRead(number % 2 == 0, of: message, at: now)
            }
        }
    }

    /// What a plain look at the mailbox finds.
    private func truth(
        _ sandbox: MicrosoftSandbox, _ ann: MicrosoftAccount
    ) throws -> (expected: [String: [String: Int]], listed: Int) {
        try sandbox.withMailbox(of: ann) { mailbox, _ in
            var expected: [String: [String: Int]] = [:]
            var listed = 0
            for folder in mailbox.folders where [.inbox, .sent, .archive, .other].contains(folder.role) {
                for message in mailbox.messages(in: folder.id) {
                    listed += 1
                    let letter = message.letter
                    let addresses = (letter.to + [letter.from].compactMap { $0 }).map(\.address)
                    for person in Self.people.prefix(2) where addresses.contains(person) {
                        expected[person, default: [:]][String(letter.messageID.dropFirst().dropLast())] = 1
                    }
                }
            }
            return (expected, listed)
        }
    }
}
