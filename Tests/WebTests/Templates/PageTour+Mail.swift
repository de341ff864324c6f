import CRM
import Database
import Foundation
import Mail
import Mirror
import Store
import Testing

@testable import Web

extension PageTour {
    private static let alice = "a.marsh@brightwell.example"
    private static let tom = "tom.ashworth@aldermoor.example"

    static func connecting(_ bench: WebBench) async throws {
        try await bench.browse(as: "ingrid.solheim") { browser in
            let address = "ingrid.solheim@aldermoor.example"
            try await browser.get("/settings/mailbox")
            try await browser.get("/settings/mailbox/connect")
            try await browser.post("/settings/mailbox/connect", ["address": "someone@gmail.com"])
            let list = try await browser.post("/settings/mailbox/connect", ["address": address])
            for link in list.links where link.contains("/connect/") { try await browser.get(link) }
            for provider in ProviderCatalogue.all where provider.id != "microsoft365" {
                try await browser.get("/settings/mailbox/connect/with/\(provider.id)?address=\(address)")
            }
            try await browser.get("/settings/mailbox/connect/providers?address=\(address)&all=1")
            try await browser.post("/settings/mailbox/connect/with/custom", ["address": address])
            try await browser.connectMailbox(address, password: "wrong")
            try await browser.connectMailbox(address, password: "no-smtp")
        }
    }

