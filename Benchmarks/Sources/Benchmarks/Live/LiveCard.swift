import ArgumentParser
import CRM
import Database
import DatabaseSQLite
import Foundation
import IMAPProvider
import Logging
import Mirror
import Networking
import Store
import SyncEngine
import TestServers

/// How long mail takes from its server onto a card that is open in a browser, and off it again.
struct LiveCard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "New and deleted mail on an open card, in Chromium.")

    @Option(help: "Messages in the mailbox.")
    var messages = 10_000

    @Option(help: "Messages that come, and go again.")
    var rounds = 50

    func run() async throws {
        let mail = try await DovecotServer.start(users: [SampleMailbox.user])
        _ = try SampleMailbox(count: messages).fill(mail)
        let chromium = try await Chromium.start()
        let times = try await measure(mail, chromium)
        await chromium.stop()
        await mail.stop()
        say("\n## Live\n")
        say(
            "\(rounds) messages on the open card of a contact, in Chromium; \(messages) messages in the mailbox. \(Machine.facts).\n"
        )
        say("| | median ms | p99 ms | slowest ms |\n|---|---|---|---|")
        for (name, times) in [
            ("delivered, until it stands on the card", times.came), ("deleted, until it has left", times.left),
        ] {
            say(
                "| \(name) | \(times.median.shown(0)) | \(times.quantile(0.99).shown(0)) | \(times.quantile(1).shown(0)) |"
            )
        }
        say("\nFrom handing the message to the mail server, or asking it to delete. Load \(Machine.load).")
    }

    private struct Times: Sendable {
        var came: [Double] = []
        var left: [Double] = []
    }

    private func measure(_ mail: DovecotServer, _ chromium: Chromium) async throws -> Times {
        let folder = try TemporaryFolder("live")
        let database = try SQLiteDatabase(path: folder.file("mailcard.sqlite").path)
        try await Schema.migrator.run(on: database)
        let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
        let contact = SampleMailbox.customers[0]
        let (organization, user, card, token) = try await database.write { tx in
            let organization = try Organizations.create(tx, name: "Aldermoor", ownDomains: [], now: now())
            var form = UserForm()
            form.name = SampleMailbox.owner.name
            form.email = SampleMailbox.owner.address
            let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: now())
            var contactForm = ContactForm()
            contactForm.lastName = contact.name
            contactForm.addresses = [contact.address]
            let card = try Contacts.create(tx, organization, try contactForm.validated(), now: now())
            let session = try Sessions.begin(
                tx, organization, user, userAgent: "Benchmark", random: SystemRandomSource(), now: now())
            return (organization, user, card, session.token.expose())
        }
        let silent = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        let product = Product(
            database: database,
            providers: ["imap": IMAPMailProvider(network: NetworkPolicy(allowsPrivateNetworks: true), logger: silent)],
            now: now)
        // The engine is a service; it ends with this process.
        let running = Task { try await product.engine.run() }
        defer { running.cancel() }
        let settings = MailboxSettings(
            address: SampleMailbox.owner.address,
            imap: ServerEndpoint(host: "127.0.0.1", port: mail.ports.imap, security: .cleartext),
            smtp: ServerEndpoint(host: "127.0.0.1", port: mail.ports.submission, security: .cleartext))
        let draft = MailboxDraft(settings: settings, password: Secret(SampleMailbox.user.password), provider: "imap")
        let mailbox = try await product.engine.connect(draft, organization: organization, user: user)
        while try await database.read({ try Mailboxes.find($0, organization, mailbox)?.status }) != .upToDate {
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await product.serving { port in
            let browser = try await chromium.newSession()
            try await browser.go(to: "http://127.0.0.1:\(port)/sign-in")
            try await browser.run("document.cookie = arguments[0]", [.string("mailcard_session=\(token); path=/")])
            try await browser.go(to: "http://127.0.0.1:\(port)/contacts/\(card)")
            try await browser.run(Self.watching)
            var times = Times()
            for round in 0..<rounds {
                let subject = "Just now \(round)"
                try await browser.run("window.watchFor(arguments[0])", [.string(subject)])
                var began = Date()
                try await mail.deliver(
                    letter("live\(round)@x", from: contact.address, to: SampleMailbox.owner.address, subject: subject),
                    to: SampleMailbox.owner.address)
                times.came.append(try await Self.instant("came", browser) - began.timeIntervalSince1970 * 1000)
                let client = try await mail.connect(as: SampleMailbox.user)
                let uids = try await client.search("SUBJECT \"\(subject)\"", in: "INBOX")
                began = Date()
                try await client.expunge(uids, in: "INBOX")
                times.left.append(try await Self.instant("left", browser) - began.timeIntervalSince1970 * 1000)
                try await client.logout()
            }
            return times
        }
    }

    /// Notes in the page when a subject came, and when it left.
    private static let watching = """
        window.watchFor = (subject) => { window.noted = { subject } };
        new MutationObserver(() => {
          const noted = window.noted;
          if (!noted) return;
          const stands = [...document.querySelectorAll(".email .subject")].some((s) => s.textContent.includes(noted.subject));
          if (stands && !noted.came) noted.came = Date.now();
          if (!stands && noted.came && !noted.left) noted.left = Date.now();
        }).observe(document.body, { childList: true, subtree: true, characterData: true });
        """

    /// Milliseconds since 1970 at which it happened.
    private static func instant(_ name: String, _ browser: BrowserSession) async throws -> Double {
        for _ in 0..<600 {
            if let instant = try await browser.run("return window.noted.\(name) || null").number { return instant }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchmarkError.notFinished("Waiting for a message on the card")
    }
}