    /// Mail on cards, opened, and the mailbox's page; in the states that come by themselves and in those that are made.
    static func mail(_ bench: WebBench) async throws {
        let colleague = "robert@elsewhere.example"
        let text =
            "See https://brightwell.example/x.\n\nRegards\n-- \nAlice\n\nOn Monday, Tom wrote:\n> Hello\n> Alice\n"
        for index in 0..<45 {
            bench.mailbox.deliver(
                letter(
                    "m\(index)", from: "Alice Marsh <\(alice)>", to: [tom], cc: [colleague], subject: "S",
                    at: 1_789_000_000 + Int64(index)),
                to: "INBOX")
        }
        bench.mailbox.deliver(
            letter(
                "full", from: tom, to: [alice], bcc: [colleague], subject: "Full", answering: "m44", text: text),
            to: "Sent")
        bench.mailbox.deliver(letter("untitled", from: alice, to: [tom], subject: ""), to: "INBOX")
        bench.mailbox.deliver(letter("none", from: "news@shop.example", to: [tom], subject: "News"), to: "INBOX")
        bench.mailbox.setUnreadable(["<m3>"])
        bench.mailbox.setUnreadableTexts(["<m4>"])
        let contact = try await bench.contact("Alice Marsh")
        try await bench.withEngine {
            try await bench.browse(as: "tom.ashworth") { browser in
                try await browser.connectMailbox(tom)
                try await bench.wait(for: "the first sync") {
                    try await browser.get("/settings/mailbox").text.contains("class=\"state good\"")
                }
                try await bench.wait(for: "the texts") {
                    try await bench.read { tx, _ in
                        try tx.integer("SELECT count(*) FROM messages WHERE text_state = 0") == 0
                    }
                }
                for query in ["message-id=m1", "message-id=none", "message-id=gone", "subject=S", "subject=S&day=x"] {
                    try await browser.get("/settings/mailbox/why?" + query)
                }
                bench.mailbox.refuse(["Projects"])
                try await browser.get("/settings/mailbox/why?message-id=gone")
                bench.mailbox.refuse([])
                bench.mailbox.fail(with: .transient("The server does not answer."))
                try await browser.get("/settings/mailbox/why?message-id=m1")
                bench.mailbox.fail(with: nil)
                for path in ["sign-in", "disconnect"] { try await browser.get("/settings/mailbox/" + path) }
                try await browser.post("/settings/mailbox/sign-in", ["password": "wrong"])
                try await browser.post(
                    "/settings/mailbox/sign-in",
                    [
                        "password": "wrong", "imap-host": "i.example", "imap-port": "993", "smtp-host": "s.example",
                        "smtp-port": "465",
                    ])
            }
        }
        try await changeStates(bench)
        try await bench.browse(as: "tom.ashworth") { browser in
            let card = try await browser.get("/contacts/\(contact)")
            for link in card.links where link.hasPrefix("/messages/") || link.contains("before=") {
                let page = try await browser.get(link)
                for link in page.links where link.contains("before=") { try await browser.get(link) }
            }
            let first = try #require(card.links.first { $0.hasPrefix("/messages/") })
            let path = String(first.prefix { $0 != "?" })
            for action in ["hide", "show"] { try await browser.post("\(path)/\(action)") }
            let second = try await browser.get(try #require(card.links.first { $0.contains("before=") }))
            for link in second.links where link.hasPrefix("/messages/") { try await browser.get(link) }
            try await browser.get("/contacts/\(contact)?direction=sent")
            try await browser.get("/contacts/\(contact)?from=2026-09-01&until=x")
            try await browser.get("/contacts/\(contact)?from=x&until=2026-09-01")
            try await browser.get("/contacts/\(contact)?q=hello")
            try await browser.get("/contacts/\(contact)?q=nowhere")
            for query in ["s", "hello", "marsh"] {
                let found = try await browser.get("/search?q=" + query)
                for link in found.links where link.contains("before=") { try await browser.get(link) }
            }
            let account = try await bench.read { try #require(try Contacts.find($0, $1, contact)?.account) }
            try await browser.get("/accounts/\(account)")
        }
        try await browseMailboxStates(bench)
        try await differingCopies(bench)
        try await manyMailboxes(bench, contact)
    }

    /// What the engine makes of other mailboxes than the fake one.
    private static func changeStates(_ bench: WebBench) async throws {
        try await bench.write { tx, organization in
            func id(_ name: String) throws -> StoredMessageID {
                StoredMessageID(try tx.integer("SELECT id FROM messages WHERE message_id = $1", [.text(name)]))
            }
            let attachments = (0..<8).map {
                AttachmentSummary(name: "a\($0).pdf", size: 84_000, mediaType: "application/pdf")
            }
            let body = try #require(
                try tx.first(
                    "SELECT body FROM message_texts WHERE message_id = $1", [.integer(try id("full").rawValue)]
                ) {
                    try $0.text(0)
                })
            try MessageTexts.record(
                tx, organization,
                [
                    .text(
                        try id("full"),
                        StoredText(
                            FetchedText(text: body, isTruncated: true, attachments: attachments, references: ["m44"])))
                ], now: 1)
            try MessageTexts.record(
                tx, organization,
                [
                    .text(
                        try id("m43"),
                        StoredText(FetchedText(text: " ", isTruncated: false, attachments: [], references: [])))
                ], now: 1)
            try tx.execute("UPDATE messages SET text_state = 0, snippet = '' WHERE message_id = 'm42'")
            try tx.execute("UPDATE messages SET snippet = '' WHERE message_id = 'm44'")
            try tx.execute("UPDATE folders SET trouble = 'It cannot be opened.' WHERE name = 'Sent'")
        }
    }

    private static func browseMailboxStates(_ bench: WebBench) async throws {
        let states: [MailboxStatus] = [
            .upToDate, .connecting, .firstSync(processed: 3, listed: 10),
            .throttled(until: 1_790_000_100, reason: "Too fast."),
            .retrying(at: 1_790_000_100, reason: "No answer."), .signInNeeded(reason: "Refused."),
            .misconfigured(reason: "No such server."),
        ]
        for (index, state) in states.enumerated() {
            try await bench.write { tx, organization in
                let mailbox = try #require(try Mailboxes.list(tx, organization).first)
                try Mailboxes.setStatus(tx, organization, mailbox.id, state)
                let check = MirrorCheck(
                    startedAt: 1, finishedAt: index == 0 ? nil : 2, read: 3, missing: index % 2, extra: 0)
                try Mailboxes.setCheck(tx, organization, mailbox.id, check)
            }
            try await bench.browse(as: "tom.ashworth") { browser in
                for path in ["/settings/mailbox", "/settings/mailbox/sign-in", "/settings/profile", "/contacts/3"] {
                    try await browser.get(path)
                }
            }
        }
        try await bench.write { tx, organization in
            let mailbox = try #require(try Mailboxes.list(tx, organization).first)
            try Mailboxes.setPaused(tx, organization, mailbox.id, true)
        }
        try await bench.browse(as: "tom.ashworth") { try await $0.get("/settings/mailbox") }
    }

    /// More than one person sees, and below one who sees all.
    private static func manyMailboxes(_ bench: WebBench, _ contact: ContactID) async throws {
        try await bench.write { tx, organization in
            let endpoint = ServerEndpoint(host: "imap.aldermoor.example", port: 993, security: .tls)
            for index in 0..<27 {
                var form = UserForm()
                form.name = "Colleague \(index)"
                form.email = "c\(index)@aldermoor.example"
                let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
                _ = try Mailboxes.create(
                    tx, organization, user: user,
                    settings: MailboxSettings(address: form.email, imap: endpoint, smtp: endpoint),
                    addressKey: form.email, provider: "imap", now: 1)
            }
            let eleanor = try #require(try Users.list(tx, organization).first { $0.name == "Eleanor Whitfield" })
            try Users.setLevel(tx, organization, eleanor.id, .everyone, now: 1)
        }
        try await bench.browse(as: "eleanor.whitfield") { browser in
            try await browser.get("/contacts/\(contact)?direction=received")
            try await browser.get("/search?q=hello")
        }
        try await bench.browse(as: "daniel.okafor") { try await $0.get("/settings/users") }
    }
}
